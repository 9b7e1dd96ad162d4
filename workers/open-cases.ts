import { type NewCase, newCase } from '../src/cases/new-case.ts';
import { stepCase } from '../src/cases/step.ts';
import type { ThreadDecision } from '../src/cases/thread.ts';
import { RefusedError } from '../src/core/errors.ts';
import type { Case } from '../src/domain/case.ts';
import { type CaseNumber, type MentionId, systemUser } from '../src/domain/ids.ts';
import { acknowledge } from '../src/joins/acknowledge.ts';
import { type ToDraft, writeFirstDrafts } from '../src/joins/drafts.ts';
import type { Services } from '../src/services.ts';
import { type OpenedCases, openCases } from '../src/store/case-openings.ts';
import {
  addFollowUp,
  addSupporter,
  cases,
  findCases,
  followEdit,
  markAnsweredOutside,
  moveBySystem,
} from '../src/store/cases.ts';
import { inTransaction } from '../src/store/database.ts';
import { claimForCase } from '../src/store/mention-work.ts';
import { answersTo, ownPosts } from '../src/store/own-posts.ts';
import type { Judged } from './judged.ts';
import type { Threads } from './read-threads.ts';

/**
 * Carries the decisions out: opens cases with their first drafts, joins follow-ups and supporters, opens answered cases
 * again. Safe to run twice: a message has its case already then, and its draft.
 * @returns the case of each message that has one now
 */
export async function openCasesFor(
  services: Services,
  judged: readonly Judged[],
  threads: Threads,
): Promise<ReadonlyMap<MentionId, CaseNumber>> {
  const opened = await openNew(services, judged, threads);
  const numbers = new Map([...opened].map(([mentionId, one]) => [mentionId, one._id]));
  const toDraft = judged.filter(({ mention }) => opened.has(mention._id));
  for (const one of judged) {
    const decision = threads.get(one.mention._id);
    if (decision?.act === 'follow-up' || decision?.act === 'support') {
      if (!(await mayJoin(services, one, decision.caseId))) continue;
      numbers.set(one.mention._id, decision.caseId);
      const reopened = await join(services, one, decision);
      if (reopened) toDraft.push(one);
    }
    if (one.mention.caseId !== null) {
      const { _id, tokens } = one.mention;
      await followEdit(cases(services.database.db), _id, one.said, tokens);
    }
  }
  await answerOrDraft(services, toDraft, await casesOf(services, toDraft, { opened, numbers }));
  return numbers;
}

/** The cases of these messages: those just opened are at hand, those opened again are read as they are now. */
async function casesOf(
  services: Services,
  judged: readonly Judged[],
  { opened, numbers }: { opened: OpenedCases; numbers: ReadonlyMap<MentionId, CaseNumber> },
): Promise<OpenedCases> {
  const joined = judged.filter(({ mention }) => !opened.has(mention._id));
  if (joined.length === 0) return opened;
  const ids = new Set(joined.flatMap(({ mention }) => numbers.get(mention._id) ?? []));
  const read = await findCases(cases(services.database.db), [...ids]);
  const byNumber = new Map(read.map((one) => [one._id, one]));
  const found = new Map(opened);
  for (const { mention } of joined) {
    const one = byNumber.get(numbers.get(mention._id) as CaseNumber);
    if (one) found.set(mention._id, one);
  }
  return found;
}

async function openNew(
  services: Services,
  judged: readonly Judged[],
  threads: Threads,
): Promise<OpenedCases> {
  const { client, db } = services.database;
  const now = services.clock.now();
  const opened = new Map<MentionId, Case>();
  const batch: NewCase[] = [];
  for (const { mention, said } of judged) {
    const decision = threads.get(mention._id);
    if (decision?.act !== 'open') continue;
    const made = newCase(services.clocks, mention, said, decision.kind, now);
    // Judged for the first time: no person has seen it undecided.
    if (mention.classification === null) batch.push(made);
    else {
      const again = await openUnlessDecided(services, made);
      if (again) opened.set(mention._id, again);
    }
  }
  if (batch.length > 0)
    for (const [id, one] of await openCases(inTransaction(client), db, batch)) opened.set(id, one);
  return opened;
}

class DecidedMeanwhile extends Error {
  override name = 'DecidedMeanwhile';
}

/** @returns null when a person decided about the message while it was judged again */
async function openUnlessDecided(services: Services, made: NewCase): Promise<Case | null> {
  const { client, db } = services.database;
  const id = made.rootMentionId;
  try {
    const opened = await openCases(inTransaction(client), db, [made], async (cases, session) => {
      const number = cases.get(id)?._id;
      if (number !== undefined && !(await claimForCase(db, id, number, session)))
        throw new DecidedMeanwhile();
    });
    return opened.get(id) ?? null;
  } catch (error) {
    if (error instanceof DecidedMeanwhile) return null;
    throw error;
  }
}

/** A message that was judged before may have been decided by a person since it was read. */
function mayJoin(services: Services, { mention }: Judged, caseId: CaseNumber): Promise<boolean> {
  return mention.classification === null
    ? Promise.resolve(true)
    : claimForCase(services.database.db, mention._id, caseId);
}

/** @returns true when an answered case is open again because of it */
async function join(
  services: Services,
  { mention, said }: Judged,
  decision: Extract<ThreadDecision, { act: 'follow-up' | 'support' }>,
): Promise<boolean> {
  const collection = cases(services.database.db);
  const now = services.clock.now();
  if (decision.act === 'support') {
    await addSupporter(collection, decision.caseId, mention._id);
    return false;
  }
  // Opened again before the message is joined: whoever dies in between does both again.
  const reopened = decision.reopen || decision.resume ? await takeUp(services, mention, decision) : false;
  await addFollowUp(collection, decision.caseId, mention._id, now, {
    tokens: mention.tokens,
    flags: said.flags,
    urgency: said.urgency,
  });
  return reopened && decision.reopen;
}

/** @returns false when a person or an earlier run was faster */
async function takeUp(
  services: Services,
  mention: Judged['mention'],
  { caseId, reopen }: Extract<ThreadDecision, { act: 'follow-up' }>,
): Promise<boolean> {
  const verb = reopen ? 'buka kembali' : 'lanjutkan';
  const move = { verb, by: systemUser, at: services.clock.now(), note: mention._id } as const;
  try {
    const moved = await moveBySystem(cases(services.database.db), caseId, move, (seen, step) =>
      stepCase(services.clocks, seen, step),
    );
    return moved !== null;
  } catch (error) {
    if (error instanceof RefusedError) return false;
    throw error;
  }
}

/** A message that somebody answered by hand before we classified it needs no draft: its case is answered. */
async function answerOrDraft(
  services: Services,
  judged: readonly Judged[],
  byMessage: OpenedCases,
): Promise<void> {
  if (judged.length === 0) return;
  const { db } = services.database;
  const ids = judged.map(({ mention }) => mention._id);
  const answers = new Map((await answersTo(ownPosts(db), ids)).map((answer) => [answer.parentId, answer]));
  const toDraft: ToDraft[] = [];
  for (const { mention, said } of judged) {
    const one = byMessage.get(mention._id);
    const answer = answers.get(mention._id);
    if (!one) continue;
    if (answer) await markAnsweredOutside(cases(db), one._id, answer);
    else toDraft.push({ case: one, mention: { ...mention, classification: said } });
  }
  await writeFirstDrafts(services, toDraft);
  await acknowledge(
    services,
    toDraft.filter(({ case: one, mention }) => one.rootMentionId === mention._id),
  );
}
