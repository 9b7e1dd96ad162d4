import { join } from 'node:path';
import { z } from 'zod';
import type { SimulatedPost } from '../simulator.ts';
import { type Journal, openJournal } from './journal.ts';

const Report = z.object({
  nativeId: z.string(),
  author: z.string(),
  byOffice: z.boolean(),
  text: z.string(),
  at: z.coerce.date(),
  parentNativeId: z.string().nullable(),
});
export type Report = z.infer<typeof Report>;

const Line = z.union([z.object({ report: Report }), z.object({ passedOn: z.string() })]);
type Line = z.infer<typeof Line>;

/** What citizens reported on a form or portal, what the office wrote under it, and what was passed on; kept on disk. */
export class Reports {
  readonly #journal: Journal<Line>;
  readonly #reports: Report[] = [];
  readonly #waiting = new Set<string>();

  constructor(dir: string) {
    const { journal, entries } = openJournal(join(dir, 'reports.jsonl'), (line) => Line.parse(line));
    this.#journal = journal;
    for (const entry of entries) {
      if ('report' in entry) this.#keep(entry.report);
      else this.#waiting.delete(entry.passedOn);
    }
  }

  add(report: Report): SimulatedPost {
    this.#journal.append({ report });
    this.#keep(report);
    return toSimulated(report);
  }

  /** Oldest first. */
  all(): readonly Report[] {
    return this.#reports;
  }

  find(nativeId: string): Report | null {
    return this.#reports.find((report) => report.nativeId === nativeId) ?? null;
  }

  /** Entries that have not reached the office yet, oldest first. */
  waiting(): readonly Report[] {
    return this.#reports.filter(({ nativeId }) => this.#waiting.has(nativeId));
  }

  markPassedOn(nativeId: string): void {
    if (!this.#waiting.delete(nativeId)) return;
    this.#journal.append({ passedOn: nativeId });
  }

  simulated(): readonly SimulatedPost[] {
    return this.#reports.map(toSimulated);
  }

  close(): void {
    this.#journal.close();
  }

  #keep(report: Report): void {
    this.#reports.push(report);
    this.#waiting.add(report.nativeId);
  }
}

function toSimulated(report: Report): SimulatedPost {
  return { ...report, quotedNativeId: null, deleted: false, hidden: false, earlierTexts: [] };
}

/** What a citizen would choose as the kind of his report. */
export function kindOf(text: string): 'pengaduan' | 'permintaan_informasi' | 'aspirasi' {
  if (/mohon informasi|mau tanya|bagaimana (cara|syarat)|apa syarat|syarat(nya)? apa/i.test(text))
    return 'permintaan_informasi';
  return /\b(usul|semoga|alangkah baiknya)\b/i.test(text) ? 'aspirasi' : 'pengaduan';
}
