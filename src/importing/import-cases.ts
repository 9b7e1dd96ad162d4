import { dueAt } from '../cases/due-at.ts';
import type { NewCase } from '../cases/new-case.ts';
import type { Clocks } from '../cases/step.ts';
import type { Clock } from '../core/clock.ts';
import { type CaseState, finishedStates } from '../domain/case.ts';
import type { Authority, Classification } from '../domain/classification.ts';
import { elsewhereOf } from '../domain/elsewhere.ts';
import { type ChannelId, channelId, type MentionId, systemUser } from '../domain/ids.ts';
import type { ImportCounts } from '../domain/import-run.ts';
import { importedMentionId } from '../domain/imported-id.ts';
import type { Mention } from '../domain/mention.ts';
import { findPersonalData } from '../text/personal-data.ts';
import { searchTokens } from '../text/search-tokens.ts';
import type { ImportRow } from './import-row.ts';
import type { ImportLine } from './read-import.ts';

/** A case from a file with the message that opened it. */
interface ImportedCase {
  readonly case: NewCase;
  readonly mention: Mention;
}

interface RefusedLine {
  readonly source: string;
  readonly nativeId: string | null;
  readonly reason: string;
  readonly raw: string;
}

export interface ImportDeps {
  readonly clock: Clock;
  readonly clocks: Clocks;
  /** Short names of agencies and names of subjects by id; a file may use either. */
  readonly agencyNames: ReadonlyMap<string, string>;
  readonly subjectNames: ReadonlyMap<string, string>;
  readonly authorityOf: (agency: string) => Authority | null;
  /** Other words for agencies (full names, aliases), in small letters, by which a portal may call them. */
  readonly agencyAliases?: ReadonlyMap<string, string>;
  /** For rows that nobody decided yet: what the classifier says. Where the file speaks, the file stands. */
  readonly propose?: (row: ImportRow) => Classification;
  /** The channel of a portal; absent: named after the source. */
  readonly channelId?: ChannelId;
  readonly onRefused?: (line: number, reason: string, raw: string) => void;
  /** Asked before each batch is stored; what was stored until then stays. */
  readonly signal?: AbortSignal;
  /** At most 100 at once; each is stored once, however often it comes. */
  readonly store: (
    batch: readonly ImportedCase[],
  ) => Promise<{ added: number; updated: number; unchanged: number }>;
  readonly quarantine: (refused: readonly RefusedLine[], now: Date) => Promise<void>;
}

export interface ImportSummary extends ImportCounts {
  /** The first 20 of them, with their lines in the file. */
  readonly refusals: readonly { readonly line: number; readonly reason: string }[];
}

const batchSize = 100;
const shownRefusals = 20;

/**
 * Takes in cases that were handled elsewhere, with the dates and decisions of their officers. A second run of the same
 * source updates what changed and adds nothing; what cannot be taken in goes to quarantine. Memory does not grow with the
 * file.
 * @param source names the file's origin, for rows that do not name theirs; with the row's own number it is the identity
 */
export async function importCases(
  deps: ImportDeps,
  source: string,
  lines: AsyncIterable<ImportLine>,
  onProgress?: (so: ImportCounts) => void,
): Promise<ImportSummary> {
  const decide = decisions(deps);
  const totals = { read: 0, added: 0, updated: 0, unchanged: 0, refused: 0 };
  const refusals: { line: number; reason: string }[] = [];
  // By identity, so that a row that stands twice in a batch is written once: the later one holds.
  let batch = new Map<MentionId, ImportedCase>();
  let refused: RefusedLine[] = [];

  const flush = async (): Promise<void> => {
    deps.signal?.throwIfAborted();
    const stored = await deps.store([...batch.values()]);
    totals.added += stored.added;
    totals.updated += stored.updated;
    totals.unchanged += stored.unchanged;
    await deps.quarantine(refused, deps.clock.now());
    batch = new Map();
    refused = [];
    onProgress?.({ ...totals });
  };

  for await (const line of lines) {
    totals.read += 1;
    const taken = 'row' in line ? decide(line.row.source ?? source, line.row) : { reason: line.reason };
    if ('reason' in taken) {
      totals.refused += 1;
      if (refusals.length < shownRefusals) refusals.push({ line: line.line, reason: taken.reason });
      const kept = refusedLine(source, line, taken.reason);
      refused.push(kept);
      deps.onRefused?.(line.line, taken.reason, kept.raw);
    } else {
      batch.set(taken.mention._id, taken);
    }
    if (batch.size >= batchSize || refused.length >= batchSize) await flush();
  }
  await flush();
  return { ...totals, refusals };
}

