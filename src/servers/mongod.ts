import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Db, MongoClient } from 'mongodb';
import { ConfigError } from '../core/config.ts';
import type { Binary } from './binaries.ts';
import { hasEnded } from './exec.ts';
import { freePort, waitForPort } from './ports.ts';
import type { Entry } from './state.ts';

export function mongoUrl(port: number): string {
  return `mongodb://127.0.0.1:${port}/?replicaSet=rs0&directConnection=true`;
}

/** Makes the server a replica set of one; a port that moved needs a forced reconfiguration. */
async function becomePrimary(port: number): Promise<void> {
  const client = await new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`).connect();
  try {
    const admin = client.db('admin');
    const host = `127.0.0.1:${port}`;
    const known = await client.db('local').collection('system.replset').findOne({});
    if (!known) {
      await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } });
    } else if (known.members?.[0]?.host !== host) {
      const config = { ...known, version: known.version + 1, members: [{ ...known.members[0], host }] };
      await admin.command({ replSetReconfig: config, force: true });
    }
    await waitForPrimary(admin);
  } finally {
    await client.close();
  }
}

async function waitForPrimary(admin: Db): Promise<void> {
  const until = performance.now() + 30_000;
  while (!(await admin.command({ hello: 1 })).isWritablePrimary) {
    if (performance.now() > until) throw new Error('mongod did not become primary within 30 s');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Words of the command line by which this very server is known, should its pid be somebody else's by now. */
export function mongodMark(_entry: Entry, dir: string): string {
  return path.join(dir, 'mongo');
}

/**
 * A killed client leaves its transaction open, and everybody who writes the same document (the counter of case numbers)
 * waits for its end: 60 s by default. Ours take milliseconds. In seconds; the server looks every half of it.
 */
const transactionsEndAfter = 10;

export interface StartOptions {
  readonly binary: Binary;
  /** The set's folder; data lives in `<dir>/mongo`. */
  readonly dir: string;
  readonly checkout: string;
  readonly wishedPort: number;
}

/** Starts mongod on the loopback and waits until it is primary. The process outlives us unless stopped. */
export async function startMongod(options: StartOptions): Promise<Entry> {
  const data = path.join(options.dir, 'mongo');
  await mkdir(data, { recursive: true });
  const port = await freePort(options.wishedPort);
  const child = spawn(
    options.binary.path,
    [
      ...['--replSet', 'rs0', '--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', data],
      ...[
        '--wiredTigerCacheSizeGB',
        '0.5',
        '--nounixsocket',
        '--logpath',
        path.join(options.dir, 'mongod.log'),
        '--setParameter',
        `transactionLifetimeLimitSeconds=${transactionsEndAfter}`,
      ],
    ],
    { stdio: 'ignore', detached: true },
  );
  child.unref();
  const died = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(
        new ConfigError(
          `mongod berhenti sendiri (${code}); sebabnya di ${options.dir}/mongod.log: penyimpanan penuh, atau folder dipakai server lain? / mongod ended with ${code}; see that log: a full disk, or another server on the folder?`,
        ),
      ),
    );
  });
  died.catch(() => {});
  try {
    await Promise.race([waitForPort(port, 60_000), died]);
    await Promise.race([becomePrimary(port), died]);
  } catch (error) {
    // Nobody would know of it: it is written down nowhere yet.
    child.kill();
    throw error;
  }
  const { path: binary, version } = options.binary;
  return { binary, version, pid: child.pid ?? 0, port, checkout: options.checkout };
}

/** Asks the server to shut down and waits until its process is gone. */
export async function stopMongod(entry: Entry, dir: string): Promise<void> {
  const client = new MongoClient(`mongodb://127.0.0.1:${entry.port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 2_000,
  });
  await client
    .db('admin')
    .command({ shutdown: 1, force: true, timeoutSecs: 0 })
    .catch(() => {});
  await client.close();
  await waitForEnd(entry.pid, mongodMark(entry, dir));
}

/** Waits up to 20 s for the process to end, then kills it: both servers survive that without loss. */
export async function waitForEnd(pid: number, words: string): Promise<void> {
  const until = performance.now() + 20_000;
  while (!(await hasEnded(pid, words))) {
    if (performance.now() > until) process.kill(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
