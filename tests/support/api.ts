import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hash } from '@node-rs/argon2';
import type { Hono } from 'hono';
import { login } from '../../src/accounts/login.ts';
import { loginThrottle } from '../../src/accounts/throttle.ts';
import { readTiles } from '../../src/analyze/tiles.ts';
import { buildApi } from '../../src/api/build-api.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import type { Env } from '../../src/api/guards.ts';
import { liveHub } from '../../src/api/live/hub.ts';
import { publicLimits } from '../../src/api/public/public-limits.ts';
import type { ReviewDeps } from '../../src/approve/review.ts';
import { workCalendar } from '../../src/cases/working-days.ts';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import { silentLog } from '../../src/core/log.ts';
import { projectRoot } from '../../src/core/root.ts';
import { healthOf } from '../../src/domain/channel-health.ts';
import type { Classification } from '../../src/domain/classification.ts';
import { type MentionId, mentionId, type ReplyId, type UserId } from '../../src/domain/ids.ts';
import type { Mention } from '../../src/domain/mention.ts';
import type { Reply } from '../../src/domain/reply.ts';
import type { Role, User } from '../../src/domain/user.ts';
import { newReply, targetOf } from '../../src/draft/new-reply.ts';
import { claimsForwarding } from '../../src/draft/santun.ts';
import { importCases } from '../../src/importing/import-cases.ts';
import { readImport } from '../../src/importing/read-import.ts';
import { readLeaderReport, readTrends } from '../../src/joins/analysis.ts';
import { readClassifierFigures } from '../../src/joins/classifier-page.ts';
import { lookAtFile } from '../../src/joins/import.ts';
import { readMapping, rowReader } from '../../src/joins/portals.ts';
import { findCaseFacts } from '../../src/joins/review.ts';
import type { Connector } from '../../src/platforms/connector.ts';
import { queueBoard } from '../../src/queues/board.ts';
import { openQueue } from '../../src/queues/queues.ts';
import { fillerWordsOf } from '../../src/reference/reference.ts';
import { auditRecorder, verifyAudit } from '../../src/store/audit.ts';
import { inTransaction } from '../../src/store/database.ts';
import { countImported } from '../../src/store/imports.ts';
import { findMention, mentions } from '../../src/store/mentions.ts';
import { listModels, promoteModel, rollBackModel } from '../../src/store/models.ts';
import { applyReplyMove } from '../../src/store/outbox.ts';
import { addDraft, findOpenReplyTo, findReply, replies } from '../../src/store/replies.ts';
import { askTraining, latestTraining, stopTraining } from '../../src/store/training-runs.ts';
import { users } from '../../src/store/users.ts';
import { findPersonalData } from '../../src/text/personal-data.ts';
import { storyLessons } from '../../src/training/lessons.ts';
import type { TestServices } from './services.ts';

const noFacts = { lastMessageAt: null, lagMs: null, messages: 0, pollEveryMs: null };
const testKey = 'a key of the tests';
export const origin = 'http://127.0.0.1:8420';

/** One person of each role; the agency's admin is of DPUPR, and there is one of DINKES. */
export const people = {
  petugas: { role: 'petugas', agency: null, mayPublish: true },
  admin_opd: { role: 'admin_opd', agency: 'DPUPR', mayPublish: false },
  admin_dinkes: { role: 'admin_opd', agency: 'DINKES', mayPublish: false },
  penyetuju: { role: 'penyetuju', agency: null, mayPublish: true },
  analis: { role: 'analis', agency: null, mayPublish: false },
  pimpinan: { role: 'pimpinan', agency: null, mayPublish: false },
  superadmin: { role: 'superadmin', agency: null, mayPublish: false },
} as const satisfies Record<string, { role: Role; agency: string | null; mayPublish: boolean }>;
export type Person = keyof typeof people;

function reviewDeps(
  services: TestServices,
  deps: Pick<ApiDeps, 'clock' | 'recordAudit'>,
  connector: Connector | null,
): ReviewDeps {
  const { db, client } = services;
  return {
    clock: deps.clock,
    findReply: (id) => findReply(replies(db), id),
    findOpenReplyTo: (id) => findOpenReplyTo(replies(db), id),
    connectorFor: () => connector,
    findMessage: async (id) => {
      const mention = await findMention(mentions(db), id);
      return mention && { ...mention, gone: mention.deletedAt !== null };
    },
    findCaseFacts: (id) => findCaseFacts(db, id),
    claimsForwarding,
    repeatedClaim: () => null,
    isLockedText: () => false,
    needsConfirmation: () => false,
    answersCase: () => true,
    findPersonalData,
    write: (move, act) =>
      applyReplyMove(
        inTransaction(client),
        db,
        move,
        act ? (session) => deps.recordAudit(act, session) : undefined,
      ),
  };
}

/** No link is in force. */
const noAnswers: ApiDeps['forwarding']['answer'] = {
  clock: systemClock,
  key: testKey,
  findByToken: async () => null,
  sendCode: async () => false,
  countTry: async () => null,
  openLink: async () => {},
  readCase: async () => null,
  takeAnswer: async () => null,
};

