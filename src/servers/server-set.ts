import { rm } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from '../core/config.ts';
import { findBinary } from './binaries.ts';
import { isRunning } from './exec.ts';
import { mongodMark, mongoUrl, startMongod, stopMongod } from './mongod.ts';
import { type Entry, readState, writeState } from './state.ts';
import { startValkey, stopValkey, valkeyMark, valkeyUrl } from './valkey.ts';
import type { Say, ServerName } from './wheels.ts';

export interface ServerSet {
  readonly mongoUrl: string;
  readonly redisUrl: string;
  /** Servers that this call started; the others ran already and stay. */
  readonly started: readonly ServerName[];
  /** Stops what this call started. */
  stop(): Promise<void>;
}

export interface SetOptions {
  /** The checkout. */
  readonly root: string;
  /** Folder of the data directories and of what is known about them. */
  readonly dir: string;
  readonly say: Say;
  /** Where a server of somebody else is used instead of our own. */
  readonly given?: { readonly mongoUrl?: string | undefined; readonly redisUrl?: string | undefined };
}

const servers = {
  mongod: { start: startMongod, stop: stopMongod, mark: mongodMark },
  valkey: { start: startValkey, stop: stopValkey, mark: valkeyMark },
} as const;

/** The entry when the server runs on a data directory of ours. */
async function running(
  entry: Entry | undefined,
  dir: string,
  name: ServerName,
  root: string,
): Promise<Entry | null> {
  if (entry?.checkout !== root) return null;
  return (await isRunning(entry.pid, servers[name].mark(entry, dir))) ? entry : null;
}

/** Uses the server of this data directory when it runs, else starts it. */
async function ensure(options: SetOptions, name: ServerName): Promise<{ entry: Entry; started: boolean }> {
  const { dir } = options;
  const known = (await readState(dir))[name];
  const alive = await running(known, dir, name, options.root);
  if (alive) return { entry: alive, started: false };

  const binary = await findBinary(options.root, name, options.say);
  if (known && known.version !== binary.version) {
    if (name === 'mongod') {
      throw new ConfigError(
        `Data di ${dir}/mongo ditulis oleh MongoDB ${known.version}, yang ada sekarang ${binary.version}: pasang versi itu di PATH atau isi MONGODB_URL; "npm run services -- wipe" mulai dari kosong. / The data in ${dir}/mongo was written by MongoDB ${known.version}, this is ${binary.version}: put that version on the PATH or set MONGODB_URL; "npm run services -- wipe" starts empty.`,
      );
    }
    // The queue is disposable: every fact is in MongoDB, the sweepers rebuild the jobs.
    await rm(path.join(dir, 'valkey'), { recursive: true, force: true });
  }
  const entry = await servers[name].start({
    binary,
    dir,
    checkout: options.root,
    wishedPort: known?.port ?? 0,
  });
  await writeState(dir, { [name]: entry });
  return { entry, started: true };
}

/** MongoDB (replica set) and Valkey for one set of data directories: reused when ours and running, else started. */
export async function startServers(options: SetOptions): Promise<ServerSet> {
  const mongod = options.given?.mongoUrl ? null : await ensure(options, 'mongod');
  const valkey = options.given?.redisUrl
    ? null
    : await ensure(options, 'valkey').catch(async (error: unknown) => {
        if (mongod?.started) await stopMongod(mongod.entry, options.dir);
        throw error;
      });
  const started: ServerName[] = [];
  if (mongod?.started) started.push('mongod');
  if (valkey?.started) started.push('valkey');
  return {
    mongoUrl: options.given?.mongoUrl ?? mongoUrl(mongod?.entry.port ?? 0),
    redisUrl: options.given?.redisUrl ?? valkeyUrl(valkey?.entry.port ?? 0),
    started,
    async stop() {
      const { dir } = options;
      if (valkey?.started) await stopValkey(valkey.entry, dir);
      if (mongod?.started) await stopMongod(mongod.entry, dir);
    },
  };
}

/** What runs in this set, whoever started it. */
export async function serverStatus(root: string, dir: string): Promise<Partial<Record<ServerName, Entry>>> {
  const state = await readState(dir);
  const status: Partial<Record<ServerName, Entry>> = {};
  for (const server of ['mongod', 'valkey'] as const) {
    const alive = await running(state[server], dir, server, root);
    if (alive) status[server] = alive;
  }
  return status;
}

/** Where the database of this set answers; null when it does not run. */
export async function runningMongoUrl(root: string, dir: string): Promise<string | null> {
  const { mongod } = await serverStatus(root, dir);
  return mongod ? mongoUrl(mongod.port) : null;
}

/** Stops whatever runs in this set. */
export async function stopServers(root: string, dir: string): Promise<void> {
  const status = await serverStatus(root, dir);
  if (status.valkey) await stopValkey(status.valkey, dir);
  if (status.mongod) await stopMongod(status.mongod, dir);
}
