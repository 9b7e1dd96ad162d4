import { ulid } from 'ulid';
import { holdMs } from '../approve/release.ts';
import { dueAt } from '../cases/due-at.ts';
import { DAY } from '../core/clock.ts';
import {
  type Acknowledgement,
  acknowledgementId,
  approversOf,
  audienceOf,
  fillAcknowledgement,
} from '../domain/acknowledgement.ts';
import { type ReplyId, systemUser } from '../domain/ids.ts';
import type { Reply } from '../domain/reply.ts';
import { approvalHash } from '../domain/reply-hash.ts';
import { spokenDate } from '../draft/fill.ts';
import { newReply } from '../draft/new-reply.ts';
import type { Services } from '../services.ts';
import { findAcknowledgement, listAcknowledgements } from '../store/acknowledgements.ts';
import { addAcknowledgements, replies } from '../store/replies.ts';
import { type ToDraft, targetAndChannel } from './drafts.ts';

/** A receipt for a message that is older than this comes too late to be one. A choice of ours. */
const freshFor = 1 * DAY;

/** Sends each new case its receipt, where two persons approved a text for it. Safe to run twice: one a case. */
export async function acknowledge(services: Services, opened: readonly ToDraft[]): Promise<void> {
  if (opened.length === 0) return;
  const { db } = services.database;
  const texts = await listAcknowledgements(db);
  if (texts.length === 0) return;
  const receipts = opened.flatMap((one) => receiptFor(services, texts, one) ?? []);
  await addAcknowledgements(replies(db), receipts);
}

function receiptFor(
  services: Services,
  texts: readonly Acknowledgement[],
  { case: one, mention }: ToDraft,
): Omit<Reply, 'open' | 'version'> | null {
  const now = services.clock.now();
  const audience = audienceOf(mention);
  const approved = texts.find((text) => text._id === audience);
  const by = approved && approversOf(approved)?.[0];
  // In public the number itself would tell that a secret case exists.
  if (!approved || !by || (one.secret && audience === 'publik')) return null;
  if (mention.deletedAt !== null || now.getTime() - mention.postedAt.getTime() > freshFor) return null;
  const found = targetAndChannel(services, mention);
  if (found.channel.capability.by !== 'api') return null;
  const text = fillAcknowledgement(approved.text, {
    nomor: one._id,
    kode: one.trackingCode,
    batas: promisedDay(services, one, now),
  });
  if (text === null) return null;
  const { used, limit } = found.channel.measure(text);
  if (used > limit) return null;
  const made = newReply({
    id: `r-${ulid(now.getTime())}` as ReplyId,
    caseId: one._id,
    target: found.target,
    text,
    templateId: acknowledgementId(approved),
    situation: 'Tanda terima otomatis',
    now,
  });
  return {
    ...made,
    acknowledges: one._id,
    state: 'released',
    approval: { by, at: now, hash: approvalHash(made) },
    releasedBy: systemUser,
    notBefore: new Date(now.getTime() + holdMs),
  };
}

/** The day until which we promise to have passed it on, as a date in words. */
function promisedDay(services: Services, one: ToDraft['case'], now: Date): string | null {
  const day = dueAt(services.clocks, { kind: one.kind, step: 'verifikasi', from: one.receivedAt });
  return day !== null && day > now ? spokenDate(day, true) : null;
}

/** Whether exactly this receipt may still leave: its text is in force. */
export async function isInForce(services: Pick<Services, 'database'>, reply: Reply): Promise<boolean> {
  const approved = await findAcknowledgement(services.database.db, audienceOf(reply.target));
  return (
    approved !== null && approversOf(approved) !== null && reply.templateId === acknowledgementId(approved)
  );
}
