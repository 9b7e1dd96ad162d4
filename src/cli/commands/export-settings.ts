import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exportLists } from '../../reference/export.ts';
import { openInstallation } from '../open.ts';
import { say } from '../output.ts';
import type { AddCommand } from './command.ts';

/** `export-settings DIR`: the lists that people edited, as the files of data/. */
export const addExportSettings: AddCommand = (program, env) => {
  program
    .command('export-settings')
    .argument('<folder>', 'folder tujuan / where to write')
    .description('daftar di Pengaturan sebagai berkas data/*.json / the lists of Settings as data/*.json')
    .action(async (folder: string) => {
      await using here = await openInstallation(env);
      await mkdir(folder, { recursive: true });
      const files = exportLists(here.services.reference.texts);
      for (const [name, text] of files) await writeFile(path.join(folder, name), text);
      say(`${files.length} berkas ditulis ke / files written to ${path.resolve(folder)}`);
    });
};
