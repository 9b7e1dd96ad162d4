import { heedDeclared } from '../src/cases/declared.ts';
import type { Classification, ClassifierInput, Flag } from '../src/domain/classification.ts';
import type { MentionId } from '../src/domain/ids.ts';
import type { Mention } from '../src/domain/mention.ts';
import type { Handler } from '../src/queues/queues.ts';
import type { Services } from '../src/services.ts';
import { waitingBefore } from '../src/store/earlier-mentions.ts';
import {
  type Classified,
  settleClassifications,
  waitingForClassification,
} from '../src/store/mention-work.ts';
import { mentions } from '../src/store/mentions.ts';
import { noteCopies } from './copies.ts';
import { type Known, readKnown } from './known.ts';
import { openCasesFor } from './open-cases.ts';
import { readThreads } from './read-threads.ts';

/** Mentions of one job → classification, case, draft. Safe to run twice and side by side on the same ids. */
export function classifyHandler(services: Services): Handler<'classify'> {
  return async ({ mentionIds }) => {
    try {
      await classifyMentions(services, mentionIds);
    } catch (error) {
      if (mentionIds.length === 1) throw error;
      await classifyOneByOne(services, mentionIds);
    }
  };
}

/** So many in a row fail: it is not the messages (the database is away). */
const notTheirFault = 3;

/** A message that cannot be handled must not keep its neighbours in the job from it. @throws {AggregateError} */
async function classifyOneByOne(services: Services, ids: readonly MentionId[]): Promise<void> {
  const failures: unknown[] = [];
  let inARow = 0;
  for (const id of ids) {
    try {
      await classifyMentions(services, [id]);
      inARow = 0;
    } catch (error) {
      failures.push(error);
      inARow += 1;
    }
    if (inARow === notTheirFault) break;
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some mentions could not be classified');
}

/**
 * Reads once, judges in rounds, writes once: rounds only where a message follows another one of the same job. Whoever dies
 * before the last write leaves the messages waiting; judged again they get the cases and drafts that they have.
 */
export async function classifyMentions(services: Services, ids: readonly MentionId[]): Promise<void> {
  const collection = mentions(services.database.db);
  const given = await waitingForClassification(collection, ids);
  // These are judged first, also when another worker has them: both writes end the same.
  const all = oldestFirst([...given, ...(await waitingBefore(collection, given))]);
  if (all.length === 0) return;
  await services.learning.refresh();
  const [known, copied] = await Promise.all([readKnown(services, all), noteCopies(services, all)]);
  const settled: Classified[] = [];
  for (let left = all; left.length > 0; ) {
    const { now, later } = nextRound(left);
    settled.push(...(await judgeRound(services, now, known, copied)));
    left = later;
  }
  await settleClassifications(collection, settled);
}

async function judgeRound(
  services: Services,
  round: readonly Mention[],
  known: Known,
  copied: ReadonlySet<MentionId>,
): Promise<Classified[]> {
  const judged = round.map((mention) => {
    const found = services.classifier.classify(inputFor(services, mention, known));
    return { mention, said: marked(heedDeclared(found, mention.declared), mention, copied) };
  });
  const cases = await openCasesFor(services, judged, await readThreads(services, judged, known));
  return judged.map(({ mention, said }) => {
    const caseId = cases.get(mention._id) ?? mention.caseId;
    known.note({ ...mention, caseId });
    return { _id: mention._id, revision: mention.revision, classification: said, caseId };
  });
}

/** That it came late, or that others sent it too, says nothing about its words; the desk sees it beside them. */
function marked(
  said: Classification,
  { _id, late }: Mention,
  copied: ReadonlySet<MentionId>,
): Classification {
  const marks: Flag[] = [];
  if (late) marks.push('masuk_terlambat');
  if (copied.has(_id)) marks.push('berantai');
  return marks.length === 0 ? said : { ...said, flags: [...said.flags, ...marks] };
}

function oldestFirst(found: readonly Mention[]): Mention[] {
  const once = new Map(found.map((mention) => [mention._id, mention]));
  return [...once.values()].sort(
    (a, b) => a.postedAt.getTime() - b.postedAt.getTime() || (a._id < b._id ? -1 : 1),
  );
}

/** At most one message a citizen, and none before the one that it answers: the next round sees this one's cases. */
function nextRound(left: readonly Mention[]): { now: Mention[]; later: Mention[] } {
  const ids = new Set(left.map((mention) => mention._id));
  const authors = new Set<string>();
  const now: Mention[] = [];
  const later: Mention[] = [];
  for (const mention of left) {
    const author = mention.author.id;
    const waits =
      (author !== null && authors.has(author)) || (mention.parentId !== null && ids.has(mention.parentId));
    if (waits) later.push(mention);
    else now.push(mention);
    if (author !== null) authors.add(author);
  }
  // Two messages that claim to answer each other would wait for ever.
  return now.length > 0 ? { now, later } : { now: later, later: [] };
}

/** A message with what stands around it, as the classifier wants it. */
export function inputFor(services: Services, mention: Mention, known: Known): ClassifierInput {
  const parent = known.parentOf(mention);
  return {
    text: mention.text,
    platform: mention.platform,
    ownPostText: mention.ownPost?.text ?? null,
    parentText: parent?.text ?? null,
    quotedText: mention.quoted?.text ?? null,
    receivingAgency: services.channelAgencies.get(mention.channelId) ?? null,
  };
}
