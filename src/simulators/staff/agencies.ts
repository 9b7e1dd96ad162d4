import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type Clock, DAY, SECOND } from '../../core/clock.ts';
import { asError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Recipient } from '../../domain/forward.ts';
import type { GroupSimulator } from '../group/index.ts';

/** How an agency deals with what is passed on to it. */
type Manner = 'never-opens' | 'opens' | 'answers-in-the-group' | 'answers';

/** As in the story: three agencies that owe an answer, each in its own way. All others answer through their link. */
const manners: Readonly<Record<string, Manner>> = {
  DLH: 'never-opens',
  DISHUB: 'opens',
  DIKBUD: 'answers-in-the-group',
};

export interface AgencyDeps {
  /** Where Tanggap's answer page is. */
  readonly baseUrl: URL;
  readonly clock: Clock;
  readonly log: Log;
  /** Who answers for each agency. */
  readonly people: readonly Recipient[];
  /** What arrived for him, by mail or by WhatsApp: texts, the newest last. */
  readonly inbox: (person: Recipient) => readonly string[];
  readonly group: Pick<GroupSimulator, 'posts' | 'write'>;
}

/** The agencies' own people: they know nothing but what reaches their mail, their WhatsApp and their group. */
export interface Agencies {
  /** One act of one of them. */
  step(): Promise<'opened' | 'answered' | 'wrote-in-group' | 'nothing'>;
}

const Opened = z.object({
  session: z.string(),
  case: z.object({ number: z.string(), agency: z.string() }),
});

/** A message that brings a link, with the case that it names. */
interface Brought {
  readonly token: string;
  readonly number: string;
}

function broughtBy(text: string): Brought | null {
  const token = /\/jawab#([\w-]{22})/.exec(text)?.[1];
  const number = /KRA-\d{4}-\d{6}/.exec(text)?.[0];
  return token !== undefined && number !== undefined ? { token, number } : null;
}

/** Of mails and of the WhatsApp template `kode_aduan`. */
function codesIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => /(?:Kode Anda: |\[templat kode_aduan\] )(\d{6})/.exec(text)?.[1] ?? []);
}

const weekdays = new Intl.DateTimeFormat('id-ID', {
  timeZone: 'Asia/Jakarta',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});

/** The agency's word on the matter: what it did and until when the rest is done. The same for the same case. */
function answerTo(number: string, agency: string, now: Date): string {
  const until = weekdays.format(new Date(now.getTime() + 5 * DAY));
  const words = [
    `Petugas ${agency} sudah mengecek ke lokasi. Pekerjaannya kami selesaikan paling lambat ${until}.`,
    `${agency} sudah menjadwalkan penanganannya, paling lambat ${until}. Hasilnya kami kabarkan di sini.`,
    `Hari ini petugas ${agency} ke lokasi. Kabar berikutnya kami sampaikan paling lambat ${until}.`,
  ];
  const turn = createHash('sha256').update(number).digest().readUInt8(0) % words.length;
  return `Halo Bapak/Ibu, terima kasih laporannya (${number}). ${words[turn]}`;
}

export function openAgencies(deps: AgencyDeps): Agencies {
  const { baseUrl, clock, log, people, inbox, group } = deps;
  /** Links that need nothing more. */
  const done = new Set<string>();
  /** Links whose code is on its way, with how many codes he had before. */
  const waiting = new Map<string, number>();

  const post = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(new URL(`/jawab/${path}`, baseUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: baseUrl.origin },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20 * SECOND),
    });
    if (!answer.ok) throw new Error(`the answer page said ${answer.status}`);
    return answer.json();
  };

  const writeInGroup = (person: Recipient, { number, token }: Brought) => {
    done.add(token);
    const mine = group.posts().some(({ author, text }) => author === person.name && text.includes(number));
    if (mine) return 'nothing' as const;
    const until = weekdays.format(new Date(clock.now().getTime() + 5 * DAY));
    group.write(
      person.name,
      `${number}: sudah kami tinjau, diperbaiki paling lambat ${until}. Mohon disampaikan, nggih.`,
    );
    return 'wrote-in-group' as const;
  };

  /** Asks for the code, or with the code in his hands reads the case and (by his manner) answers. */
  const useLink = async (person: Recipient, brought: Brought, manner: Manner) => {
    const { token } = brought;
    const codes = codesIn(inbox(person));
    const before = waiting.get(token);
    if (before === undefined) {
      waiting.set(token, codes.length);
      await post('kode', { token });
      return 'nothing' as const;
    }
    const code = codes.length > before ? codes.at(-1) : undefined;
    if (code === undefined) return 'nothing' as const;
    done.add(token);
    const opened = Opened.parse(await post('buka', { token, code }));
    if (manner === 'opens') return 'opened' as const;
    const text = answerTo(opened.case.number, opened.case.agency, clock.now());
    await post('kirim', { token, session: opened.session, text });
    return 'answered' as const;
  };

  const deal = async (person: Recipient, brought: Brought) => {
    const manner = manners[person.agency ?? ''] ?? 'answers';
    if (manner === 'never-opens') return 'nothing' as const;
    if (manner === 'answers-in-the-group') return writeInGroup(person, brought);
    return useLink(person, brought, manner);
  };

  return {
    async step() {
      for (const person of people) {
        const links = inbox(person).flatMap((text) => broughtBy(text) ?? []);
        // One at a time: the code names no case.
        const next = links.find(({ token }) => !done.has(token));
        if (!next) continue;
        try {
          const what = await deal(person, next);
          if (what !== 'nothing') return what;
        } catch (error) {
          // Revoked, used before, or over: nothing is to be done about it.
          done.add(next.token);
          log.debug('an agency of the demo was refused', { recipient: person.id, error: asError(error) });
        }
      }
      return 'nothing';
    },
  };
}

/** So long they take for each act. */
const takesS = 8;

/** The agencies at work until the signal. */
export async function runAgencies(deps: AgencyDeps & { readonly signal: AbortSignal }): Promise<void> {
  const { signal } = deps;
  const agencies = openAgencies(deps);
  while (!signal.aborted) {
    await pause(takesS * SECOND, undefined, { signal }).catch(() => {});
    if (!signal.aborted) await agencies.step();
  }
}
