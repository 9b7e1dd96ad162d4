import type { Db, Document, Filter } from 'mongodb';
import { DAY } from '../core/clock.ts';
import type { Case, CaseState } from '../domain/case.ts';
import type { CaseNumber, UserId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import { bandLimits, type Outcome, type ThreadFilter, type ThreadView } from '../domain/thread-filter.ts';
import { type CaseScope, scopeQuery } from './case-list.ts';
import { mistakenMessages } from './judgements.ts';
import { casesWaitingForApproval } from './replies.ts';

/** Who asks, when, and what of everything he may see. */
export interface Asking {
  readonly scope: CaseScope;
  readonly user: UserId;
  readonly now: Date;
}

/** The filter as queries; null where it means none of that kind. */
export interface ThreadQuery {
  readonly cases: Filter<Case> | null;
  /** Messages without a case. */
  readonly mentions: Filter<Mention> | null;
}

/** "Hampir lewat batas" begins so long before the deadline. What is late already belongs to it. */
const nearMs = 3 * DAY;

/** States in which nobody has answered yet. */
export const unanswered: readonly CaseState[] = [
  'baru',
  'terverifikasi',
  'disposisi',
  'proses',
  'dibuka_kembali',
];

/** An aggregation expression: answered (or closed, which ends the clock too) after its time, or open although it is over. */
export function isLate(now: Date): Document {
  const endedAt = { $ifNull: ['$answeredAt', { $ifNull: ['$closedAt', now] }] };
  return { $and: [{ $gt: ['$dueAt', null] }, { $gt: [endedAt, '$dueAt'] }] };
}

/** An aggregation's accumulator: in how many documents the expression holds. */
export function sumWhen(condition: Document): Document {
  return { $sum: { $cond: [condition, 1, 0] } };
}

const caseOutcomes: Readonly<Record<Outcome, (now: Date) => Filter<Case>>> = {
  dijawab: () => ({ answeredAt: { $gt: new Date(0) } }),
  // The lower bound is what its partial index asks for.
  terlambat: (now) => ({ lateFrom: { $gt: new Date(0), $lt: now } }),
  menunggu: () => ({ state: { $in: [...unanswered] } }),
};

function sleeping(now: Date): Filter<Case> {
  return { 'snooze.until': { $gt: now } };
}

function awake(now: Date): Filter<Case> {
  return { 'snooze.until': { $not: { $gt: now } } };
}

type CaseView = (asking: Asking) => Filter<Case>;

/** The views that are a query on cases alone; the others show no cases or need another collection. */
const caseViews: Partial<Record<ThreadView, CaseView>> = {
  darurat: () => ({ urgency: 'darurat', state: { $in: [...unanswered] } }),
  baru: ({ now }) => ({ state: 'baru', ...awake(now) }),
  'belum-ditanggapi': ({ now }) => ({ state: { $in: [...unanswered] }, ...awake(now) }),
  'hampir-lewat': ({ now }) => ({
    state: { $in: [...unanswered] },
    dueAt: { $ne: null, $lt: new Date(now.getTime() + nearMs) },
  }),
  'opd-belum-menjawab': () => ({ state: { $in: ['disposisi', 'proses'] } }),
  'milik-saya': ({ user }) => ({ assignee: user, state: { $in: [...unanswered, 'tertunda'] } }),
  disebut: ({ user }) => ({ 'notes.mentions': user }),
  'ingatkan-nanti': ({ now }) => sleeping(now),
  'minta-dibuka': () => ({ 'feedback.reopen.at': { $type: 'date' } }),
  tunda: () => ({ state: 'tertunda' }),
  'bukan-wewenang': () => ({ state: 'bukan_wewenang' }),
  selesai: () => ({ state: { $in: ['dijawab', 'selesai'] } }),
  arsip: () => ({ state: 'diarsipkan' }),
  aduan: () => ({}),
  semua: () => ({}),
};

type MentionView = (asking: Asking) => Filter<Mention>;

const mentionViews: Partial<Record<ThreadView, MentionView>> = {
  darurat: () => ({
    'classification.urgency': 'darurat',
    'classification.decided': false,
    deletedAt: null,
    archived: false,
  }),
  'perlu-dicek': ({ now }) => ({
    'classification.decided': false,
    deletedAt: null,
    archived: false,
    ...(awake(now) as Filter<Mention>),
  }),
  'ingatkan-nanti': ({ now }) => sleeping(now) as Filter<Mention>,
  tersaring: () => ({
    'classification.decided': true,
    'classification.kind': 'bukan_aduan',
    archived: false,
  }),
  apresiasi: () => ({ 'classification.decided': true, 'classification.kind': 'apresiasi', archived: false }),
  arsip: () => ({ archived: true }),
  semua: () => ({ archived: false }),
};

/** When the citizen wrote, as the collection names it. */
function timeParts(
  { from, before, during }: ThreadFilter,
  field: 'openedAt' | 'postedAt',
): Record<string, unknown>[] {
  const parts: Record<string, unknown>[] = [];
  if (from) parts.push({ [field]: { $gte: from } });
  if (before) parts.push({ [field]: { $lt: before } });
  if (during) {
    parts.push({ $or: during.map((span) => ({ [field]: { $gte: span.from, $lt: span.before } })) });
  }
  return parts;
}

const lateFlag = 'masuk_terlambat';

/** What only a case can be: late by a gap of its channel, not entered in a portal, put off. */
function standingParts({ late, missingIn, wakesBefore }: ThreadFilter): Filter<Case>[] {
  const parts: Filter<Case>[] = [];
  if (late) parts.push({ flags: lateFlag });
  if (missingIn) parts.push({ 'elsewhere.source': { $ne: missingIn } });
  if (wakesBefore) parts.push({ 'snooze.until': { $lt: wakesBefore } });
  return parts;
}

function caseParts(filter: ThreadFilter, now: Date): Filter<Case>[] {
  const parts: Filter<Case>[] = [];
  if (filter.agency) parts.push({ $or: [{ agency: filter.agency }, { companion: filter.agency }] });
  if (filter.inCharge !== undefined) parts.push({ agency: filter.inCharge });
  if (filter.subject !== undefined) parts.push({ subject: filter.subject });
  if (filter.platform) parts.push({ platform: filter.platform });
  if (filter.kecamatan !== undefined) parts.push({ 'place.kecamatan': filter.kecamatan });
  // Praise and what is no complaint open no case, so such a kind finds none here.
  if (filter.kind) parts.push({ kind: filter.kind as Case['kind'] });
  if (filter.state) parts.push({ state: filter.state });
  if (filter.urgency) parts.push({ urgency: filter.urgency });
  if (filter.secret !== undefined) parts.push({ secret: filter.secret });
  if (filter.assignee !== undefined) parts.push({ assignee: filter.assignee });
  if (filter.confidence) {
    const [from, before] = bandLimits[filter.confidence];
    parts.push({ confidence: { $gte: from, $lt: before } });
  }
  if (filter.outcome) parts.push(caseOutcomes[filter.outcome](now));
  parts.push(...standingParts(filter), ...timeParts(filter, 'openedAt'));
  if (filter.words?.length) parts.push({ tokens: { $all: rarestFirst(filter.words) } });
  return parts;
}

/** Whether a message without a case can be meant: it has no state, no deadline and nobody's name on it. */
function meansMentions({ state, assignee, outcome, missingIn }: ThreadFilter): boolean {
  return [state, assignee, outcome, missingIn].every((part) => part === undefined);
}

/** `caseId` in each branch: only so do the partial indexes of messages without a case fit. */
function ofAgency(agency: string): Filter<Mention> {
  return {
    $or: [
      { caseId: null, 'classification.agency': agency },
      { caseId: null, 'classification.companion': agency },
    ],
  };
}

function mentionParts(filter: ThreadFilter): Filter<Mention>[] {
  const parts: Filter<Mention>[] = [];
  if (filter.agency) parts.push(ofAgency(filter.agency));
  if (filter.inCharge !== undefined) parts.push({ 'classification.agency': filter.inCharge });
  if (filter.subject !== undefined) parts.push({ 'classification.subject': filter.subject });
  if (filter.platform) parts.push({ platform: filter.platform });
  if (filter.kecamatan !== undefined) parts.push({ 'classification.place.kecamatan': filter.kecamatan });
  if (filter.kind) parts.push({ 'classification.kind': filter.kind });
  if (filter.urgency) parts.push({ 'classification.urgency': filter.urgency });
  if (filter.secret !== undefined) parts.push({ 'classification.secret': filter.secret });
  if (filter.confidence) {
    const [from, before] = bandLimits[filter.confidence];
    parts.push({ 'classification.confidence': { $gte: from, $lt: before } });
  }
  if (filter.late) parts.push({ 'classification.flags': lateFlag });
  parts.push(...timeParts(filter, 'postedAt'));
  if (filter.wakesBefore) parts.push({ 'snooze.until': { $lt: filter.wakesBefore } } as Filter<Mention>);
  if (filter.words?.length) parts.push({ tokens: { $all: rarestFirst(filter.words) } });
  return parts;
}

/** MongoDB walks the index for the first word and tests the others; long words are rarer. */
function rarestFirst(words: readonly string[]): string[] {
  return [...words].sort((a, b) => b.length - a.length);
}

/** At most so many submitted replies make the view "Menunggu persetujuan". */
const longestQueue = 1_000;

async function casesOfView(db: Db, filter: ThreadFilter, asking: Asking): Promise<Filter<Case> | null> {
  if (filter.view !== 'menunggu-persetujuan') return caseViews[filter.view]?.(asking) ?? null;
  return { _id: { $in: await casesWaitingForApproval(db, longestQueue) } };
}

const numberPattern = /^[A-Z]{2,5}-\d{4}-\d{6}$/;

/** The filter as MongoDB asks it. Scope first: nothing outside of it is ever found, counted or exported. */
export async function threadQuery(db: Db, filter: ThreadFilter, asking: Asking): Promise<ThreadQuery> {
  const { scope } = asking;
  const [number] = filter.words ?? [];
  const byNumber = filter.words?.length === 1 && number !== undefined && numberPattern.test(number);
  const { words: _, ...withoutWords } = filter;
  const narrowed = byNumber ? withoutWords : filter;

  const mistaken = filter.mistaken && (await mistakenMessages(db, filter.mistaken));
  const ofView = await casesOfView(db, filter, asking);
  const casesWanted = ofView && [
    scopeQuery(scope),
    ...(byNumber ? [{ _id: number as CaseNumber }] : []),
    ofView,
    ...(mistaken ? [{ rootMentionId: { $in: mistaken } }] : []),
    ...caseParts(narrowed, asking.now),
  ];
  const ofMentions = byNumber || !meansMentions(filter) ? undefined : mentionViews[filter.view]?.(asking);
  const mentionsWanted = ofMentions && [
    { caseId: null },
    ...(scope.agency ? [ofAgency(scope.agency)] : []),
    // Not classified yet counts as secret.
    ...(scope.secret ? [] : [{ 'classification.secret': false }]),
    ofMentions,
    ...(mistaken ? [{ _id: { $in: mistaken } }] : []),
    ...mentionParts(narrowed),
  ];
  return {
    cases: casesWanted ? { $and: casesWanted } : null,
    mentions: mentionsWanted ? { $and: mentionsWanted } : null,
  };
}
