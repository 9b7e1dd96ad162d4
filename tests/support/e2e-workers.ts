import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ChannelConfig } from '../../src/core/config.ts';

const program = path.resolve('dist/workers/main.js');

export interface WorkerHome {
  readonly dir: string;
  readonly channels: readonly ChannelConfig[];
  readonly mongoUrl: string;
  readonly redisUrl: string;
  readonly auditKey: string;
}

/** Worker processes of the compiled product, killed and started again by their pid. */
export interface Workers extends AsyncDisposable {
  /** Kills worker `index` with -9 and starts another one in its place. */
  killAndRestart(index: number): Promise<void>;
  /** All at once. */
  killAllAndRestart(): Promise<void>;
  /** Workers that ended although nobody killed them, with the end of their log. */
  died(): readonly string[];
  /** Everything that all of them ever wrote, for the look for secrets. */
  logs(): string;
}

/** Starts `count` worker processes in a folder without `.env` and waits until each says that it is ready. */
export async function startWorkerProcesses(home: WorkerHome, count: number): Promise<Workers> {
  if (!existsSync(program))
    throw new Error(`${program} is missing: "npm test" compiles it, or npm run build`);
  await mkdir(home.dir, { recursive: true });
  await writeFile(path.join(home.dir, 'mode'), 'demo\n');
  await writeFile(path.join(home.dir, 'channels.json'), JSON.stringify(home.channels));
  let log = '';
  const died: string[] = [];
  const killedByUs = new Set<ChildProcess>();

  const start = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, ['--enable-source-maps', program], {
      cwd: home.dir,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env.PATH,
        TANGGAP_HOME: home.dir,
        TANGGAP_AUDIT_KEY: home.auditKey,
        MONGODB_URL: home.mongoUrl,
        REDIS_URL: home.redisUrl,
        POLL_INTERVAL_MS: '1000',
        START_FROM_DAYS: '200',
        LOCK_MS: '2000',
        LOG_LEVEL: 'info',
      },
    });
    let own = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr?.on('data', (chunk: Buffer) => {
        const text = chunk.toString('utf8');
        log += text;
        own = (own + text).slice(-4_000);
        if (text.includes('siap / ready')) resolve();
      });
      child.once('exit', (code, signal) => {
        if (!killedByUs.has(child)) died.push(`pid ${child.pid} ended with ${code ?? signal}:\n${own}`);
        reject(new Error(`a worker ended before it was ready (${code ?? signal}):\n${own}`));
      });
    });
    return child;
  };
  const kill = async (child: ChildProcess): Promise<void> => {
    killedByUs.add(child);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await ended;
  };

  const children = await Promise.all(Array.from({ length: count }, start));
  const restart = async (index: number): Promise<void> => {
    const child = children[index];
    if (!child) throw new Error(`no worker ${index}`);
    await kill(child);
    children[index] = await start();
  };
  return {
    killAndRestart: restart,
    async killAllAndRestart() {
      await Promise.all(children.map(kill));
      await Promise.all(children.map((_, index) => restart(index)));
    },
    died: () => died,
    logs: () => log,
    async [Symbol.asyncDispose]() {
      await Promise.all(children.map(kill));
    },
  };
}
