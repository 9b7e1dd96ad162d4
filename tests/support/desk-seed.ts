import { DAY, HOUR } from '../../src/core/clock.ts';
import type { AnswerLink } from '../../src/domain/forward.ts';
import type { CaseNumber, LinkId, MentionId, UserId } from '../../src/domain/ids.ts';
import { judge } from '../../src/learn/verdict.ts';
import { cases } from '../../src/store/cases.ts';
import { channels } from '../../src/store/channels.ts';
import { counters } from '../../src/store/counters.ts';
import { type Feedback, feedback } from '../../src/store/feedback.ts';
import { fingerprinted, keepFingerprints } from '../../src/store/fingerprints.ts';
import { mentions } from '../../src/store/mentions.ts';
import { addModel } from '../../src/store/models.ts';
import { recordPoll } from '../../src/store/polls.ts';
import { replies } from '../../src/store/replies.ts';
import { aClassification, aMention } from './api.ts';
import { channel } from './builders.ts';
import { hostileTexts } from './hostile-texts.ts';
import { aCase, aReply, aTarget } from './reply-builders.ts';
import type { TestServices } from './services.ts';

const complaints = [
  'Jalan di depan balai desa berlubang besar, sudah dua motor jatuh',
  'Lampu jalan Colomadu padam tiga malam',
  'Sampah pasar menumpuk dan berbau',
  'Drainase mampet, air masuk rumah',
];

const seededCases = 24;
export const seededNumber = (n: number) => `KRA-2026-${String(n).padStart(6, '0')}` as CaseNumber;

/** 24 new cases, newest first by number, two messages that nobody could sort, and two channels. */
export async function seedDesk(services: TestServices, at: Date): Promise<void> {
  const { db } = services;
  const ago = (ms: number) => new Date(at.getTime() - ms);
  const numbers = Array.from({ length: seededCases }, (_, n) => n + 1);
  await mentions(db).insertMany([
    ...numbers.map((n) =>
      aMention(String(n), {
        text: `${complaints[n % complaints.length]} (${n})`,
        author: { id: `9${n}`, handle: `warga_${n}`, name: `Warga Simulasi ${n}` },
        caseId: seededNumber(n),
        postedAt: ago(n * HOUR),
        classification: aClassification({ confidence: 0.5 + (n % 5) / 10 }),
      }),
    ),
    ...[501, 502].map((n) =>
      aMention(String(n), {
        text: `min iki piye, kok ngene terus (${n})`,
        postedAt: ago(HOUR),
        classification: aClassification({
          decided: false,
          kind: null,
          agency: null,
          subject: null,
          confidence: 0.31,
        }),
      }),
    ),
  ]);
  await cases(db).insertMany(
    numbers.map((n) =>
      aCase({
        _id: seededNumber(n),
        rootMentionId: `x-${n}` as MentionId,
        mentionIds: [`x-${n}`] as MentionId[],
        trackingCode: `T${n}`,
        openedAt: ago(n * HOUR),
        dueAt: ago((n - 12) * DAY),
        place: { kecamatan: 'Tasikmadu', name: 'Papahan' },
        urgency: n === 20 ? 'darurat' : 'biasa',
        supporterIds: n === 3 ? (['x-901', 'x-902'] as MentionId[]) : [],
        history: [
          {
            at: ago(n * HOUR),
            by: 'sistem' as UserId,
            what: 'buka',
            from: null,
            to: 'baru',
            note: null,
          },
        ],
      }),
    ),
  );
  // What is opened from now on gets the next number.
  await counters(db).insertOne({ _id: `cases-${at.getUTCFullYear()}`, value: seededCases });
  await seedChannels(services, at);
}

/** One that runs, and one whose token is gone since yesterday. */
export async function seedChannels({ db }: TestServices, at: Date): Promise<void> {
  const ago = (ms: number) => new Date(at.getTime() - ms);
  await channels(db).insertMany([
    channel({ lastSuccessAt: ago(60_000) }),
    channel({
      _id: 'instagram-karanganyar' as never,
      platform: 'instagram',
      account: 'karanganyar_sim',
      state: 'broken',
      broken: { reason: 'token', platformWords: 'Session has expired <b>190</b>', since: ago(DAY) },
      sending: false,
    }),
  ]);
}

/** Messages of a case, as many as a case holds on one page here. */
const perCase = 26;

/** Cases whose texts, authors, places, notes and replies are hostile, all of them. */
export const hostileNumbers = Array.from(
  { length: Math.ceil(hostileTexts.length / perCase) },
  (_, n) => `KRA-2025-${String(n).padStart(6, '0')}` as CaseNumber,
);

