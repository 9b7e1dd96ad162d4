import { decideThread, type ThreadDecision, type ThreadKnowledge } from '../src/cases/thread.ts';
import { DAY } from '../src/core/clock.ts';
import type { Case } from '../src/domain/case.ts';
import type { CaseNumber, MentionId } from '../src/domain/ids.ts';
import type { Mention } from '../src/domain/mention.ts';
import type { Services } from '../src/services.ts';
import { cases, findCases } from '../src/store/cases.ts';
import { type Earlier, earlierMessagesOf } from '../src/store/earlier-mentions.ts';
import { mentions } from '../src/store/mentions.ts';
import type { Context, Judged } from './judged.ts';

/** A citizen who sends the very same text again within this time asks about the same matter. */
const sameTextWithin = 30 * DAY;

export type Threads = ReadonlyMap<MentionId, ThreadDecision>;

/** For each judged message: a case of its own, part of one that is there, or nothing (src/cases/thread.ts decides). */
export async function readThreads(
  services: Services,
  judged: readonly Judged[],
  context: Context,
): Promise<Threads> {
  const earlier = await readEarlier(services, judged);
  const caseIds = new Set([...earlier.values()].flat().flatMap((message) => message.caseId ?? []));
  const known = await findCases(cases(services.database.db), [...caseIds]);
  const byNumber = new Map(known.map((one) => [one._id, one]));
  return new Map(
    judged.map(({ mention, said }) => [
      mention._id,
      decideThread(
        mention,
        said,
        knowledgeOf(mention, earlier.get(authorKey(mention)) ?? [], byNumber, context),
      ),
    ]),
  );
}

function authorKey(mention: Pick<Mention, 'platform' | 'author'>): string {
  return `${mention.platform} ${mention.author.id}`;
}

/** Messages of the same citizens with a case, newest first, by citizen. */
async function readEarlier(services: Services, judged: readonly Judged[]): Promise<Map<string, Earlier[]>> {
  const found = new Map<string, Earlier[]>();
  const since = new Date(services.clock.now().getTime() - sameTextWithin);
  const platforms = new Set(judged.map(({ mention }) => mention.platform));
  for (const platform of platforms) {
    const authors = judged.flatMap(({ mention }) =>
      mention.platform === platform ? (mention.author.id ?? []) : [],
    );
    if (authors.length === 0) continue;
    for (const message of await earlierMessagesOf(mentions(services.database.db), platform, authors, since)) {
      const key = authorKey(message);
      found.set(key, [...(found.get(key) ?? []), message]);
    }
  }
  return found;
}

function knowledgeOf(
  mention: Mention,
  earlier: readonly Earlier[],
  byNumber: ReadonlyMap<CaseNumber, Case>,
  context: Context,
): ThreadKnowledge {
  const parent = mention.parentId === null ? undefined : context.get(mention.parentId);
  const before = earlier.filter((message) => message._id !== mention._id && message.caseId !== null);
  const own =
    before.find((message) => message.threadNativeId === mention.threadNativeId) ??
    before.find((message) => sameWords(message.text, mention.text));
  const ownCase = own?.caseId ? byNumber.get(own.caseId) : undefined;
  return {
    own: ownCase ? { caseId: ownCase._id, state: ownCase.state, subject: ownCase.subject } : null,
    parentCase: parent?.caseId ?? null,
    topLevel: parent === undefined,
  };
}

function sameWords(one: string, other: string): boolean {
  const flat = (text: string) => text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
  return flat(one) === flat(other);
}
