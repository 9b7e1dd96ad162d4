import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { freePort } from '../../src/servers/ports.ts';
import type { WebhookOffice } from './webhook-office.ts';

/** One delivery, and what it must be answered with. */
interface Knock {
  readonly body: Uint8Array;
  readonly headers: Record<string, string>;
  readonly status: number;
}

/** What the sender found; times in milliseconds. */
const Sent = z.object({
  p50: z.number(),
  p99: z.number(),
  worst: z.number(),
  seconds: z.number(),
  /** How often which answer came instead of the right one. */
  wrong: z.record(z.string(), z.number()),
});
type Sent = z.infer<typeof Sent>;

/** The API of an office as it runs in production: compiled, in a process of its own. */
export interface Receiver extends AsyncDisposable {
  /** Delivers from another process. @param perSecond absent: sixteen at a time, as fast as they are answered */
  deliver(knocks: readonly Knock[], perSecond?: number): Promise<Sent>;
  /** Memory that it holds, in MiB. */
  rss(): Promise<number>;
}

const program = path.resolve('dist/src/cli/api/main.js');
/** Of a demo installation (src/core/config.ts). */
const queuePrefix = 'tanggap_demo';

export async function startReceiver({ address, services }: WebhookOffice): Promise<Receiver> {
  const dir = await mkdtemp(path.join(tmpdir(), 'tanggap-receiver-'));
  const home = path.join(dir, 'home');
  await mkdir(home);
  await writeFile(path.join(home, 'mode'), 'demo\n');
  await writeFile(path.join(home, 'channels.json'), JSON.stringify(address.channels));
  const port = await freePort();
  const mongoUrl = new URL(address.mongoUrl);
  mongoUrl.pathname = `/${address.database}`;
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    cwd: dir,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      TANGGAP_HOME: home,
      TANGGAP_AUDIT_KEY: address.key,
      TANGGAP_SECRET_KEY: address.key,
      MONGODB_URL: mongoUrl.href,
      REDIS_URL: address.redisUrl,
      PORT: String(port),
    },
  });
  await ready(child);
  return {
    async deliver(knocks, perSecond = 0) {
      const file = path.join(dir, 'knocks.jsonl');
      const lines = knocks.map(
        (knock) => `${JSON.stringify({ ...knock, body: Buffer.from(knock.body).toString('base64') })}\n`,
      );
      await writeFile(file, lines.join(''));
      return send(`http://127.0.0.1:${port}/webhooks/whatsapp`, file, perSecond);
    },
    async rss() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
    },
    async [Symbol.asyncDispose]() {
      await end(child);
      const { redis } = services.producerConnection;
      const keys = await redis.keys(`${queuePrefix}*`);
      if (keys.length > 0) await redis.del(...keys);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function ready(child: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-4_000);
      if (said.includes('siap / ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the receiver ended with ${code}:\n${said}`)));
  });
}

/** @throws {Error} when it had ended by itself */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null)
    throw new Error(`the receiver died with ${child.exitCode ?? child.signalCode}`);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await gone;
}

async function send(address: string, file: string, perSecond: number): Promise<Sent> {
  const child = spawn(
    process.execPath,
    ['tests/support/webhook-sender.js', address, file, String(perSecond)],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH } },
  );
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
  });
  await new Promise<void>((resolve) => child.once('close', () => resolve()));
  return Sent.parse(JSON.parse(out));
}

/** How a figure is read: p99, the rest beside it, and how busy the machine was. */
export function inWords({ p50, p99, worst, seconds }: Sent): string {
  const load = loadavg()[0]?.toFixed(1);
  return `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, worst ${worst.toFixed(0)} ms within ${seconds.toFixed(1)} s, load ${load}`;
}