export function testApiDeps(
  services: TestServices,
  part: Partial<ApiDeps> & { connector?: Connector | null } = {},
): ApiDeps {
  const { db, client, redis, queuePrefix } = services;
  const { connector = null, ...given } = part;
  const clock: Clock = given.clock ?? systemClock;
  const recordAudit = auditRecorder(db, testKey);
  const queues = [openQueue({ redis, prefix: queuePrefix }, 'classify')];
  return {
    db,
    queueBoard: (under) => queueBoard(queues, under),
    transaction: inTransaction(client),
    recordAudit,
    clock,
    mode: 'demo',
    log: silentLog,
    throttle: loginThrottle({ redis, prefix: queuePrefix, key: testKey }),
    key: testKey,
    factorKey: 'c'.repeat(64),
    origins: [origin],
    proxyHeader: null,
    clocks: { rules: [], calendar: workCalendar([]) },
    review: reviewDeps(services, { clock, recordAudit }, connector),
    composer: {
      write: async (by, draft) => {
        const mention = await findMention(mentions(db), draft.case.rootMentionId);
        if (!mention) throw new Error('no mention');
        const id = `r-${randomBytes(6).toString('hex')}` as ReplyId;
        const made = newReply({
          id,
          caseId: draft.case._id,
          target: targetOf(mention, null),
          text: draft.text ?? 'Terima kasih, kami cek ke lokasi.',
          templateId: null,
          situation: null,
          authors: [by._id],
          now: clock.now(),
        });
        await addDraft(replies(db), made);
        return (await findReply(replies(db), id)) as Reply;
      },
      templates: async () => [],
      warnings: () => [],
    },
    readMedia: async () => null,
    webhooks: { doors: [], store: async () => {} },
    forwarding: { answer: noAnswers, forward: async () => [], renew: async () => {} },
    live: liveHub({ db, log: silentLog }),
    queueClassify: async () => {},
    site: {
      contact: { ways: async () => [], sendCode: async () => {}, giveCode: async () => false },
      places: { kecamatan: [], spots: [] },
      receive: async () => null,
      portalRow: async () => ({ stored: 'added' }),
    },
    readPortalMapping: readMapping,
    importing: {
      look: (file, portal, mapping) => lookAtFile(db, file, portal, mapping),
      // Judged as any file is; these tests have no classifier, and keep nothing.
      take: async (file, portal, { mapping, onRefused, onProgress, onUnknownState }) =>
        importCases(
          {
            ...{ clock, agencyNames: new Map(), subjectNames: new Map(), authorityOf: () => null },
            clocks: { rules: [], calendar: workCalendar([]) },
            store: (batch) => countImported(db, batch),
            quarantine: async () => {},
            ...(onRefused && { onRefused }),
          },
          portal,
          readImport(file, await rowReader(db, portal, mapping, onUnknownState)),
          onProgress,
        ),
    },
    readHealth: async (channels) =>
      new Map(channels.map((one) => [one._id, healthOf(one, noFacts, clock.now())])),
    publicLimits: publicLimits({ redis, prefix: queuePrefix, key: testKey }),
    readRecap: async ({ from, to }) => ({
      from,
      to,
      in: 3,
      answered: 2,
      late: 1,
      secret: 1,
      byAgency: [{ key: 'DPUPR', in: 3, answered: 2, late: 1 }],
      byPlatform: [{ key: 'x', in: 3, answered: 2, late: 1 }],
      bySubject: [{ key: null, in: 3, answered: 2, late: 1 }],
      messages: { total: 9, praise: 1, spam: 2, notComplaints: 1 },
    }),
    readTrends: (filter) => readTrends({ db, clock, fillerWords }, filter),
    kecamatanTiles: readTiles(projectRoot),
    readLeaderReport: (period) => readLeaderReport({ db, clock }, period),
    classifier: {
      figures: () => readClassifierFigures({ database: services, clock, authorities: new Map() }),
      models: () => listModels(db),
      promote: (id, { seen, by, reason }) => {
        const at = clock.now();
        const move = { at, by, what: 'promote', reason } as const;
        return promoteModel(inTransaction(client), db, id, { seen, at, move });
      },
      rollBack: ({ seen }) => rollBackModel(inTransaction(client), db, { seen, at: clock.now() }),
      training: () => latestTraining(db, clock.now()),
      startTraining: (by) => askTraining(db, by, clock.now()),
      stopTraining: (id, by) => stopTraining(db, id, by, clock.now()),
    },
    explain: async ({ classification }) => ({ said: classification ?? aClassification(), candidates: [] }),
    training: { lessons: storyLessons('fixtures'), remarksOn: () => [] },
    verifyAudit: () => verifyAudit(db, testKey),
    refreshReference: async () => {},
    lists: () => {
      throw new Error('these tests have no lists');
    },
    letterhead: { government: 'Pemerintah Uji', office: 'Dinas Uji', heading: 'Laporan Uji' },
    agencyNames: new Map([
      ['DPUPR', 'DPUPR'],
      ['DINKES', 'Dinas Kesehatan'],
      ['PLN', 'PT PLN'],
    ]),
    authorities: new Map([['PLN', 'utility']]),
    subjectNames: new Map(subjects.map(({ id, name }) => [id, name])),
    subjectNamesEn: new Map(subjects.map(({ id, nameEn }) => [id, nameEn])),
    probes: { mongodb: async () => true },
    metrics: { text: async () => 'up 1\n', contentType: 'text/plain', token: 'metrics-token' },
    ...given,
  };
}

