import { api, type Thread } from '../shared/api.ts';
import type { Failure } from '../shared/held-acts.ts';

type Move = Parameters<typeof api.cases.move>[0];
type Correction = Omit<Parameters<typeof api.threads.correct>[0], 'id' | 'version'>;

/** What an act asks before it can be done. */
export type Asks = 'nothing' | 'reason' | 'owner' | 'agency' | 'lead' | 'correction' | 'time';

/** As much of a thread as an act needs; its agency where it is known. */
export type Acted = Pick<Thread, 'id' | 'caseNumber' | 'version' | 'state' | 'postedAt'> &
  Partial<Pick<Thread, 'agency'>>;

/** What was typed or chosen for an act. */
export interface Given {
  readonly note?: string;
  readonly agency?: string;
  /** The case whose answer the others follow. */
  readonly lead?: string;
  readonly correction?: Correction;
  /** ISO 8601. */
  readonly until?: string;
}

/** One key's act on the open thread, or on all that are selected. */
export interface InboxAct {
  readonly name: 'verify' | 'assign' | 'link' | 'notOurs' | 'correct' | 'snooze' | 'wait' | 'archive';
  readonly key: string;
  readonly asks: Asks;
  /** Messages that nobody has made a case yet can have it too. */
  readonly onMessages: boolean;
  /** @returns what its row shows from now on */
  readonly run: (thread: Acted, given: Given) => Promise<Partial<Thread>>;
}

/** The case as it was seen. */
function seen({ caseNumber, version }: Acted): { readonly number: string; readonly version: number } {
  if (caseNumber === null || version === null) throw new Error('no case');
  return { number: caseNumber, version };
}

async function move(thread: Acted, verb: Move['verb'], { note, agency }: Given): Promise<Partial<Thread>> {
  const request = { ...seen(thread), verb, ...(note && { note }), ...(agency && { agency }) };
  const { state, version, agency: now, dueAt } = await api.cases.move(request);
  return { state, version, agency: now, dueAt };
}

/** A new one is verified first when it is sent to an agency. */
async function assign(thread: Acted, given: Given): Promise<Partial<Thread>> {
  const verified = thread.state === 'baru' ? await move(thread, 'verifikasi', {}) : {};
  return move({ ...thread, ...verified }, 'disposisi', given);
}

async function link(thread: Acted, { lead }: Given): Promise<Partial<Thread>> {
  if (lead === undefined) throw new Error('no lead');
  const { version } = await api.cases.link({ ...seen(thread), lead });
  return { version, lead };
}

/** A message without a case is known by its revision; put right, it may have a number from here on. */
async function correct(thread: Acted, { correction = {} }: Given): Promise<Partial<Thread>> {
  const { id, caseNumber } = thread;
  const version = caseNumber === null ? (await api.mentions.get({ id })).revision : seen(thread).version;
  const now = await api.threads.correct({ id: caseNumber ?? id, version, ...correction });
  const opened = now.id === id ? {} : { caseNumber: now.id, state: 'baru' as const };
  const hasCase = caseNumber !== null || now.id !== id;
  const { agency, subject } = correction;
  return {
    ...opened,
    ...(hasCase && { version: now.version }),
    ...(agency !== undefined && { agency, agencyName: null }),
    ...(subject !== undefined && { subject, subjectName: null }),
    confidence: null,
    decided: true,
  };
}

async function snooze({ id, caseNumber }: Acted, { until }: Given): Promise<Partial<Thread>> {
  if (until === undefined) throw new Error('no time');
  const { version } = await api.threads.snooze({ id: caseNumber ?? id, until: new Date(until) });
  return { snoozedUntil: until, ...(caseNumber !== null && { version }) };
}

const ofCases = { onMessages: false } as const;
const ofAll = { onMessages: true } as const;

export const inboxActs: readonly InboxAct[] = [
  {
    name: 'verify',
    key: '1',
    asks: 'nothing',
    ...ofCases,
    run: (one, given) => move(one, 'verifikasi', given),
  },
  { name: 'assign', key: 'd', asks: 'agency', ...ofCases, run: assign },
  { name: 'link', key: '2', asks: 'lead', ...ofCases, run: link },
  {
    name: 'notOurs',
    key: '3',
    asks: 'owner',
    ...ofCases,
    run: (one, given) => move(one, 'bukan wewenang', given),
  },
  { name: 'correct', key: 'c', asks: 'correction', ...ofAll, run: correct },
  { name: 'snooze', key: 'h', asks: 'time', ...ofAll, run: snooze },
  { name: 'wait', key: 'p', asks: 'reason', ...ofCases, run: (one, given) => move(one, 'tunda', given) },
  {
    name: 'archive',
    key: 'e',
    asks: 'reason',
    ...ofCases,
    run: (one, given) => move(one, 'arsipkan', given),
  },
];

/** Does it to each, one after the other. @returns what failed; the others are done */
export async function actOnAll(
  threads: readonly Acted[],
  act: InboxAct,
  given: Given,
  onDone: (id: string, now: Partial<Thread>) => void,
): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const thread of threads) {
    try {
      onDone(thread.id, await act.run(thread, given));
    } catch (error) {
      failures.push({ what: thread.id, error });
    }
  }
  return failures;
}

/** Of several, the one that came first leads: its citizen has waited longest. */
export function oldest(threads: readonly Acted[]): Acted | undefined {
  return [...threads].sort((a, b) => a.postedAt.localeCompare(b.postedAt))[0];
}
