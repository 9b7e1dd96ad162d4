import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { csvOf } from '../src/exporting/csv.ts';
import type { Sheet } from '../src/exporting/sheet.ts';
import { xlsxOf } from '../src/exporting/xlsx.ts';
import { startServers } from '../src/servers/server-set.ts';
import { generateMany } from '../src/simulators/demo/generator.ts';

/**
 * Memory of `tanggap import --channel sp4n` with few and with many rows, side by side: the command's own, and that of the
 * capped child in which a workbook is read. Linux only (/proc).
 */
const sizes = process.argv.slice(2).map(Number);
const columns = ['Tracking ID', 'Tanggal Laporan', 'Judul Laporan', 'Isi Laporan', 'Instansi', 'Status'];
const cli = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));

function reports(count: number): Sheet {
  async function* batches() {
    let batch: string[][] = [];
    for (const { index, text, at } of generateMany({ seed: 'import', count, from: new Date('2026-01-01') })) {
      const day = at.toISOString().slice(0, 16).replace('T', ' ');
      batch.push([String(8_000_000 + index), day, text.slice(0, 60), text, 'DPUPR', 'Selesai']);
      if (batch.length === 1_000) {
        yield batch;
        batch = [];
      }
    }
    yield batch;
  }
  return { title: 'Laporan', columns: columns.map((name) => ({ name, width: 20 })), batches: batches() };
}

/** The most that this process held so far, MB; 0 when it is gone. */
async function peakMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
}

async function childrenOf(pid: number): Promise<readonly number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

async function importOf(file: string, env: NodeJS.ProcessEnv) {
  const start = performance.now();
  const command = spawn(process.execPath, [cli, 'import', file, '--channel', 'sp4n', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  command.stdout.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  const ended = new Promise<number | null>((resolve) => command.once('close', resolve));
  let own = 0;
  let child = 0;
  const pid = command.pid ?? 0;
  while (command.exitCode === null) {
    own = Math.max(own, await peakMb(pid));
    for (const one of await childrenOf(pid)) child = Math.max(child, await peakMb(one));
    await Promise.race([wait(20), ended]);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`import ended with ${code}`);
  const { read, added, refused } = JSON.parse(said) as Record<'read' | 'added' | 'refused', number>;
  return { read, added, refused, seconds: (performance.now() - start) / 1_000, own, child };
}

const home = await mkdtemp(path.join(tmpdir(), 'tanggap-bench-'));
const servers = await startServers({ root: process.cwd(), dir: home, say: (line) => console.error(line) });
try {
  const rows: Record<string, string | number>[] = [];
  for (const format of ['csv', 'xlsx'] as const) {
    for (const size of sizes.length > 0 ? sizes : [5_000, 50_000]) {
      const file = path.join(home, `${size}.${format}`);
      const sheet = reports(size);
      await pipeline(Readable.from(format === 'csv' ? csvOf(sheet) : xlsxOf(sheet)), createWriteStream(file));
      const done = await importOf(file, {
        ...process.env,
        TANGGAP_MODE: 'demo',
        TANGGAP_HOME: path.join(home, `${format}-${size}`),
        MONGODB_URL: `${servers.mongoUrl.replace(/\/\?/, `/bench_import_${format}_${size}?`)}`,
        REDIS_URL: servers.redisUrl,
      });
      rows.push({
        format,
        rows: done.read,
        added: done.added,
        refused: done.refused,
        'rows /s': Math.round(done.read / done.seconds),
        'command, peak RSS MB': Math.round(done.own),
        'its child, peak RSS MB': Math.round(done.child),
      });
    }
  }
  console.log('tanggap import --channel sp4n');
  console.table(rows);
} finally {
  await servers.stop();
  await rm(home, { recursive: true, force: true });
}
