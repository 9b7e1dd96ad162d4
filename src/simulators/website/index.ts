import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type Clock, SECOND } from '../../core/clock.ts';
import { serveReports } from '../kit/report-server.ts';
import { kindOf, type Report, Reports } from '../kit/reports.ts';
import type { Simulator } from '../simulator.ts';

export interface WebsiteSimulator extends Simulator {
  /** Hands what was written over to `<api>/intake/website` from now on, with this key. */
  connect(api: URL, key: string): void;
  /** Resolves when everything written has been handed over. */
  idle(): Promise<void>;
}

const Receipt = z.object({ nomor: z.string().nullable(), kode: z.string().nullable() });

const account = { id: 'situs', name: 'Situs Pemkab (sim)' };
const firstWait = 0.2 * SECOND;
const longestWait = 10 * SECOND;

/**
 * The regency's own site with a form of its own: what citizens write there is handed to Tanggap's keyed intake, and the
 * receipt (number and code) is shown to them.
 */
export async function startWebsiteSimulator(options: {
  readonly dir: string;
  readonly clock: Clock;
  readonly port?: number;
}): Promise<WebsiteSimulator> {
  const { dir, clock, port } = options;
  const reports = new Reports(dir);
  const stop = new AbortController();
  const { signal } = stop;
  let target: { readonly url: URL; readonly key: string } | null = null;
  let running: Promise<void> | null = null;

  const showReceipt = ({ nativeId }: Report, receipt: z.infer<typeof Receipt>): void => {
    const shown = receiptText(receipt);
    const note = { nativeId: `${nativeId}-tanda`, author: account.name, byOffice: true, text: shown };
    reports.add({ ...note, at: clock.now(), parentNativeId: nativeId });
    reports.markPassedOn(note.nativeId);
  };
  const handOver = async (to: NonNullable<typeof target>): Promise<void> => {
    let wait = firstWait;
    for (let [next] = reports.waiting(); next && !signal.aborted; [next] = reports.waiting()) {
      const receipt = next.byOffice ? 'not-ours' : await post(to, next, signal);
      if (receipt === null) {
        await pause(wait, undefined, { signal }).catch(() => {});
        wait = Math.min(2 * wait, longestWait);
        continue;
      }
      wait = firstWait;
      reports.markPassedOn(next.nativeId);
      if (receipt !== 'not-ours') showReceipt(next, receipt);
    }
  };
  const run = (): void => {
    if (target === null || running !== null) return;
    running = handOver(target).finally(() => {
      running = null;
      // What was written after its last look, and before this.
      if (!signal.aborted && reports.waiting().length > 0) run();
    });
  };
  const simulator = await serveReports({
    platform: 'website',
    title: 'Situs Pemkab',
    hint: 'Formulir di situs pemkab sendiri. Laporan diteruskan ke Tanggap; nomor dan kode muncul di bawahnya, untuk halaman lacak.',
    account,
    dir,
    clock,
    ...(port !== undefined && { port }),
    reports,
    write({ author, text, at = clock.now(), parentNativeId = null }) {
      const written = reports.add({
        nativeId: randomUUID(),
        author,
        byOffice: false,
        text,
        at,
        parentNativeId,
      });
      run();
      return written;
    },
    writeAsOffice: ({ text, at = clock.now(), parentNativeId = null }) =>
      reports.add({ nativeId: randomUUID(), author: account.name, byOffice: true, text, at, parentNativeId }),
  });
  const idle = async (): Promise<void> => {
    while (running !== null) await running;
  };
  return {
    ...simulator,
    connect(api, key) {
      target = { url: new URL('/intake/website', api), key };
      run();
    },
    idle,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await idle();
      await simulator[Symbol.asyncDispose]();
    },
  };
}

function receiptText({ nomor, kode }: z.infer<typeof Receipt>): string {
  if (nomor === null) return 'Terima kasih, laporan Anda sudah diterima dan sedang diperiksa.';
  const code = kode === null ? 'Laporan rahasia tidak dapat dilacak di halaman umum.' : `Kode: ${kode}`;
  return `Terima kasih, laporan Anda sudah diterima. Nomor: ${nomor}. ${code}`;
}

/** @returns null when the office did not take it now; `not-ours` when it never will */
async function post(
  { url, key }: { readonly url: URL; readonly key: string },
  { nativeId, author, text, at }: Report,
  signal: AbortSignal,
): Promise<z.infer<typeof Receipt> | 'not-ours' | null> {
  const anonymous = author === 'anonim';
  const body = {
    id: nativeId,
    jenis: kindOf(text),
    isi: text,
    waktu: at.toISOString(),
    rahasia: /dirahasiakan/i.test(text),
    anonim: anonymous,
    ...(!anonymous && { nama: author }),
  };
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
      signal,
    });
    if (answer.status === 422) return 'not-ours';
    return answer.ok ? Receipt.parse(await answer.json()) : null;
  } catch {
    return null;
  }
}
