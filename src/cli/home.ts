import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError, type Mode } from '../core/config.ts';
import { isRunning } from '../servers/exec.ts';

async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/**
 * Marks the installation's folder with its mode at the first start; a start in the other mode is refused.
 * @throws {ConfigError} with what to do
 */
export async function claimHome(home: string, mode: Mode): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const file = path.join(home, 'mode');
  const found = (await readIfThere(file))?.trim();
  if (found === undefined) {
    await writeFile(file, `${mode}\n`);
    return;
  }
  if (found === mode) return;
  throw new ConfigError(
    mode === 'live'
      ? [
          `Folder ${home} berisi DATA SIMULASI (demo), tetapi ada kredensial sungguhan. Demo dan sungguhan tidak boleh bercampur.`,
          'Hapus data demo dengan "npm run services -- wipe", atau beri folder lain lewat TANGGAP_HOME.',
          `The folder ${home} holds demo data, but real credentials were given. Demo and live never mix: "npm run services -- wipe" removes the demo data, TANGGAP_HOME names another folder.`,
        ].join('\n')
      : [
          `Folder ${home} berisi DATA SUNGGUHAN, tetapi tidak ada kredensial. Isi .env (lihat docs/how-to/run-in-production.md), atau beri folder lain lewat TANGGAP_HOME untuk demo.`,
          `The folder ${home} holds live data, but there are no credentials. Fill .env, or name another folder by TANGGAP_HOME for a demo.`,
        ].join('\n'),
  );
}

/**
 * One `start` at a time in a folder: a second one would use the servers of the first, and stand without them when that
 * stops. What a killed one left is taken over.
 * @throws {ConfigError} naming the one that runs
 */
export async function claimRun(home: string): Promise<AsyncDisposable> {
  const file = path.join(home, 'running');
  // With its beginning and the words of its command line, so that a number that was given again is not taken for it: in a
  // container it is the same each time.
  const startedAt = String(Math.round(performance.timeOrigin));
  const ours = `${process.pid} ${startedAt} ${process.argv.slice(2).join(' ')}`;
  for (;;) {
    const found = await readIfThere(file);
    const [, other = 0, at, words = ''] = /^(\d+) (\d+) (.*)$/s.exec(found ?? '') ?? [];
    const runs = Number(other) === process.pid ? at === startedAt : await isRunning(Number(other), words);
    if (other && runs)
      throw new ConfigError(
        `Tanggap sudah berjalan dari folder ${home} (proses ${other}): hentikan dahulu, atau beri folder lain lewat TANGGAP_HOME. / Tanggap runs from ${home} already (process ${other}): stop it first, or name another folder by TANGGAP_HOME.`,
      );
    if (found !== null) await rm(file, { force: true });
    const isOurs = await writeFile(file, ours, { flag: 'wx' }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
        return false;
      },
    );
    if (isOurs) return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
  }
}

/** A secret of this installation, made at random at the first use and kept beside the data (0600). */
export async function keptSecret(home: string, name: string): Promise<string> {
  const file = path.join(home, name);
  const found = await readIfThere(file);
  if (found) return found.trim();
  const made = randomBytes(32).toString('hex');
  await writeFile(file, `${made}\n`, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return (await readFile(file, 'utf8')).trim();
}
