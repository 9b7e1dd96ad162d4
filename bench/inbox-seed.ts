import { lateFrom } from '../src/cases/late-from.ts';
import { newCase } from '../src/cases/new-case.ts';
import { caseNumber } from '../src/cases/number.ts';
import { loadClassifier } from '../src/classify/load.ts';
import { DAY } from '../src/core/clock.ts';
import { silentLog } from '../src/core/log.ts';
import type { Case, CaseState } from '../src/domain/case.ts';
import type { Classification } from '../src/domain/classification.ts';
import { channelId, type UserId } from '../src/domain/ids.ts';
import type { FoundPost, Mention } from '../src/domain/mention.ts';
import { toMention } from '../src/ingest/intake.ts';
import { openReference } from '../src/reference/live.ts';
import { generateMany } from '../src/simulators/demo/generator.ts';
import { cases } from '../src/store/cases.ts';
import type { Database } from '../src/store/database.ts';
import { mentions } from '../src/store/mentions.ts';
import { ensureSchema } from '../src/store/schema.ts';
import { searchTokens } from '../src/text/search-tokens.ts';

/** Different texts; more messages repeat them with other ids, authors and times. */
const TEXTS = 4_000;
const BATCH = 2_000;
const channel = { _id: channelId('x', 'bench'), startFrom: new Date(0) };

/** One in fifty cases is open, as after years of work; the rest was answered, after one to thirty days. */
const openStates: readonly CaseState[] = ['baru', 'terverifikasi', 'disposisi', 'proses', 'tertunda'];
const OPEN_OF = 50;
const STAFF = 20;

interface Judged {
  readonly text: string;
  readonly said: Classification;
}

function judgedTexts(root: string): Judged[] {
  const classifier = loadClassifier(root);
  const around = {
    platform: null,
    ownPostText: null,
    parentText: null,
    quotedText: null,
    receivingAgency: null,
  };
  const made = generateMany({ seed: 'inbox', count: TEXTS, from: new Date(0) });
  return [...made].map(({ text }) => ({ text, said: classifier.classify({ text, ...around }) }));
}

/** Fills an empty database with `count` messages of two years and their cases, the newest from `now`; indexes last. */
export async function seedInbox({ db }: Database, root: string, count: number, now: Date): Promise<void> {
  const { clocks } = (await openReference(db, root, silentLog)).current;
  const texts = judgedTexts(root);
  const step = (730 * DAY) / count;
  for (let from = 0; from < count; from += BATCH) {
    const batch: Mention[] = [];
    const opened: Case[] = [];
    for (let index = from; index < Math.min(count, from + BATCH); index++) {
      const judged = texts[index % texts.length]!;
      const at = new Date(now.getTime() - (count - index) * step);
      const mention = aMention(index, judged.text, at);
      const one = caseOf(clocks, mention, judged.said, { index, now });
      if (one) opened.push(one);
      const work = { stage: 'done', dueAt: null, tries: 0 } as const;
      batch.push({ ...mention, classification: judged.said, caseId: one?._id ?? null, work });
    }
    await mentions(db).insertMany(batch, { ordered: false, writeConcern: { w: 1 } });
    await cases(db).insertMany(opened, { ordered: false, writeConcern: { w: 1 } });
  }
  await ensureSchema(db);
}

function aMention(index: number, text: string, at: Date): Mention {
  const nativeId = String(10_000_000 + index);
  const author = `warga${index % 50_000}`;
  const post: FoundPost = {
    platform: 'x',
    nativeId,
    latestNativeId: nativeId,
    version: 0,
    text,
    author: { id: author, handle: author, name: author },
    byUs: false,
    url: null,
    postedAt: at,
    reach: 'mention',
    parentNativeId: null,
    threadNativeId: nativeId,
    quoted: null,
    ownPost: null,
    hidden: false,
    media: [],
    language: null,
    raw: { id: nativeId },
  };
  return toMention(post, { channel, now: at, tokens: searchTokens });
}

function caseOf(
  clocks: Parameters<typeof newCase>[0],
  mention: Mention,
  said: Classification,
  { index, now }: { readonly index: number; readonly now: Date },
): Case | null {
  const { kind } = said;
  if (!said.decided || kind === null || kind === 'apresiasi' || kind === 'bukan_aduan') return null;
  const isOpen = index % OPEN_OF === 0;
  const opened = newCase(clocks, mention, said, kind, mention.postedAt);
  const answer = new Date(Math.min(opened.openedAt.getTime() + (1 + (index % 30)) * DAY, now.getTime()));
  const times = { ...opened, answeredAt: isOpen ? null : answer, closedAt: isOpen ? null : answer };
  return {
    ...times,
    lateFrom: lateFrom(times),
    _id: caseNumber(2026, index),
    trackingCode: `B${index}`,
    version: 1,
    state: isOpen ? openStates[(index / OPEN_OF) % openStates.length]! : 'selesai',
    assignee: index % 7 === 0 ? (`u-${index % STAFF}` as UserId) : null,
  };
}
