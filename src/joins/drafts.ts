import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import type { FilledTemplate } from '../api/deps.ts';
import { noConnector } from '../approve/checks.ts';
import { dueAt } from '../cases/due-at.ts';
import { DAY } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import { type Case, wasForwarded } from '../domain/case.ts';
import { type ReplyId, systemUser } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import type { Reply, ReplyTarget } from '../domain/reply.ts';
import type { User } from '../domain/user.ts';
import {
  chooseTemplate,
  type Draft,
  type DraftChannel,
  type DraftFacts,
  writeDraft,
  writeTemplate,
} from '../draft/draft.ts';
import { newReply, targetOf } from '../draft/new-reply.ts';
import { lint, type Warning } from '../draft/santun.ts';
import { findTemplate } from '../draft/template-book.ts';
import type { Services } from '../services.ts';
import type { RecordAudit } from '../store/audit.ts';
import { inTransaction } from '../store/database.ts';
import { findMention, mentions } from '../store/mentions.ts';
import { addDraft, addDrafts, findOpenReplyTo, findReply, moveReply, replies } from '../store/replies.ts';

/** An answer that is there already does not make a further reply needless. */
export function wasAnswered(one: Case): boolean {
  return one.history.some((event) => event.to === 'dijawab');
}

/** Where citizens go on: the tracking page, where nobody finds a secret case, or for one the form. Null: not reachable. */
function publicLink({ config }: Services, secret: boolean): string | null {
  return config.publicUrl === null ? null : new URL(secret ? '/lapor' : '/lacak', config.publicUrl).href;
}

/** The deadline has passed, or ends within a day and the citizen has asked again: he waited too long. */
function isLate({ dueAt, flags }: Case, now: Date): boolean {
  if (dueAt === null) return false;
  const left = dueAt.getTime() - now.getTime();
  return left <= 0 || (left < DAY && (flags ?? []).includes('ditagih'));
}

function factsOf(services: Services, one: Case, mention: Mention): DraftFacts {
  const now = services.clock.now();
  // A day that is over is no promise: its placeholder stays, and a person names another one.
  const ahead = (day: Date | null) => (day !== null && day > now ? day : null);
  const deadline = (step: 'verifikasi' | 'tutup_otomatis', from: Date) =>
    ahead(dueAt(services.clocks, { kind: one.kind, step, from }));
  return {
    caseId: one._id,
    platform: one.platform,
    kind: one.kind,
    authority: one.authority,
    agency: one.agency,
    urgency: one.urgency,
    flags: mention.classification?.flags ?? [],
    // What the office writes back in private is read by the citizen alone.
    secret: one.secret && mention.reach !== 'private',
    reopened: one.state === 'dibuka_kembali',
    forwarded: wasForwarded(one),
    late: isLate(one, now),
    personalDataInPublic:
      mention.reach !== 'private' && (mention.classification?.personalData.length ?? 0) > 0,
    authorName: mention.author.name,
    agencyShortName: one.agency === null ? null : (services.agencyNames.get(one.agency) ?? one.agency),
    deadlines: {
      // What we promise with a receipt counts from when we saw it, not from when it was written.
      verifikasi: deadline('verifikasi', one.receivedAt),
      tindak_lanjut: ahead(one.dueAt),
      tutup_otomatis: deadline('tutup_otomatis', now),
    },
    link: publicLink(services, one.secret),
    fillIn: null,
  };
}

/** Longest answer that somebody reads out or writes into a letter, in characters: a choice of ours. */
const longestByHand = 5_000;

/** The message as a target, and what its channel can do. */
export function targetAndChannel(
  services: Pick<Services, 'connectors'>,
  mention: Mention,
): { target: ReplyTarget; channel: DraftChannel } {
  const connector = services.connectors.get(mention.channelId);
  const parentNativeId =
    mention.parentId === null ? null : mention.parentId.slice(mention.platform.length + 1);
  const target = targetOf(mention, parentNativeId);
  const channel = {
    capability: connector?.capability(target) ?? noConnector,
    measure: (text: string) => connector?.measure(text) ?? { used: [...text].length, limit: longestByHand },
  };
  return { target, channel };
}