function refusedLine(source: string, line: ImportLine, reason: string): RefusedLine {
  const raw = 'row' in line ? JSON.stringify(line.row) : line.raw;
  const nativeId = 'row' in line ? line.row.externalId : null;
  return { source: `impor ${source}`, nativeId, reason: `Baris ${line.line}: ${reason}`, raw };
}

/** Leads from an id or a name, however capitalised, to the id. */
function idsByWord(names: ReadonlyMap<string, string>): (word: string | null) => string | null | undefined {
  const ids = new Map([...names].flatMap(([id, name]) => [id, name].map((word) => [word.toLowerCase(), id])));
  return (word) => (word === null ? null : ids.get(word.toLowerCase()));
}

function decisions(deps: ImportDeps) {
  const agencyByName = idsByWord(deps.agencyNames);
  const subjectOf = idsByWord(deps.subjectNames);
  const agencyOf = (words: string | null) => {
    const named = agencyByName(words);
    if (words === null || named !== undefined) return named;
    return deps.agencyAliases?.get(words.toLowerCase().replace(/\s*(kabupaten|kab\.?)\s+karanganyar$/, ''));
  };
  return (source: string, row: ImportRow): ImportedCase | { readonly reason: string } => {
    const proposed = deps.propose?.(row) ?? null;
    const agency = agencyOf(row.agency);
    if (agency === undefined && proposed === null) return { reason: `OPD tidak dikenal: "${row.agency}"` };
    const subject = subjectOf(row.subject);
    if (subject === undefined) return { reason: `topik tidak dikenal: "${row.subject}"` };
    const decided = decidedOf(deps, row, { agency, subject }, proposed);
    const channel = deps.channelId ?? channelId(row.platform, source);
    const mention = mentionOf(deps, source, channel, row, decided);
    const here = { ...row, state: stateHere(row, agency) };
    return { mention, case: caseOf(deps, source, here, decided, mention) };
  };
}

/** Where the file speaks, the file stands; the rest is the classifier's word. @param known our ids for the file's words */
function decidedOf(
  deps: ImportDeps,
  row: ImportRow,
  known: { readonly agency: string | null | undefined; readonly subject: string | null },
  proposed: Classification | null,
): Decided {
  const agency = known.agency ?? proposed?.agency ?? null;
  return {
    agency,
    authority: agency === null ? null : deps.authorityOf(agency),
    subject: known.subject ?? proposed?.subject ?? null,
    place: placeOf(row) ?? proposed?.place ?? null,
    urgency: proposed?.urgency ?? 'biasa',
    secret: row.secret || (proposed?.secret ?? false),
    agencyInFile: known.agency === undefined ? row.agency : null,
    isAgencyNamed: Boolean(known.agency),
  };
}

interface Decided
  extends Pick<Classification, 'agency' | 'authority' | 'subject' | 'place' | 'urgency' | 'secret'> {
  /** What the file calls the agency, where that is none of ours. */
  readonly agencyInFile: string | null;
  /** The file calls one of ours. */
  readonly isAgencyNamed: boolean;
}

/** What waits comes to us now; what the file calls finished was received and handled elsewhere, in its own time. */
function receivedAt(deps: ImportDeps, row: ImportRow): Date {
  return isFinished(row) ? row.postedAt : deps.clock.now();
}