export const password = 'kopi-hangat-pagi-77';
/** Of that password, checked in no time; what a hash of ours costs is accounts-login.test.ts's matter. */
const quickHash = hash(password, { memoryCost: 8, timeCost: 1 });

/** Adds a person who logs in with {@link password}. */
export async function addPerson(
  { db, clock }: Pick<ApiDeps, 'db' | 'clock'>,
  person: Pick<User, '_id' | 'name' | 'role' | 'agency' | 'mayPublish'>,
): Promise<void> {
  const at = clock.now();
  await users(db).insertOne({
    ...person,
    demo: false,
    forDemo: false,
    disabledAt: null,
    passwordHash: await quickHash,
    createdAt: at,
    passwordChangedAt: at,
  });
}

const fillerWords = fillerWordsOf(JSON.parse(readFileSync('data/lexicon.json', 'utf8')));

/** The API with one person of each role. */
export async function startTestApi(
  services: TestServices,
  part: Partial<ApiDeps> & { connector?: Connector | null } = {},
): Promise<{ app: Hono<Env>; deps: ApiDeps; tokens: Record<Person, string> }> {
  const deps = testApiDeps(services, part);
  const entries = await Promise.all(
    Object.entries(people).map(async ([name, rights]) => {
      const loginName = name.replace('_', '.');
      await addPerson(deps, { _id: loginName as UserId, name: `Orang ${name}`, ...rights });
      return [name, (await login(deps, loginName, password, '10.0.0.1')).token] as const;
    }),
  );
  return { app: buildApi(deps), deps, tokens: Object.fromEntries(entries) as Record<Person, string> };
}

/** A request as a program makes it; a body makes it a POST with JSON. */
export function call(
  app: Hono<Env>,
  path: string,
  options: { token?: string; method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Response> {
  const { token, body, method = body === undefined ? 'GET' : 'POST', headers = {} } = options;
  return Promise.resolve(
    app.request(`${origin}${path}`, {
      method,
      headers: {
        host: '127.0.0.1:8420',
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
}

export function aClassification(part: Partial<Classification> = {}): Classification {
  return {
    kind: 'pengaduan',
    decided: true,
    subject: 'jalan',
    agency: 'DPUPR',
    companion: null,
    authority: 'ours',
    confidence: 0.91,
    runnersUp: [{ subject: 'drainase', agency: 'DPUPR', confidence: 0.05 }],
    evidence: [{ words: 'jalan berlubang', source: 'rule', for: 'jalan', weight: 2 }],
    place: { kecamatan: 'Tasikmadu', name: 'Papahan' },
    urgency: 'biasa',
    secret: false,
    secretReasons: [],
    personalData: [],
    language: 'id',
    flags: [],
    modelVersion: 'test',
    ...part,
  };
}

export function aMention(nativeId: string, part: Partial<Mention> = {}): Mention {
  const at = new Date('2026-11-02T02:00:00Z');
  return {
    _id: mentionId('x', nativeId) as MentionId,
    platform: 'x',
    channelId: 'x-aduankra' as Mention['channelId'],
    nativeId,
    latestNativeId: nativeId,
    version: 0,
    revision: 1,
    text: 'Jalan di depan balai desa berlubang',
    tokens: ['jalan'],
    author: { id: '900', handle: 'warga_sim', name: 'Warga Simulasi' },
    url: `https://x.com/warga_sim/status/${nativeId}`,
    reach: 'mention',
    parentId: null,
    threadNativeId: nativeId,
    quoted: null,
    ownPost: null,
    hidden: false,
    media: [],
    language: 'id',
    raw: '{}',
    postedAt: at,
    receivedAt: at,
    edits: [],
    deletedAt: null,
    archived: false,
    classification: aClassification(),
    caseId: null,
    work: { stage: 'done', dueAt: null, tries: 0 },
    ...part,
  };
}

/** The members of answers that tests look at. */
interface Answer {
  readonly token: string;
  readonly _id: string;
  readonly version: number;
  readonly rows: readonly { readonly id: string; readonly postedAt: string; readonly line: string }[];
  readonly nextCursor: string | null;
}

export async function answerOf(response: Response): Promise<Answer> {
  return (await response.json()) as Answer;
}

const subjects = [
  { id: 'jalan', name: 'Jalan rusak', nameEn: 'Damaged roads' },
  { id: 'penerangan_jalan', name: 'Penerangan jalan umum', nameEn: 'Street lights' },
];
