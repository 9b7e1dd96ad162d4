import { api, type Thread } from '../shared/api.ts';
import type { Failure } from '../shared/held-acts.ts';
import { words } from '../shared/language.tsx';

type Move = Parameters<typeof api.cases.move>[0];
type Verb = Move['verb'];

/** What an act asks before it can be done. */
type Asks = 'nothing' | 'reason' | 'agency';

/** One key's act on the open case, or on all that are selected. */
export interface InboxAct {
  readonly name: 'verify' | 'notOurs' | 'wait' | 'assign' | 'archive';
  readonly key: string;
  readonly verb: Verb;
  readonly asks: Asks;
}

export const inboxActs: readonly InboxAct[] = [
  { name: 'verify', key: '1', verb: 'verifikasi', asks: 'nothing' },
  { name: 'assign', key: 'd', verb: 'disposisi', asks: 'agency' },
  { name: 'notOurs', key: '3', verb: 'bukan wewenang', asks: 'reason' },
  { name: 'wait', key: 'p', verb: 'tunda', asks: 'reason' },
  { name: 'archive', key: 'e', verb: 'arsipkan', asks: 'reason' },
];

export const actWords = words(
  {
    verify: 'Verifikasi',
    assign: 'Disposisi',
    notOurs: 'Bukan wewenang',
    wait: 'Tunda',
    archive: 'Arsipkan',
    on: (act: string, about: string) => `${act}: ${about}`,
    many: (n: number) => `${n} aduan`,
    reason: 'Alasan',
    agency: 'OPD yang menangani',
    choose: 'Pilih OPD',
    do: 'Lakukan',
    cancel: 'Batal',
    noCase: 'Pesan ini belum menjadi aduan.',
  },
  {
    verify: 'Verify',
    assign: 'Assign',
    notOurs: 'Not ours',
    wait: 'Wait for the citizen',
    archive: 'Archive',
    on: (act: string, about: string) => `${act}: ${about}`,
    many: (n: number) => `${n} cases`,
    reason: 'Reason',
    agency: 'Agency in charge',
    choose: 'Choose an agency',
    do: 'Do it',
    cancel: 'Cancel',
    noCase: 'This message is no case yet.',
  },
);

/** What was typed or chosen for an act. */
export interface Given {
  readonly note?: string;
  readonly agency?: string;
}

type Moved = Awaited<ReturnType<typeof api.cases.move>>;

/** Does the act to one case as it was seen. A new one is verified first when it is sent to an agency. */
async function actOn(thread: Thread, act: InboxAct, given: Given): Promise<Moved> {
  const [number, version] = [thread.caseNumber, thread.version];
  if (number === null || version === null) throw new Error('no case');
  const seen =
    act.verb === 'disposisi' && thread.state === 'baru'
      ? (await api.cases.move({ number, version, verb: 'verifikasi' })).version
      : version;
  return api.cases.move({ number, version: seen, verb: act.verb, ...given });
}

/** Does it to each, one after the other. @returns what failed; the others are done */
export async function actOnAll(
  threads: readonly Thread[],
  act: InboxAct,
  given: Given,
  onDone: (id: string, now: Moved) => void,
): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const thread of threads) {
    try {
      onDone(thread.id, await actOn(thread, act, given));
    } catch (error) {
      failures.push({ what: thread.id, error });
    }
  }
  return failures;
}