/** Each hostile text as a message, an author, a note and a reply. */
export async function seedHostile({ db }: TestServices): Promise<void> {
  const at = new Date('2025-05-05T05:00:00Z');
  const ofCase = (n: number) => hostileTexts.map((_, one) => one).slice(n * perCase, (n + 1) * perCase);
  await mentions(db).insertMany(
    hostileTexts.map((text, n) =>
      aMention(`7${n}`, {
        text,
        author: { id: '1', handle: text.slice(0, 200), name: text },
        url: text,
        caseId: hostileNumbers[Math.floor(n / perCase)] ?? null,
        postedAt: at,
        classification: aClassification({
          evidence: [{ words: text, source: 'keyword', for: text, weight: 1 }],
          place: { kecamatan: text, name: text },
        }),
      }),
    ),
  );
  await cases(db).insertMany(
    hostileNumbers.map((number, n) =>
      aCase({
        _id: number,
        rootMentionId: `x-7${n * perCase}` as MentionId,
        mentionIds: ofCase(n).map((one) => `x-7${one}` as MentionId),
        trackingCode: `H${n}`,
        openedAt: at,
        // Passed on and late: it stands in "Serah terima" by its number, its agency and its officer.
        state: 'disposisi',
        dueAt: at,
        place: { kecamatan: hostileTexts[n] ?? null, name: hostileTexts[n] ?? null },
        agency: hostileTexts[n] ?? null,
        assignee: hostileTexts[n] as UserId,
        notes: ofCase(n).map((one) => ({ at, by: 'petugas' as UserId, text: hostileTexts[one] ?? '' })),
        history: ofCase(n).map((one) => ({
          at,
          by: 'x' as UserId,
          what: hostileTexts[one] ?? '',
          from: null,
          to: null,
          note: hostileTexts[one] ?? '',
        })),
      }),
    ),
  );
  await replies(db).insertMany(
    hostileTexts.map((text, n) =>
      aReply(`7${n}`, {
        caseId: hostileNumbers[Math.floor(n / perCase)] as CaseNumber,
        state: 'sent',
        open: false,
        target: aTarget(`7${n}`),
        text,
        reason: text,
        sent: { nativeId: '1', url: text, at, by: 'hand' },
      }),
    ),
  );
  await db.collection<AnswerLink>('answer_links').insertMany(
    hostileTexts.map((text, n) => ({
      ...{ _id: `l-7${n}` as LinkId, tokenHash: `hash ${n}`, agency: text, createdBy: text as UserId },
      caseId: hostileNumbers[Math.floor(n / perCase)] as CaseNumber,
      recipient: { id: text, agency: text, role: text, name: text, way: 'mail', address: text, user: null },
      ...{ createdAt: at, expiresAt: at, revokedAt: null, openedAt: null, answeredAt: null, replyId: null },
      ...{ codes: { sent: 0, at: null, wrong: 0 }, sessionHash: null, steps: 0 },
    })),
  );
  await seedHostileCopies(db, at);
  await seedHostileModel(db, at);
}

/** A message without a case, and eight that say nearly the same in other people's names. */
export const hostileCopied = 'x-8copied' as MentionId;

async function seedHostileCopies(db: TestServices['db'], at: Date): Promise<void> {
  const rumour = 'mulai besok jalan ke pasar lama ditutup tiga bulan, sebarkan ke warga lain supaya tahu';
  const copies = ['', ...hostileTexts.slice(0, 8)].map((text, n) =>
    aMention(n === 0 ? '8copied' : `8${n}`, {
      text: `${text} ${rumour}`,
      author: { id: `8${n}`, handle: `warga_${n}`, name: text },
      postedAt: at,
      classification: aClassification({ decided: false }),
    }),
  );
  await mentions(db).insertMany(copies);
  await keepFingerprints(
    db,
    copies.flatMap((one) => fingerprinted(one) ?? []),
  );
}

/** Agencies that were confused, and a model that was put into use and out of it for hostile reasons. */
async function seedHostileModel(db: TestServices['db'], at: Date): Promise<void> {
  const said = { kind: 'pengaduan', subject: 'jalan' } as const;
  await feedback(db).insertMany(
    hostileTexts.map((text, n) => ({
      ...{
        _id: `f-7${n}`,
        at: new Date(),
        by: 'x' as UserId,
        act: 'disposisi',
        mentionId: `x-7${n}` as MentionId,
      },
      ...{ before: { ...said, agency: text }, after: { ...said, agency: 'DPUPR' }, modelVersion: text },
    })),
  );
  const score = { texts: 7, right: 5, wrong: 1 };
  const moves = hostileTexts.map((reason) => ({
    at,
    by: reason as UserId,
    what: 'promote' as const,
    reason,
  }));
  const [first = ''] = hostileTexts;
  await addModel(
    db,
    {
      ...{ _id: 'm-hostile', at, by: first as UserId, state: 'retired', share: 0.3, bytes: 1, sha256: '' },
      ...{ examples: { shipped: 1, own: 1 }, scores: { champion: score, challenger: score }, moves },
      ...{ why: { id: first, en: first }, promotedAt: at, retiredAt: at, before: null },
    },
    new Uint8Array([1]),
  );
}

