import { systemClock } from '../src/core/clock.ts';
import { systemUser } from '../src/domain/ids.ts';
import { caseColumns, cellsOf } from '../src/exporting/case-columns.ts';
import { csvOf } from '../src/exporting/csv.ts';
import { xlsxOf } from '../src/exporting/xlsx.ts';
import { caseBatches } from '../src/store/case-export.ts';
import { openDatabase } from '../src/store/database.ts';
import { maskPersonalData } from '../src/text/personal-data.ts';

/** One export in a process of its own, thrown away as it comes; prints what bench/export.ts shows. */
const [url = '', name = '', format = 'csv'] = process.argv.slice(2);
await using database = await openDatabase(url, name);

const words = {
  agencyNames: new Map<string, string>(),
  subjectNames: new Map<string, string>(),
  textFor: (_: unknown, text: string) => maskPersonalData(text),
  now: systemClock.now(),
  demo: true,
};

const asking = { scope: { agency: null, secret: true }, user: systemUser, now: words.now };

async function* rows() {
  for await (const batch of caseBatches(database.db, { view: 'semua' }, asking)) {
    yield batch.map((one) => cellsOf(one, words));
  }
}

const sheet = { title: 'Aduan', columns: caseColumns, batches: rows() };
const start = performance.now();
let bytes = 0;
for await (const piece of format === 'csv' ? csvOf(sheet) : xlsxOf(sheet)) {
  bytes += piece.length;
  // A receiver that takes its time.
  if (bytes % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
}
console.log(
  JSON.stringify({
    bytes,
    seconds: (performance.now() - start) / 1_000,
    peakRssMb: process.resourceUsage().maxRSS / 1_024,
  }),
);
