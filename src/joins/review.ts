import type { CaseFacts, ReviewDeps } from '../approve/review.ts';
import { type Case, wasForwarded } from '../domain/case.ts';
import type { CaseNumber } from '../domain/ids.ts';
import type { Reply } from '../domain/reply.ts';
import { claimsForwarding } from '../draft/santun.ts';
import { findTemplate, isLockedText } from '../draft/template-book.ts';
import { repeatedClaim } from '../draft/uncertain-claim.ts';
import type { Services } from '../services.ts';
import type { RecordAudit } from '../store/audit.ts';
import { cases, findCase } from '../store/cases.ts';
import { type Database, inTransaction } from '../store/database.ts';
import { findMention, findMentions, mentions } from '../store/mentions.ts';
import { applyReplyMove } from '../store/outbox.ts';
import { findOpenReplyTo, findReply, replies } from '../store/replies.ts';
import { findPersonalData } from '../text/personal-data.ts';

/** Whether sending the reply answers its case: own words do, and templates that say so. */
export function answersCase(services: Pick<Services, 'templates'>, reply: Reply): boolean {
  if (reply.acknowledges) return false;
  if (reply.templateId === null) return true;
  return findTemplate(services.templates, reply.templateId)?.answers ?? true;
}

async function uncertainClaimsOf(db: Database['db'], { flags, mentionIds }: Case): Promise<string[]> {
  if (!flags?.includes('klaim_belum_pasti')) return [];
  const found = await findMentions(mentions(db), mentionIds);
  return found
    .filter(({ classification }) => classification?.flags.includes('klaim_belum_pasti'))
    .map(({ text }) => text);
}

/** A case that cannot be read counts as secret, and as not passed on. */
export async function findCaseFacts(db: Database['db'], id: CaseNumber): Promise<CaseFacts> {
  const found = await findCase(cases(db), id);
  return found
    ? {
        secret: found.secret,
        forwarded: wasForwarded(found),
        uncertainClaims: await uncertainClaimsOf(db, found),
      }
    : { secret: true, forwarded: false, uncertainClaims: [] };
}

/** What the moves of a reply need (src/approve), over the store and the connectors. */
export function reviewDeps(services: Services, recordAudit: RecordAudit): ReviewDeps {
  const { db, client } = services.database;
  const transaction = inTransaction(client);
  return {
    clock: services.clock,
    findReply: (id) => findReply(replies(db), id),
    findOpenReplyTo: (id) => findOpenReplyTo(replies(db), id),
    connectorFor: (id) => services.connectors.get(id) ?? null,
    async findMessage(id) {
      const mention = await findMention(mentions(db), id);
      return mention && { ...mention, gone: mention.deletedAt !== null };
    },
    findCaseFacts: (id) => findCaseFacts(db, id),
    claimsForwarding,
    repeatedClaim({ text, templateId }, claim) {
      const template = templateId === null ? null : findTemplate(services.templates, templateId);
      const own = template ? `${template.normal} ${template.short ?? ''}` : '';
      return repeatedClaim(text, claim, services.harmWords, own);
    },
    isLockedText: (templateId, text) => isLockedText(services.templates, templateId, text),
    needsConfirmation: (templateId) =>
      templateId !== null && (findTemplate(services.templates, templateId)?.needsConfirmation ?? false),
    answersCase: (reply) => answersCase(services, reply),
    findPersonalData,
    write: (move, act) =>
      applyReplyMove(transaction, db, move, act ? (session) => recordAudit(act, session) : undefined),
  };
}
