import path from 'node:path';
import { SingleBar } from 'cli-progress';
import { importFile } from '../../joins/import.ts';
import { openInstallation } from '../open.ts';
import { print, say, simulatedMark, table } from '../output.ts';
import type { AddCommand } from './command.ts';

/** `import FILE.csv|.jsonl`: cases that were handled elsewhere; twice is once. */
export const addImport: AddCommand = (program, env) => {
  program
    .command('import')
    .argument('<file>', '.csv atau .jsonl')
    .description(
      'impor aduan dari berkas; diulang tidak menggandakan / import cases from a file; again adds nothing',
    )
    .option('--source <name>', 'asal berkas, bagian dari identitas / origin, part of the identity')
    .option('--json', 'satu objek JSON / one JSON object')
    .action(async (file: string, options: { source?: string; json?: true }) => {
      await using here = await openInstallation(env);
      const bar = process.stderr.isTTY
        ? new SingleBar({ format: '{value} baris / rows', stream: process.stderr })
        : null;
      bar?.start(0, 0);
      const source = options.source ?? path.parse(file).name;
      const done = await importFile(here.services, file, source, (read) => bar?.update(read)).finally(() =>
        bar?.stop(),
      );
      if (options.json) {
        print(JSON.stringify(done));
        return;
      }
      if (here.config.mode === 'demo') say(simulatedMark);
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
    });
};
