import path from 'node:path';
import { SingleBar } from 'cli-progress';
import { mapColumns, missingColumns } from '../../importing/portal-row.ts';
import { openRefusedFile } from '../../importing/refused-file.ts';
import { importFile, previewFile } from '../../joins/import.ts';
import { mappingResolver, portalNamed } from '../../joins/portals.ts';
import { openInstallation } from '../open.ts';
import { print, say, simulatedMark, table } from '../output.ts';
import type { AddCommand } from './command.ts';

interface Options {
  readonly source?: string;
  readonly channel?: string;
  readonly preview?: true;
  readonly dryRun?: true;
  readonly errors?: string;
  readonly json?: true;
}

/** `import FILE`: cases from a portal's file, or handled elsewhere; twice is once. */
export const addImport: AddCommand = (program, env) => {
  program
    .command('import')
    .argument('<file>', '.csv, .xlsx atau .jsonl')
    .description(
      'impor aduan dari berkas; diulang tidak menggandakan / import cases from a file; again adds nothing',
    )
    .option('--channel <portal>', 'sp4n, laporgub, sapamas: kolom menurut data/import-mappings.json')
    .option('--source <name>', 'asal berkas, bagian dari identitas / origin, part of the identity')
    .option('--preview', '20 baris pertama dan kolom yang dikenali / first 20 rows and the columns found')
    .option('--dry-run', 'periksa semua baris tanpa menyimpan / judge every row, store nothing')
    .option('--errors <file.csv>', 'tulis baris yang ditolak ke berkas / write refused rows to a file')
    .option('--json', 'satu objek JSON / one JSON object')
    .action(async (file: string, options: Options) => {
      if (options.preview) await preview(env, file, options);
      else await take(env, file, options);
    });
};

async function preview(
  env: Parameters<typeof openInstallation>[0],
  file: string,
  { channel }: Options,
): Promise<void> {
  const rows = await previewFile(file, 20);
  const header = Object.keys(rows[0] ?? {});
  if (channel !== undefined) {
    await using here = await openInstallation(env);
    const resolve = await mappingResolver(here.services.database.db, portalNamed(channel), null);
    const { mapping, saved } = resolve(header);
    if (saved !== null) print(`pemetaan / mapping: ${saved.name}`);
    print(table(['kolom kami / ours', 'kolom berkas / file'], Object.entries(mapColumns(mapping, header))));
    const missing = missingColumns(mapping, header);
    if (missing.length > 0) print(`tidak ditemukan / not found: ${missing.join(', ')}`);
  }
  const short = (value: unknown) =>
    String(value ?? '')
      .replace(/\s+/g, ' ')
      .slice(0, 30);
  print(
    table(
      header.map(short),
      rows.map((row) => header.map((name) => short(row[name]))),
    ),
  );
}

async function take(
  env: Parameters<typeof openInstallation>[0],
  file: string,
  options: Options,
): Promise<void> {
  const portal = options.channel === undefined ? null : portalNamed(options.channel);
  await using here = await openInstallation(env);
  const bar = process.stderr.isTTY
    ? new SingleBar({ format: '{value} baris / rows', stream: process.stderr })
    : null;
  const errors = options.errors === undefined ? null : openRefusedFile(options.errors);
  bar?.start(0, 0);
  const done = await importFile(here.services, file, {
    source: options.source ?? path.parse(file).name,
    portal,
    dryRun: options.dryRun === true,
    onProgress: ({ read }) => bar?.update(read),
    ...(errors && { onRefused: errors.add }),
  }).finally(() => bar?.stop());
  await errors?.[Symbol.asyncDispose]();
  if (options.json) {
    print(JSON.stringify(done));
    return;
  }
  if (here.config.mode === 'demo') say(simulatedMark);
  if (options.dryRun) print('Uji coba: tidak ada yang disimpan. / Dry run: nothing was stored.');
  const { refusals, ...counts } = done;
  const names = {
    read: 'dibaca / read',
    added: 'baru / added',
    updated: 'diperbarui / updated',
    unchanged: 'sama / unchanged',
    refused: 'ditolak / refused',
  };
  print(
    table(
      ['', ''],
      Object.entries(counts).map(([name, n]) => [names[name as keyof typeof names], String(n)]),
    ),
  );
  for (const { line, reason } of refusals) print(`baris ${line}: ${reason}`);
}