/**
 * A portal passes a report on to the regency first. Only where its file names the agency was that agency given the matter;
 * else it is ours to pass on, and no answer may say that it was.
 */
function stateHere({ state }: ImportRow, agency: string | null | undefined): CaseState {
  return state === 'disposisi' && !agency ? 'terverifikasi' : state;
}

function isFinished({ state }: ImportRow): boolean {
  return (finishedStates as readonly CaseState[]).includes(state);
}

function placeOf(row: ImportRow) {
  return row.kecamatan === null && row.place === null ? null : { kecamatan: row.kecamatan, name: row.place };
}

function mentionOf(
  deps: ImportDeps,
  source: string,
  channel: ChannelId,
  row: ImportRow,
  decided: Decided,
): Mention {
  const _id = importedMentionId(source, row.externalId);
  const { agencyInFile: _, isAgencyNamed: __, ...said } = decided;
  return {
    _id,
    platform: row.platform,
    channelId: channel,
    nativeId: row.externalId,
    latestNativeId: row.externalId,
    version: 0,
    revision: 0,
    text: row.text,
    tokens: searchTokens(row.text),
    author: { id: null, handle: null, name: null },
    url: null,
    reach: 'import',
    parentId: null,
    threadNativeId: row.externalId,
    quoted: null,
    ownPost: null,
    hidden: false,
    media: [],
    language: null,
    raw: JSON.stringify(row),
    postedAt: row.postedAt,
    receivedAt: receivedAt(deps, row),
    edits: [],
    deletedAt: null,
    archived: false,
    classification: {
      kind: row.kind,
      decided: true,
      ...said,
      companion: null,
      confidence: 1,
      runnersUp: [],
      evidence: [],
      secretReasons: row.secret ? ['Ditandai rahasia dalam berkas impor'] : [],
      personalData: findPersonalData(row.text),
      language: 'id',
      flags: [],
      modelVersion: 'impor',
    },
    caseId: null,
    work: { stage: 'done', dueAt: null, tries: 0 },
  };
}

function caseOf(
  deps: ImportDeps,
  source: string,
  row: ImportRow,
  decided: Decided,
  mention: Mention,
): NewCase {
  const closed = row.state === 'selesai' || row.state === 'diarsipkan' || row.state === 'bukan_wewenang';
  const { agencyInFile, isAgencyNamed: _, ...said } = decided;
  const by = row.answeredBy === null ? '' : ` oleh ${row.answeredBy}`;
  return {
    rootMentionId: mention._id,
    mentionIds: [mention._id],
    supporterIds: [],
    platform: row.platform,
    channelId: mention.channelId,
    kind: row.kind,
    ...said,
    companion: null,
    state: row.state,
    openedAt: row.postedAt,
    receivedAt: mention.receivedAt,
    dueAt: dueAt(deps.clocks, { kind: row.kind, step: 'tindak_lanjut', from: row.postedAt }),
    pausedAt: row.state === 'tertunda' ? row.postedAt : null,
    answeredAt: row.answeredAt,
    answeredBy: row.answeredAt === null ? null : 'luar',
    closedAt: closed ? (row.answeredAt ?? row.postedAt) : null,
    anonymous: false,
    assignee: null,
    notes: [],
    history: [
      {
        at: deps.clock.now(),
        by: systemUser,
        what: 'impor',
        from: null,
        to: row.state,
        note: noteOf(row.answeredAt === null ? null : `Dijawab${by} (di luar Tanggap)`, agencyInFile),
      },
    ],
    imported: { source, externalId: row.externalId, ...(!decided.isAgencyNamed && { agencyUnnamed: true }) },
    elsewhere: [elsewhereOf(source, row.externalId)],
    tokens: [...new Set([...mention.tokens, ...searchTokens(row.externalId)])],
  };
}

function noteOf(answered: string | null, agencyInFile: string | null): string | null {
  const named = agencyInFile === null ? null : `Instansi menurut berkas: ${agencyInFile}`;
  const parts = [answered, named].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('. ');
}