/** Fourteen dark streets in Colomadu since yesterday, where two came in the weeks before; beside them an ordinary month. */
export async function seedTrends({ db }: TestServices, at: Date): Promise<void> {
  const places = ['Jaten', 'Tasikmadu', 'Karanganyar', 'Gondangrejo', 'Tawangmangu', null];
  const agencies = ['DPUPR', 'DLH', 'DINKES', 'DISHUB', null];
  const platforms = ['x', 'instagram', 'facebook', 'whatsapp'] as const;
  const lamp = {
    subject: 'penerangan_jalan',
    agency: 'DISHUB',
    place: { kecamatan: 'Colomadu', name: null },
    tokens: ['lampu', 'padam', 'colomadu'],
  };
  const parts = [
    ...Array.from({ length: 14 }, (_, n) => ({ ...lamp, openedAt: new Date(at.getTime() - (n + 1) * HOUR) })),
    ...[9, 20].map((days) => ({ ...lamp, openedAt: new Date(at.getTime() - days * DAY) })),
    ...Array.from({ length: 120 }, (_, n) => ({
      subject: n % 3 === 0 ? 'sampah' : 'jalan',
      agency: agencies[n % agencies.length] ?? null,
      place: { kecamatan: places[n % places.length] ?? null, name: null },
      platform: platforms[n % platforms.length] ?? ('x' as const),
      openedAt: new Date(at.getTime() - 2 * DAY - n * 11 * HOUR),
      tokens: ['warga', n % 3 === 0 ? 'sampah' : 'jalan'],
      secret: n % 40 === 7,
      ...(n % 4 !== 0 && {
        state: 'dijawab' as const,
        answeredAt: new Date(at.getTime() - 2 * DAY - n * 11 * HOUR + (n % 30) * HOUR),
      }),
    })),
  ];
  await cases(db).insertMany(
    parts.map((part, n) => {
      const rootMentionId = `x-t${n}` as MentionId;
      return aCase({
        _id: `KRA-2026-${String(3_000 + n).padStart(6, '0')}` as CaseNumber,
        trackingCode: `S${n}`,
        rootMentionId,
        mentionIds: [rootMentionId],
        dueAt: new Date(part.openedAt.getTime() + DAY),
        ...part,
      });
    }),
  );
  await mentions(db).insertMany(
    parts.map((part, n) =>
      aMention(`t${n}`, {
        text:
          part.subject === 'penerangan_jalan'
            ? `Lampu jalan padam di Colomadu, hubungi 0812345678${String(n).padStart(2, '0')} (${n})`
            : `Jalan atau sampah (${n})`,
        caseId: `KRA-2026-${String(3_000 + n).padStart(6, '0')}` as CaseNumber,
        postedAt: part.openedAt,
      }),
    ),
  );
  await recordPoll(db, {
    _id: 'p-1',
    channelId: 'x-aduankra_sim' as never,
    depth: 'normal',
    startedAt: new Date(at.getTime() - 6 * DAY),
    endedAt: new Date(at.getTime() - 5 * DAY),
    complete: true,
    pages: 1,
    found: 1,
    added: 1,
    changed: 0,
    rejected: 0,
    calls: 1,
    micros: 0,
    gaps: ['batas 800 pos'],
    error: null,
  });
}

/** Thirteen decisions of the classifier that people looked at, four of them wrong, and a model that waits for a person. */
export async function seedJudgements({ db }: TestServices): Promise<void> {
  const at = new Date();
  const said = { kind: 'pengaduan', subject: 'jalan', agency: 'DPUPR' } as const;
  const spoken = (n: number, before: string, after: string): Feedback => ({
    ...{ _id: `f-${n}`, at, by: 'petugas' as UserId, act: 'disposisi', mentionId: `x-${n}` as MentionId },
    ...{ before: { ...said, agency: before }, after: { ...said, agency: after }, modelVersion: 'v1-test' },
  });
  const numbers = Array.from({ length: 12 }, (_, n) => n + 1);
  await feedback(db).insertMany([
    ...numbers.map((n) => spoken(n, 'DPUPR', n <= 4 ? 'DINKES' : 'DPUPR')),
    spoken(13, 'DINKES', 'DINKES'),
  ]);
  const score = { texts: 7, right: 5, wrong: 1 };
  await addModel(
    db,
    {
      ...{
        _id: 'm-contoh',
        at,
        by: 'petugas' as UserId,
        state: 'challenger',
        share: 0.3,
        bytes: 1,
        sha256: '',
      },
      ...{ examples: { shipped: 900, own: 40 }, scores: { champion: score, challenger: score } },
      why: judge(score, score).why,
      ...{ promotedAt: null, retiredAt: null, before: null },
    },
    new Uint8Array([1]),
  );
}