/** A case with the message that a first draft would answer. */
export interface ToDraft {
  readonly case: Case;
  readonly mention: Mention;
}

/**
 * The automatic first drafts for messages, from the template of each one's situation, stored in one call. A draft's id is
 * made from the message's, so that a second run adds none, also when the first one was rejected or sent meanwhile.
 */
export async function writeFirstDrafts(services: Services, wanted: readonly ToDraft[]): Promise<void> {
  const drafts = wanted.flatMap((one) => firstDraft(services, one) ?? []);
  await addDrafts(replies(services.database.db), drafts);
}

/** @returns null when the message deserves none */
function firstDraft(
  services: Services,
  { case: one, mention }: ToDraft,
): Omit<Reply, 'open' | 'version'> | null {
  const found = mention.deletedAt === null ? targetAndChannel(services, mention) : null;
  const draft = found && writeDraft(services.templates, factsOf(services, one, mention), found.channel);
  if (!draft) return null;
  const target = privateWay(services, mention, found.target, draft.templateId) ?? found.target;
  return newReply({
    id: `r-${mention._id}` as ReplyId,
    caseId: one._id,
    target,
    text: draft.text,
    templateId: draft.templateId,
    situation: draft.situation,
    followUp: wasAnswered(one),
    now: services.clock.now(),
  });
}

/** The fixed text that asks the author of a secret matter to write in private. */
const invitation = 'ajakan-privat';

/** The invitation reaches its author alone where the platform can do that; null where it must stand in public. */
function privateWay(
  services: Services,
  mention: Mention,
  target: ReplyTarget,
  templateId: string,
): ReplyTarget | null {
  if (templateId !== invitation) return null;
  const connector = services.connectors.get(mention.channelId);
  const until = connector?.privateReplyUntil?.(target, mention.postedAt) ?? null;
  if (until === null || until <= services.clock.now()) return null;
  return { ...target, via: 'private-reply', replyUntil: until };
}

/** Every template for the newest message of the case, the fitting one first. */
export async function templatesFor(services: Services, one: Case): Promise<readonly FilledTemplate[]> {
  const { db } = services.database;
  const mention = await findMention(mentions(db), one.mentionIds.at(-1) ?? one.rootMentionId);
  if (!mention) return [];
  const found = targetAndChannel(services, mention);
  const facts = factsOf(services, one, mention);
  const fitting = chooseTemplate(services.templates, facts)?._id;
  // A secret case gets the locked text in public and nothing else.
  const offered = services.templates.templates.filter(
    (template) => !one.secret || template.locked || mention.reach === 'private',
  );
  return offered
    .filter((template) => template.kinds.some((kind) => kind === one.kind) || template._id === fitting)
    .map((template) => ({
      id: template._id,
      situation: template.situation,
      when: template.when,
      text: writeTemplate(services.templates, template, facts, found.channel).text,
      answers: template.answers,
      fits: template._id === fitting,
    }))
    .sort((a, b) => Number(b.fits) - Number(a.fits));
}

/** What the santun check says of a text for this case. */
export function warningsFor(
  services: Pick<Services, 'templates'>,
  one: Case,
  text: string,
  templateId: string | null,
): readonly Warning[] {
  return lint(services.templates, text, {
    templateId,
    caseId: one._id,
    secret: one.secret,
    forwarded: wasForwarded(one),
  });
}

function refuse(code: 'not-possible' | 'not-found' | 'conflict', id: string, en: string): never {
  throw new RefusedError(code, { id, en });
}

export interface DraftWish {
  readonly case: Case;
  readonly text: string | null;
  readonly templateId: string | null;
  /** Made by the caller: the same key again brings the same draft, and writes nothing. */
  readonly key: string | null;
}

