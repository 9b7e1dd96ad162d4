import { asError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { systemUser } from '../../domain/ids.ts';
import type { GroupSimulator } from '../group/index.ts';
import type { DeskThread, StaffDesk } from './desk.ts';

export interface PassingOnDeps {
  readonly writer: StaffDesk;
  /** Agencies that have somebody to answer. */
  readonly agencies: ReadonlySet<string>;
  readonly group: Pick<GroupSimulator, 'write'>;
  readonly log: Log;
}

/** Passes cases on to their agencies ("disposisi"), and puts the text for the group into the agencies' WhatsApp group. */
export interface PassingOn {
  /** @returns the case, or null when there is nothing to pass on now */
  step(): Promise<string | null>;
  /** What the desk had passed on before Monday is not all passed on yet. */
  readonly isCatchingUp: boolean;
}

/** The three matters of the story (H-02, H-03, H-04) that were passed on before Monday, by words that find them. */
const earlier = ['sampah tps dagen', 'rambu tikungan gerdu', 'atap ruang kelas kerjo'];
/** So often they are looked for: the first minutes are spent on reading the past. */
const looksFor = 100;
const looksAt = 100;

export function openPassingOn({ writer, agencies, group, log }: PassingOnDeps): PassingOn {
  const missing = new Map(earlier.map((words) => [words, looksFor]));
  const refused = new Set<string>();

  const mayPass = ({ caseNumber, agency, assignee, secret, state, urgency, kind }: DeskThread): boolean =>
    caseNumber !== null &&
    !refused.has(caseNumber) &&
    agency !== null &&
    agencies.has(agency) &&
    assignee === null &&
    !secret &&
    kind === 'pengaduan' &&
    // An emergency is no matter for a played officer.
    urgency !== 'darurat' &&
    (state === 'baru' || state === 'terverifikasi');

  /** @returns false when a person had a hand in it, or was faster */
  const passOn = async (number: string): Promise<boolean> => {
    try {
      const seen = await writer.case(number);
      const touched = [
        ...seen.history,
        ...seen.replies.flatMap(({ authors }) => authors.map((by) => ({ by }))),
      ];
      if (seen.agency !== null && touched.every(({ by }) => by === systemUser)) {
        const verified = seen.state === 'baru' ? await writer.move(number, seen.version, 'verifikasi') : seen;
        await writer.move(number, verified.version, 'disposisi', seen.agency);
        group.write(writer.loginName, await writer.groupText(number));
        return true;
      }
    } catch (error) {
      log.debug('demo staff could not pass a case on', { number, error: asError(error) });
    }
    refused.add(number);
    return false;
  };

  const firstOf = async (threads: readonly DeskThread[]): Promise<string | null> => {
    for (const thread of threads) {
      const number = thread.caseNumber;
      if (number !== null && mayPass(thread) && (await passOn(number))) return number;
    }
    return null;
  };

  return {
    get isCatchingUp() {
      return missing.size > 0;
    },
    async step() {
      for (const [words, looks] of missing) {
        const found = await writer.threads({ q: words, view: 'aduan', limit: 5 });
        const passed = await firstOf(found);
        if (passed !== null || found.some(({ state }) => state !== 'baru') || looks <= 1)
          missing.delete(words);
        else missing.set(words, looks - 1);
        if (passed !== null) return passed;
      }
      if (missing.size > 0) return null;
      // One case at a time for each agency: whoever owes an answer gets no second one from here.
      const owed = await writer.threads({ view: 'opd-belum-menjawab', limit: looksAt });
      const busy = new Set(owed.map(({ agency }) => agency));
      const fresh = await writer.threads({ view: 'baru', limit: looksAt });
      return firstOf(
        fresh.filter(({ agency, lead, similar }) => !busy.has(agency) && lead === null && similar === 0),
      );
    },
  };
}
