import path from 'node:path';
import { systemClock } from '../../core/clock.ts';
import { restoreBackup } from '../../store/backup/restore.ts';
import { takeBackup } from '../../store/backup/take-backup.ts';
import { openDatabase } from '../../store/database.ts';
import { readHome, startOurServers } from '../open.ts';
import { say } from '../output.ts';
import type { AddCommand } from './command.ts';

/** `backup FOLDER`, `restore FOLDER`: the whole database as files. The keys of `.env` are kept by the office, not in it. */
export const addBackup: AddCommand = (program, env) => {
  const work = async (what: (place: Awaited<ReturnType<typeof open>>) => Promise<void>) => {
    const place = await open();
    try {
      await what(place);
    } finally {
      await place.database[Symbol.asyncDispose]();
      await place.servers.stop();
    }
  };
  const open = async () => {
    const config = readHome(env);
    const servers = await startOurServers(config);
    return { config, servers, database: await openDatabase(servers.mongoUrl, config.database) };
  };
  program
    .command('backup')
    .argument('<folder>', 'folder baru / a new folder')
    .description('cadangkan basis data selagi semuanya berjalan / back up the database while everything runs')
    .action((folder: string) =>
      work(async ({ database }) => {
        const { collections } = await takeBackup(database, path.resolve(folder), systemClock.now());
        const documents = collections.reduce((sum, one) => sum + one.documents, 0);
        say(`${documents} dokumen / documents → ${path.resolve(folder)}`);
      }),
    );
  program
    .command('restore')
    .argument('<folder>', 'hasil `tanggap backup` / what `tanggap backup` wrote')
    .description('pulihkan ke basis data kosong; pengiriman tetap berhenti / restore into an empty database')
    .action((folder: string) =>
      work(async ({ config, database }) => {
        const { takenAt } = await restoreBackup(database.db, folder, config.mode, systemClock.now());
        say(`Dipulihkan: keadaan ${takenAt}. / Restored: as of ${takenAt}.`);
        say(
          'Pengiriman dihentikan; periksa "Belum pasti terkirim", lalu `tanggap stop off`. / Sending is stopped: check what is unclear, then `tanggap stop off`.',
        );
      }),
    );
};
