import { Option } from 'commander';
import type { Case } from '../../domain/case.ts';
import { type PlatformId, platformIds } from '../../domain/ids.ts';
import type { Mention } from '../../domain/mention.ts';
import { type Reply, type ReplyState, replyStates } from '../../domain/reply.ts';
import { type CaseScope, listCases } from '../../store/case-list.ts';
import { cases, findCases } from '../../store/cases.ts';
import { listMentions } from '../../store/mention-list.ts';
import { mentions } from '../../store/mentions.ts';
import { listQuarantine, type Quarantined } from '../../store/quarantine.ts';
import { listRepliesWithCase } from '../../store/threads.ts';
import { maskPersonalData } from '../../text/personal-data.ts';
import { type Env, type Installation, openInstallation } from '../open.ts';
import { oneLine, print, simulatedMark, table, wib } from '../output.ts';
import type { AddCommand } from './command.ts';

/** Whoever sits at the server's own disk: everything but secret matters, and no personal data. */
const scope: CaseScope = { agency: null, secret: false };

interface ListOptions {
  readonly json?: true;
  readonly limit: string;
  readonly platform?: PlatformId;
  readonly agency?: string;
  readonly state?: ReplyState;
}

/** A row as a person reads it and as a script gets it. */
interface Look<Row> {
  readonly head: readonly string[];
  readonly cells: (row: Row) => readonly string[];
  readonly json: (row: Row) => object;
}

const mentionLook: Look<Mention> = {
  head: ['waktu', 'kanal', 'OPD', 'pokok', 'aduan', 'pesan'],
  cells: (one) => [
    wib(one.postedAt),
    one.platform,
    one.classification?.agency ?? (one.classification ? 'perlu dicek' : '…'),
    one.classification?.subject ?? '–',
    one.caseId ?? '–',
    oneLine(maskPersonalData(one.text), 70),
  ],
  json: (one) => ({
    id: one._id,
    platform: one.platform,
    channel: one.channelId,
    text: maskPersonalData(one.text),
    postedAt: one.postedAt,
    url: one.url,
    caseId: one.caseId,
    classification: one.classification && {
      ...one.classification,
      personalData: undefined,
      evidence: undefined,
    },
  }),
};

const caseLook: Look<Case> = {
  head: ['nomor', 'dibuka', 'kanal', 'OPD', 'pokok', 'status', 'batas'],
  cells: (one) => [
    one._id,
    wib(one.openedAt),
    one.platform,
    one.agency ?? '–',
    one.subject ?? '–',
    one.state,
    wib(one.dueAt),
  ],
  json: ({ _id, platform, kind, subject, agency, state, openedAt, dueAt, answeredAt, version }) => ({
    number: _id,
    ...{ platform, kind, subject, agency, state, openedAt, dueAt, answeredAt, version },
  }),
};

const replyLook: Look<Reply> = {
  head: ['id', 'versi', 'aduan', 'status', 'penulis', 'teks'],
  cells: (one) => [
    one._id,
    String(one.version),
    one.caseId,
    one.state,
    one.authors.join(', '),
    oneLine(one.text, 60),
  ],
  json: ({ _id, version, caseId, state, text, authors, approval, sent, reason }) => ({
    id: _id,
    ...{ version, caseId, state, text, authors, approvedBy: approval?.by ?? null, sent, reason },
  }),
};

const quarantineLook: Look<Quarantined> = {
  head: ['terakhir', 'sumber', 'id', 'kali', 'alasan'],
  cells: (one) => [
    wib(one.lastAt),
    one.source,
    one.nativeId ?? '–',
    String(one.times),
    oneLine(one.reason, 80),
  ],
  json: ({ raw: _, ...one }) => one,
};

/** A person may have made a case secret after its messages were classified. */
async function withoutSecretCases(
  db: Installation['services']['database']['db'],
  found: readonly Mention[],
): Promise<readonly Mention[]> {
  const owners = await findCases(
    cases(db),
    found.flatMap((mention) => mention.caseId ?? []),
  );
  const secret = new Set(owners.filter((one) => one.secret).map((one) => one._id));
  return found.filter((mention) => mention.caseId === null || !secret.has(mention.caseId));
}

async function show<Row>(
  env: Env,
  options: ListOptions,
  look: Look<Row>,
  read: (here: Installation, limit: number) => Promise<readonly Row[]>,
): Promise<void> {
  await using here = await openInstallation(env);
  const limit = Math.max(1, Math.min(Number.parseInt(options.limit, 10) || 20, 10_000));
  const rows = await read(here, limit);
  const simulated = here.config.mode === 'demo';
  if (options.json) {
    for (const row of rows) print(JSON.stringify({ ...look.json(row), ...(simulated && { simulated }) }));
    return;
  }
  if (simulated) print(simulatedMark);
  print(rows.length === 0 ? 'Belum ada. / Nothing yet.' : table(look.head, rows.map(look.cells)));
}

/** `mentions`, `cases`, `drafts`, `quarantine`: what is there, without secret matters, personal data masked. */
export const addLists: AddCommand = (program, env) => {
  const list = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option('--json', 'satu objek JSON per baris / one JSON object a line')
      .option('--limit <n>', 'paling banyak / at most', '20');
  const byPlatform = () => new Option('--platform <id>', 'kanal / platform').choices(platformIds);

  list('mentions', 'pesan warga, terbaru dahulu / citizens’ messages, newest first')
    .addOption(byPlatform())
    .option('--agency <code>', 'OPD')
    .action((options: ListOptions) =>
      show(env, options, mentionLook, async ({ services }, limit) => {
        const { db } = services.database;
        const filter = { platform: options.platform, agency: options.agency, withSecret: false };
        return withoutSecretCases(db, await listMentions(mentions(db), filter, { limit }));
      }),
    );
  list('cases', 'aduan, terbaru dahulu / cases, newest first')
    .addOption(byPlatform())
    .option('--agency <code>', 'OPD')
    .action((options: ListOptions) =>
      show(env, options, caseLook, ({ services }, limit) => {
        const filter = { platform: options.platform, agency: options.agency };
        return listCases(cases(services.database.db), filter, scope, { order: 'newest', limit });
      }),
    );
  list('drafts', 'draf dan balasan, terlama dahulu / drafts and replies, oldest first')
    .addOption(new Option('--state <state>', 'status').choices(replyStates))
    .action((options: ListOptions) =>
      show(env, options, replyLook, async ({ services }, limit) => {
        const filter = { state: options.state, scope };
        const rows = await listRepliesWithCase(services.database.db, filter, { limit, after: null });
        return rows.map(({ reply }) => reply);
      }),
    );
  list(
    'quarantine',
    'yang tidak dapat dibaca, dengan alasannya / what could not be read, with the reason',
  ).action((options: ListOptions) =>
    show(env, options, quarantineLook, ({ services }, limit) => listQuarantine(services.database.db, limit)),
  );
};
