import { RefusedError } from '../../core/errors.ts';
import { type AnswerLink, linkStateOf } from '../../domain/forward.ts';
import type { CaseNumber, LinkId } from '../../domain/ids.ts';
import { findLink, linksOf, revokeLink } from '../../store/answer-links.ts';
import { type ApiContext, notFound } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { openCase } from '../desk.ts';

type Asked = Pick<ApiContext, 'deps' | 'user'>;

/** Whom the agency's answer was asked of, and how far that got, the newest first. */
export async function askedOf({ db, clock }: Pick<ApiDeps, 'db' | 'clock'>, number: CaseNumber) {
  const links = await linksOf(db, number);
  return links.map((link) => ({
    id: link._id,
    to: link.recipient.name,
    way: link.recipient.way,
    state: linkStateOf(link, clock.now()),
    at: link.createdAt,
    openedAt: link.openedAt,
    answeredAt: link.answeredAt,
    revokedAt: link.revokedAt,
    expiresAt: link.expiresAt,
  }));
}

function refused(id: string, en: string): RefusedError {
  return new RefusedError('conflict', { id, en });
}

async function openLinkOf(asked: Asked, number: string, id: string) {
  const { user, case: one } = await openCase(asked, 'case.move', number);
  const link = await findLink(asked.deps.db, id as LinkId);
  if (link?.caseId !== one._id) throw notFound();
  return { user, one, link };
}

/** "Cabut tautan": it opens nothing any more, from this moment on. @throws {RefusedError} `conflict`, `not-found` */
export async function revokeLinkBy(asked: Asked, number: string, id: string) {
  const { user, one, link } = await openLinkOf(asked, number, id);
  const { db, clock, transaction, recordAudit } = asked.deps;
  const [at, by] = [clock.now(), user._id];
  await transaction(async (session) => {
    if (!(await revokeLink(db, link._id, at, session)))
      throw refused('Tautan ini sudah dijawab atau dicabut.', 'This link was answered or revoked already.');
    const fields = { link: link._id };
    await recordAudit({ at, by, act: 'agency.link.revoke', subject: one._id, fields }, session);
  });
  return askedOf(asked.deps, one._id);
}

/**
 * "Kirim tautan baru" to the same recipient: the older one is revoked, the new one holds seven days.
 * @throws {RefusedError} `conflict` when it was answered, or the case is with another agency now; `not-found`
 */
export async function resendLinkBy(asked: Asked, number: string, id: string) {
  const { user, one, link } = await openLinkOf(asked, number, id);
  refuseResend(link, one.agency);
  const { db, clock, forwarding, transaction, recordAudit } = asked.deps;
  const [at, by] = [clock.now(), user._id];
  await transaction(async (session) => {
    const wasOpen = link.revokedAt === null;
    if (wasOpen && !(await revokeLink(db, link._id, at, session)))
      throw refused('Tautan ini baru saja dijawab atau dicabut.', 'This link was just answered or revoked.');
    await forwarding.renew(link, by, session);
    const fields = { link: link._id };
    await recordAudit({ at, by, act: 'agency.link.resend', subject: one._id, fields }, session);
  });
  return askedOf(asked.deps, one._id);
}

function refuseResend(link: AnswerLink, agency: string | null): void {
  if (link.answeredAt) throw refused('Tautan ini sudah dijawab.', 'This link was answered already.');
  if (link.agency !== agency)
    throw refused(
      'Aduan ini sudah diteruskan ke OPD lain; tautan untuk OPD sebelumnya tidak dikirim lagi.',
      'The case is with another agency now.',
    );
}
