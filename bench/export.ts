import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Case } from '../src/domain/case.ts';
import type { CaseNumber, ChannelId, MentionId } from '../src/domain/ids.ts';
import { startServers } from '../src/servers/server-set.ts';
import { generateMany } from '../src/simulators/demo/generator.ts';
import { type Cases, cases } from '../src/store/cases.ts';
import { openDatabase } from '../src/store/database.ts';
import { mentions } from '../src/store/mentions.ts';
import { ensureSchema } from '../src/store/schema.ts';

/** Memory and time of one export of so many cases, each format in a process of its own (target: ≤ 200 MB RSS). */
const ROWS = Number(process.argv[2]) || 100_000;
const BATCH = 2_000;
const name = 'bench_export';

function aCase(index: number, at: Date): Case {
  const rootMentionId = `x-${index}` as MentionId;
  return {
    _id: `KRA-2026-${String(index).padStart(6, '0')}` as CaseNumber,
    trackingCode: `B${index}`,
    rootMentionId,
    mentionIds: [rootMentionId],
    supporterIds: [],
    platform: 'x',
    channelId: 'x-bench' as ChannelId,
    kind: 'pengaduan',
    subject: 'jalan',
    agency: 'DPUPR',
    companion: null,
    authority: 'ours',
    place: { kecamatan: 'Jaten', name: null },
    urgency: 'biasa',
    state: 'baru',
    openedAt: at,
    receivedAt: at,
    dueAt: at,
    pausedAt: null,
    answeredAt: null,
    answeredBy: null,
    closedAt: null,
    secret: false,
    anonymous: false,
    assignee: null,
    notes: [],
    history: [],
    imported: null,
    version: 1,
  };
}

async function seed(url: string): Promise<void> {
  await using database = await openDatabase(url, name);
  const { db } = database;
  await ensureSchema(db);
  const from = new Date('2026-08-01T00:00:00Z');
  let batch: { readonly one: Case; readonly text: string; readonly author: string }[] = [];
  const write = async () => {
    await (cases(db) as Cases).insertMany(batch.map(({ one }) => one));
    await mentions(db).insertMany(
      batch.map(({ one, text, author }) => ({
        _id: one.rootMentionId,
        text,
        author: { id: author, handle: author, name: author },
        url: `https://x.com/i/status/${one.rootMentionId.slice(2)}`,
      })) as never,
    );
    batch = [];
  };
  for (const { index, author, text, at } of generateMany({ seed: 'export', count: ROWS, from })) {
    batch.push({ one: aCase(index, at), text, author: author ?? 'warga_sim' });
    if (batch.length === BATCH) await write();
  }
  if (batch.length > 0) await write();
}

const home = await mkdtemp(path.join(tmpdir(), 'tanggap-bench-'));
const servers = await startServers({ root: process.cwd(), dir: home, say: (line) => console.error(line) });
try {
  await seed(servers.mongoUrl);
  const child = fileURLToPath(new URL('./export-child.js', import.meta.url));
  const rows: Record<string, string | number>[] = [];
  for (const format of ['csv', 'xlsx']) {
    const { stdout } = await promisify(execFile)(process.execPath, [child, servers.mongoUrl, name, format]);
    const { bytes, seconds, peakRssMb } = JSON.parse(stdout) as Record<
      'bytes' | 'seconds' | 'peakRssMb',
      number
    >;
    rows.push({
      format,
      rows: ROWS,
      MB: (bytes / 1e6).toFixed(1),
      'rows /s': Math.round(ROWS / seconds),
      'peak RSS MB (≤ 200)': Math.round(peakRssMb),
    });
  }
  console.log('export of all cases, each format in a process of its own');
  console.table(rows);
} finally {
  await servers.stop();
  await rm(home, { recursive: true, force: true });
}
