import { spawn } from 'node:child_process';

export interface Finished {
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end. Never throws: a missing program is code 127. `output` is stdout and stderr together. */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string } = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** True when a process with this pid runs and its command line holds the given words (so that a reused pid is not ours). */
export async function isRunning(pid: number, words: string): Promise<boolean> {
  const { code, output } = await run('ps', ['-ww', '-o', 'args=', '-p', String(pid)]);
  if (code !== 127) return code === 0 && output.includes(words);
  try {
    const { readFile } = await import('node:fs/promises');
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').includes(words);
  } catch {
    return false;
  }
}

/**
 * True when the process is gone with everything that it held. A killed server dies thread by thread: it loses its command
 * line first (`ps` then shows its name in brackets), its first thread can be a zombie already, and its ports and file locks
 * go with the last one.
 */
export async function hasEnded(pid: number, words: string): Promise<boolean> {
  const { code, output } = await run('ps', ['-ww', '-o', 'stat=,nlwp=,args=', '-p', String(pid)]);
  if (code === 127) return !(await isRunning(pid, words));
  const [, state = '', threads = '', command = ''] = /^\s*(\S+)\s+(\d+)\s+(.*)$/s.exec(output) ?? [];
  if (code !== 0) return true;
  if (/^[ZX]/.test(state)) return Number(threads) <= 1;
  return !command.startsWith('[') && !command.includes(words);
}
