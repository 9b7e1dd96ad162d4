import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { MINUTE } from '../core/clock.ts';

/** A file from outside took too much: memory, time, or the child's life. */
export class CappedError extends Error {
  override name = 'CappedError';
}

export interface Caps {
  /** Resident memory in MiB; the heap's own limit is half of it. */
  readonly memoryMib: number;
  readonly ms: number;
}

const defaultCaps: Caps = { memoryMib: 512, ms: 10 * MINUTE };
const lookEveryMs = 50;
const pageBytes = 4_096;

/** Resident memory in MiB; null where the system does not tell (not Linux). */
async function residentMib(pid: number): Promise<number | null> {
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => null);
  return statm === null ? null : (Number(statm.split(' ')[1]) * pageBytes) / 1_048_576;
}

/** Kills the child when it grows or lasts too long. @returns why it was killed, if it was */
function watch(child: ChildProcess, caps: Caps): { why: string | null; stop: () => void } {
  const state: { why: string | null; stop: () => void } = { why: null, stop: () => {} };
  const kill = (why: string): void => {
    state.why ??= why;
    child.kill('SIGKILL');
  };
  const memory = setInterval(() => {
    void residentMib(child.pid ?? 0).then((mib) => {
      if (mib !== null && mib > caps.memoryMib) kill('memori');
    });
  }, lookEveryMs);
  const time = setTimeout(() => kill('waktu'), caps.ms);
  state.stop = () => {
    clearInterval(memory);
    clearTimeout(time);
  };
  return state;
}

/**
 * Runs one of the programs of this folder in a process of its own, with capped memory and time, and hands over its lines.
 * Whatever a file from outside does to a library, it happens there. Pressure works backwards: a slow reader slows it down.
 * @param program `spreadsheet` for spreadsheet.main.ts
 * @throws {CappedError} when it was killed or died
 */
export async function* runCapped(
  program: string,
  args: readonly string[],
  caps: Caps = defaultCaps,
): AsyncGenerator<string> {
  // Under jest and tsx our sources run as they are; a build has only .js.
  const fromSource = import.meta.url.endsWith('.ts');
  const entry = fileURLToPath(new URL(`./${program}.main.${fromSource ? 'ts' : 'js'}`, import.meta.url));
  const flags = [
    `--max-old-space-size=${Math.round(caps.memoryMib / 2)}`,
    ...(fromSource ? ['--import', 'tsx'] : []),
  ];
  const child = spawn(process.execPath, [...flags, entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing of ours, no secrets of the environment.
    env: { NODE_NO_WARNINGS: '1' },
  });
  const guard = watch(child, caps);
  const ended = new Promise<number | NodeJS.Signals>((resolve) =>
    child.once('close', (code, signal) => resolve(signal ?? code ?? 1)),
  );
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  try {
    yield* createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY });
    const end = await ended;
    if (guard.why !== null) throw new CappedError(`dihentikan: ${guard.why}`);
    // Node aborts itself at the end of its heap, with a trace of itself for words; the kernel kills at the end of the machine's.
    if (end === 'SIGABRT' || end === 'SIGKILL') throw new CappedError('dihentikan: memori');
    if (end !== 0) throw new CappedError(complaint.trim().split('\n').at(-1) ?? 'berhenti');
  } finally {
    guard.stop();
    if (child.exitCode === null) child.kill('SIGKILL');
    await ended;
  }
}
