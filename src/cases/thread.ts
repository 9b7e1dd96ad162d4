import type { CaseKind, CaseState } from '../domain/case.ts';
import type { Classification, Kind } from '../domain/classification.ts';
import type { CaseNumber } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';

/** What is known of the conversation that a message stands in. */
export interface ThreadKnowledge {
  /** Newest case of the same author in this thread, archived ones included. */
  readonly own: {
    readonly caseId: CaseNumber;
    readonly state: CaseState;
    readonly subject: string | null;
  } | null;
  /** Case of the citizen's message that this one answers; null when that has none, or it answers no citizen. */
  readonly parentCase: CaseNumber | null;
  /** It answers nobody, or a post of ours that is no answer to a citizen: a top-level message. */
  readonly topLevel: boolean;
  /** A private conversation: one case until that is closed, whatever the messages are about. */
  readonly conversation: boolean;
}

export type ThreadDecision =
  | {
      readonly act: 'none';
      readonly why: 'archived' | 'deleted' | 'has-case' | 'no-case-kind' | 'undecided' | 'spam';
    }
  | { readonly act: 'open'; readonly kind: CaseKind }
  /** `reopen`: the case was answered or closed. `resume`: it waited for this citizen, its clock goes on. */
  | {
      readonly act: 'follow-up';
      readonly caseId: CaseNumber;
      readonly reopen: boolean;
      readonly resume: boolean;
    }
  | { readonly act: 'support'; readonly caseId: CaseNumber };

/** After these a private conversation starts anew. */
const closed: readonly CaseState[] = ['selesai', 'bukan_wewenang', 'diarsipkan'];
const finished: readonly CaseState[] = ['dijawab', 'selesai', 'bukan_wewenang', 'diarsipkan'];

/** The kind of case that such a message opens; null for praise and what is no complaint. */
export function openingKind(kind: Kind | null): CaseKind | null {
  return kind === 'pengaduan' || kind === 'aspirasi' || kind === 'permintaan_informasi' ? kind : null;
}

/**
 * What becomes of a classified message: a case of its own, part of one that is there, or nothing. One case per top-level
 * message of a citizen with its follow-ups; a message without content of its own backs the case of the one it answers.
 */
export function decideThread(
  mention: Pick<Mention, 'archived' | 'deletedAt' | 'caseId'>,
  said: Pick<Classification, 'kind' | 'decided' | 'subject' | 'flags'>,
  known: ThreadKnowledge,
): ThreadDecision {
  if (mention.archived) return { act: 'none', why: 'archived' };
  if (mention.deletedAt !== null) return { act: 'none', why: 'deleted' };
  if (mention.caseId !== null) return { act: 'none', why: 'has-case' };
  if (said.flags.includes('spam')) return { act: 'none', why: 'spam' };

  const empty = said.flags.includes('tanpa_isi');
  const kind = said.decided && !empty ? openingKind(said.kind) : null;
  if (known.own !== null && !isAnotherMatter(said, known, kind)) {
    return {
      act: 'follow-up',
      caseId: known.own.caseId,
      reopen: kind !== null && finished.includes(known.own.state),
      resume: known.own.state === 'tertunda',
    };
  }
  if (empty && known.parentCase !== null) return { act: 'support', caseId: known.parentCase };
  if (kind !== null) return { act: 'open', kind };
  return { act: 'none', why: said.decided ? 'no-case-kind' : 'undecided' };
}

/**
 * Two top-level comments of one person under one post of ours, each with a subject of its own, are two cases. In a
 * private conversation a further matter is a new case only after the last one was closed.
 */
function isAnotherMatter(
  said: Pick<Classification, 'subject'>,
  known: ThreadKnowledge,
  kind: CaseKind | null,
): boolean {
  if (kind === null) return false;
  if (known.conversation) return known.own !== null && closed.includes(known.own.state);
  if (!known.topLevel) return false;
  const earlier = known.own?.subject ?? null;
  return said.subject !== null && earlier !== null && said.subject !== earlier;
}
