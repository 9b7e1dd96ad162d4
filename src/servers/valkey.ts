import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from '../core/config.ts';
import { type StartOptions, waitForEnd } from './mongod.ts';
import { freePort, waitForPort } from './ports.ts';
import type { Entry } from './state.ts';

export function valkeyUrl(port: number): string {
  return `redis://127.0.0.1:${port}`;
}

/**
 * Starts Valkey/Redis on the loopback with what BullMQ needs: nothing evicted, AOF written every second.
 * The process outlives us unless stopped.
 */
export async function startValkey(options: StartOptions): Promise<Entry> {
  const data = path.join(options.dir, 'valkey');
  await mkdir(data, { recursive: true });
  const port = await freePort(options.wishedPort);
  const child = spawn(
    options.binary.path,
    [
      ...['--bind', '127.0.0.1', '--port', String(port), '--dir', data, '--save', '', '--daemonize', 'no'],
      ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'],
      ...['--logfile', path.join(options.dir, 'valkey.log')],
    ],
    { stdio: 'ignore', detached: true },
  );
  child.unref();
  const died = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(
        new ConfigError(
          `Server antrean berhenti sendiri (${code}); sebabnya di ${options.dir}/valkey.log: penyimpanan penuh, atau folder dipakai server lain? / the queue server ended with ${code}; see that log: a full disk, or another server on the folder?`,
        ),
      ),
    );
  });
  died.catch(() => {});
  await Promise.race([waitForPort(port, 30_000), died]).catch((error: unknown) => {
    child.kill();
    throw error;
  });
  const { path: binary, version } = options.binary;
  return { binary, version, pid: child.pid ?? 0, port, checkout: options.checkout };
}

/** The server writes its address over its command line. */
export function valkeyMark(entry: Entry, _dir: string): string {
  return `127.0.0.1:${entry.port}`;
}

export async function stopValkey(entry: Entry, dir: string): Promise<void> {
  try {
    process.kill(entry.pid, 'SIGTERM');
  } catch {
    return;
  }
  await waitForEnd(entry.pid, valkeyMark(entry, dir));
}
