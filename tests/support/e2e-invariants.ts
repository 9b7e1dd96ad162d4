import { expect } from '@jest/globals';
import type { Db } from 'mongodb';
import { mentionId } from '../../src/domain/ids.ts';
import type { Mention } from '../../src/domain/mention.ts';
import type { Reply } from '../../src/domain/reply.ts';
import { approvalHash } from '../../src/domain/reply-hash.ts';
import type { SimulatedPost, Simulator } from '../../src/simulators/simulator.ts';
import { audit, sealAudit, verifyAudit } from '../../src/store/audit.ts';
import { cases } from '../../src/store/cases.ts';
import { mentions } from '../../src/store/mentions.ts';
import { replies } from '../../src/store/replies.ts';

/** Breaches of I1–I6 (faults.md), each as a line that names the document. All empty: nothing lost, nothing twice. */
interface Breaches {
  /** I1: served by a platform, and not stored. */
  readonly missing: readonly string[];
  /** I1: stored with other words than the platform shows. */
  readonly stale: readonly string[];
  /** I2: one post as two mentions, or one message in two cases. */
  readonly doubled: readonly string[];
  /** I3: not classified, or its last classification was of an older text. */
  readonly unclassified: readonly string[];
  /** I4: posted twice, lost, or left where no machine and no person sees it. */
  readonly replies: readonly string[];
  /** I5: posted words that nobody approved, or an author's own approval. */
  readonly unapproved: readonly string[];
  /** I6 */
  readonly audit: readonly string[];
}

export interface Checked extends Breaches {
  readonly counts: {
    readonly served: number;
    readonly stored: number;
    readonly cases: number;
    readonly posted: number;
    readonly sent: number;
    readonly needsPerson: number;
    readonly audited: number;
  };
}

/** All of I1–I6 hold. @returns what was counted */
export async function expectNoBreach(
  db: Db,
  simulators: readonly Simulator[],
  auditKey: string,
): Promise<Checked['counts']> {
  const { counts, ...breaches } = await checkInvariants(db, simulators, auditKey);
  expect(breaches).toEqual({
    missing: [],
    stale: [],
    doubled: [],
    unclassified: [],
    replies: [],
    unapproved: [],
    audit: [],
  });
  return counts;
}

/** Compares what the platforms served and received with what is stored. */
export async function checkInvariants(
  db: Db,
  simulators: readonly Simulator[],
  auditKey: string,
): Promise<Checked> {
  const stored = new Map((await mentions(db).find().toArray()).map((one) => [one._id as string, one]));
  const all = await replies(db).find().toArray();
  const missing: string[] = [];
  const stale: string[] = [];
  let served = 0;
  for (const simulator of simulators) {
    const shown = shownOf(simulator);
    served += shown.length;
    for (const post of shown) {
      const id = mentionId(simulator.platform, post.nativeId);
      const mention = stored.get(id);
      if (!mention) missing.push(id);
      else if (mention.text !== post.text && !post.deleted) stale.push(`${id}: ${mention.text}`);
    }
  }
  const posted = simulators.flatMap((simulator) =>
    simulator.ledger.repliesReceived().map((write) => ({ platform: simulator.platform, ...write })),
  );
  const problems = all.flatMap((reply) => problemsOf(reply, posted));
  return {
    missing,
    stale,
    doubled: [...doublesOf([...stored.values()]), ...(await doubledCases(db))],
    unclassified: [...stored.values()].filter(isUnclassified).map(({ _id, work }) => `${_id} ${work.stage}`),
    replies: problems.filter(({ rule }) => rule === 'I4').map(({ what }) => what),
    unapproved: [
      ...problems.filter(({ rule }) => rule === 'I5').map(({ what }) => what),
      ...posted
        .filter(({ text, target }) => !all.some((reply) => reply.text === text && answers(reply, target)))
        .map(({ platform, target, text }) => `${platform} ${target}: nobody wrote "${text}"`),
    ],
    audit: await auditProblems(db, auditKey),
    counts: {
      served,
      stored: stored.size,
      cases: await cases(db).countDocuments(),
      posted: posted.length,
      sent: all.filter(({ state }) => state === 'sent').length,
      needsPerson: all.filter(({ state }) => state === 'needs_person').length,
      audited: await audit(db).countDocuments(),
    },
  };
}

/** Citizens' posts that some answer of the platform held, whether or not it arrived. */
function shownOf({ ledger, posts }: Simulator): readonly SimulatedPost[] {
  const served = ledger.servedIds();
  return posts().filter((post) => !post.byOffice && served.has(post.nativeId));
}

function doublesOf(stored: readonly Mention[]): string[] {
  const seen = new Set<string>();
  return stored.flatMap(({ _id, platform, nativeId }) => {
    const key = `${platform} ${nativeId.slice(nativeId.lastIndexOf('_') + 1)}`;
    if (seen.has(key)) return [`${_id} is stored twice`];
    seen.add(key);
    return [];
  });
}

async function doubledCases(db: Db): Promise<string[]> {
  const rows = await cases(db)
    .aggregate<{ _id: string; n: number }>([
      { $unwind: '$mentionIds' },
      { $group: { _id: '$mentionIds', n: { $sum: 1 } } },
      { $match: { n: { $gt: 1 } } },
    ])
    .toArray();
  return rows.map(({ _id, n }) => `${_id} stands ${n} times in cases`);
}

function isUnclassified({ archived, classification, work }: Mention): boolean {
  return !archived && (work.stage !== 'done' || classification === null);
}

interface Posted {
  readonly platform: string;
  readonly target: string | null;
  readonly text: string;
}

function answers(reply: Reply, target: string | null): boolean {
  return reply.target.nativeId === target;
}

function problemsOf(
  reply: Reply,
  posted: readonly Posted[],
): readonly { readonly rule: 'I4' | 'I5'; readonly what: string }[] {
  const { _id, state, target, approval, authors } = reply;
  const mine = posted.filter(
    (write) =>
      write.platform === target.platform && answers(reply, write.target) && write.text === reply.text,
  );
  const wasReleased = reply.history.some((event) => event.to === 'released');
  const found: { rule: 'I4' | 'I5'; what: string }[] = [];
  const say = (rule: 'I4' | 'I5', what: string) => found.push({ rule, what: `${_id} (${state}): ${what}` });
  if (mine.length > 1) say('I4', `posted ${mine.length} times`);
  if (state === 'sent' && mine.length === 0) say('I4', 'lost: it is not on the platform');
  if (mine.length > 0 && state !== 'sent' && state !== 'needs_person') say('I4', 'is on the platform');
  if (['sending', 'unknown', 'released'].includes(state)) say('I4', 'did not come to an end');
  if (mine.length > 0 && !wasReleased) say('I5', 'posted without a release');
  if (mine.length > 0 && approval === null) say('I5', 'posted without an approval');
  if (mine.length > 0 && approval !== null && approval.hash !== approvalHash(reply))
    say('I5', 'posted other words than the approved ones');
  if (approval !== null && authors.includes(approval.by)) say('I5', 'approved by an author');
  return found;
}

async function auditProblems(db: Db, key: string): Promise<string[]> {
  while ((await sealAudit(db, key)).sealed > 0);
  const verdict = await verifyAudit(db, key);
  if (verdict.ok) return [];
  return [`chain broken at ${verdict.seq}: ${verdict.problem}`];
}