function draftId(by: User, { key, case: { _id } }: DraftWish, now: Date): ReplyId {
  if (key === null) return `r-${ulid(now.getTime())}` as ReplyId;
  const hash = createHash('sha256')
    .update(JSON.stringify([by._id, _id, key]))
    .digest('hex');
  return `r-${hash.slice(0, 26)}` as ReplyId;
}

/**
 * The case's automatic draft, worded for the case as it is now (passed on since, asked after again, late); null where
 * there is none that no person has touched.
 */
async function automaticDraft(services: Services, one: Case): Promise<Reply | null> {
  const all = replies(services.database.db);
  for (const mentionId of one.mentionIds.toReversed()) {
    const seen = await findOpenReplyTo(all, mentionId);
    if (!seen) continue;
    if (seen.state !== 'draft' || seen.authors.some((author) => author !== systemUser)) return null;
    const mention = await findMention(mentions(services.database.db), mentionId);
    const found = mention && targetAndChannel(services, mention);
    const draft = found && writeDraft(services.templates, factsOf(services, one, mention), found.channel);
    if (!draft || draft.text === seen.text) return seen;
    const { text, templateId, situation } = draft;
    const set = { text, templateId, situation, revision: seen.revision + 1 };
    const at = services.clock.now();
    const note = 'disesuaikan dengan keadaan aduan';
    // Null: somebody was faster, and it is his now.
    return moveReply(all, { seen, to: 'draft', by: systemUser, at, note, set });
  }
  return null;
}

/**
 * A person starts a draft for the newest message of the case: own text, a named template, or the one that fits. For the
 * last, an automatic draft that nobody has touched is brought up to date instead.
 */
export async function writeDraftAs(
  services: Services,
  recordAudit: RecordAudit,
  by: User,
  wish: DraftWish,
): Promise<Reply> {
  const { db, client } = services.database;
  const one = wish.case;
  const automatic =
    wish.text === null && wish.templateId === null ? await automaticDraft(services, one) : null;
  if (automatic) return automatic;
  const mention = await findMention(mentions(db), one.mentionIds.at(-1) ?? one.rootMentionId);
  if (!mention) return refuse('not-possible', 'Pesannya tidak ada lagi.', 'The message is gone.');
  const found = targetAndChannel(services, mention);
  const made = firstText(services, wish, factsOf(services, one, mention), found.channel);
  const now = services.clock.now();
  const reply = newReply({
    id: draftId(by, wish, now),
    caseId: one._id,
    target: found.target,
    text: made.text,
    templateId: made.templateId,
    situation: made.situation,
    authors: [by._id],
    followUp: wasAnswered(one),
    byDemoRole: by.demo,
    now,
  });
  const added = await inTransaction(client)(async (session) => {
    await addDraft(replies(db), reply, session);
    await recordAudit(
      { at: now, by: by._id, act: 'reply.create', subject: reply._id, fields: { case: one._id } },
      session,
    );
    return true;
  }).catch((error: { code?: number }) => {
    if (error.code === 11_000) return false;
    throw error;
  });
  const stored = await findReply(replies(db), reply._id);
  if (stored && (added || wish.key !== null)) return stored;
  return refuse('conflict', 'Pesan ini sudah punya draf terbuka.', 'This message has an open draft already.');
}

function firstText(
  services: Services,
  wish: { readonly text: string | null; readonly templateId: string | null },
  facts: DraftFacts,
  channel: DraftChannel,
): Pick<Draft, 'text'> & { templateId: string | null; situation: string | null } {
  if (wish.text !== null) return { text: wish.text, templateId: null, situation: null };
  if (wish.templateId === null) {
    const fitting = writeDraft(services.templates, facts, channel);
    return fitting ?? refuse('not-possible', 'Tidak ada templat yang cocok.', 'No template fits.');
  }
  const template = findTemplate(services.templates, wish.templateId);
  if (!template) return refuse('not-found', 'Templat tidak ditemukan.', 'No such template.');
  return writeTemplate(services.templates, template, facts, channel);
}
