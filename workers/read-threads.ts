import { decideThread, type ThreadDecision } from '../src/cases/thread.ts';
import type { Case } from '../src/domain/case.ts';
import type { CaseNumber, MentionId } from '../src/domain/ids.ts';
import type { Mention } from '../src/domain/mention.ts';
import type { Services } from '../src/services.ts';
import { cases, findCases } from '../src/store/cases.ts';
import type { Judged } from './judged.ts';
import type { Known } from './known.ts';

export type Threads = ReadonlyMap<MentionId, ThreadDecision>;

/** For each judged message: a case of its own, part of one that is there, or nothing (src/cases/thread.ts decides). */
export async function readThreads(
  services: Services,
  judged: readonly Judged[],
  known: Known,
): Promise<Threads> {
  const ownIds = new Map(judged.map(({ mention }) => [mention._id, ownCaseId(mention, known)]));
  const ids = new Set([...ownIds.values()].filter((id) => id !== null));
  const read = await findCases(cases(services.database.db), [...ids]);
  const byNumber = new Map(read.map((one) => [one._id, one]));
  return new Map(
    judged.map(({ mention, said }) => {
      const ownId = ownIds.get(mention._id) ?? null;
      const parent = known.parentOf(mention);
      return [
        mention._id,
        decideThread(mention, said, {
          own: ownId && ownOf(byNumber.get(ownId)),
          parentCase: parent?.caseId ?? null,
          topLevel: parent === undefined,
          conversation: mention.reach === 'private',
        }),
      ];
    }),
  );
}

/** The case of the same citizen's newest message in this thread, or else of the same text sent before. */
function ownCaseId(mention: Mention, known: Known): CaseNumber | null {
  const before = known.earlierOf(mention).filter((message) => message._id !== mention._id);
  const own =
    before.find((message) => message.threadNativeId === mention.threadNativeId) ??
    before.find((message) => sameWords(message.text, mention.text));
  return own?.caseId ?? null;
}

function ownOf(one: Case | undefined) {
  return one ? { caseId: one._id, state: one.state, subject: one.subject } : null;
}

function sameWords(one: string, other: string): boolean {
  const flat = (text: string) => text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
  return flat(one) === flat(other);
}
