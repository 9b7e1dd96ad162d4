import { createHmac } from 'node:crypto';
import { hostname } from 'node:os';
import type { Forwarding } from '../api/deps.ts';
import type { Case } from '../domain/case.ts';
import type { AnswerLink, Notice, Recipient } from '../domain/forward.ts';
import type { CaseNumber, ReplyId } from '../domain/ids.ts';
import type { Reply } from '../domain/reply.ts';
import type { ReplyMove } from '../domain/reply-move.ts';
import { spokenDate } from '../draft/fill.ts';
import { newReply, targetOf } from '../draft/new-reply.ts';
import { type AnswerDeps, answererOf, type CaseForAgency } from '../forward/answer.ts';
import { type ForwardDeps, forwardCase, renewedLink } from '../forward/forward.ts';
import { codeOf, tokenOf } from '../forward/secrets.ts';
import type { SendNoticesDeps } from '../forward/send-notices.ts';
import { type NoticeText, noticeText } from '../forward/words.ts';
import type { Services } from '../services.ts';
import {
  addLinks,
  countCode,
  countTry,
  findByToken,
  findLink,
  openLink,
  revokeLinks,
  useLink,
} from '../store/answer-links.ts';
import { auditRecorder } from '../store/audit.ts';
import { addNote, cases, findCase } from '../store/cases.ts';
import { type InTransaction, inTransaction } from '../store/database.ts';
import { findMention, findMentions, mentions } from '../store/mentions.ts';
import { addNotices, claimNotice, endOverdueNotices, settleNotice } from '../store/notices.ts';
import { addDraft, findOpenReplyTo, moveReply, replies } from '../store/replies.ts';
import { textOfAlarm } from './alarms.ts';
import { citizenText } from './contact.ts';

/** Another key than the audit's: a token proves nothing about the chain. */
function linkKey(services: Pick<Services, 'auditKey'>): string {
  return createHmac('sha256', services.auditKey).update('answer links').digest('hex');
}

/** @param session of the transaction in which the case is passed on */
function forwardDeps(services: Services, session: Session): ForwardDeps {
  const { db } = services.database;
  return {
    clock: services.clock,
    key: linkKey(services),
    recipients: services.recipients,
    async replaceLinks(caseId, links, notices, now) {
      await revokeLinks(db, caseId, now, session);
      await addLinks(db, links, session);
      await addNotices(db, notices, now, session);
    },
  };
}

type Session = Parameters<Parameters<InTransaction>[0]>[0];

/** Passing on, and the pages behind the links. */
export function forwarding(services: Services): Forwarding {
  return {
    answer: answerDeps(services),
    forward: (one, by, session) => forwardCase(forwardDeps(services, session), one, by),
    async renew(old, by, session) {
      const { db } = services.database;
      const { clock } = services;
      const { link, notice } = renewedLink({ clock, key: linkKey(services) }, old, by);
      await addLinks(db, [link], session);
      await addNotices(db, [notice], clock.now(), session);
    },
  };
}

function answerDeps(services: Services): AnswerDeps {
  const { client, db } = services.database;
  const transaction = inTransaction(client);
  return {
    clock: services.clock,
    key: linkKey(services),
    findByToken: (tokenHash, now) => findByToken(db, tokenHash, now),
    sendCode: (link, notice, now) =>
      transaction(async (session) => {
        const counted = await countCode(db, link, now, session);
        if (counted) await addNotices(db, [notice(counted)], now, session);
        return counted !== null;
      }),
    countTry: (link, most, now) => countTry(db, link, most, now),
    async openLink(link, sessionHash, now) {
      await openLink(db, link._id, sessionHash, now);
      await auditRecorder(
        db,
        services.auditKey,
      )({
        at: now,
        by: answererOf(link),
        act: 'agency.open',
        subject: link.caseId,
        fields: { link: link._id },
      });
    },
    readCase: (id) => readCase(services, id),
    takeAnswer: (answer) => takeAnswer(services, answer),
  };
}

async function readCase(services: Services, id: CaseNumber): Promise<CaseForAgency | null> {
  const { db } = services.database;
  const one = await findCase(cases(db), id);
  if (!one) return null;
  const found = await findMentions(mentions(db), one.mentionIds);
  found.sort((a, b) => a.postedAt.getTime() - b.postedAt.getTime());
  return {
    number: one._id,
    agency: agencyName(services, one.agency),
    texts: found.filter(({ deletedAt }) => deletedAt === null).map(({ text }) => text),
    place: placeOf(one),
    dueAt: one.dueAt,
    secret: one.secret,
    urgent: one.urgency === 'darurat',
  };
}

function agencyName({ agencyNames }: Services, agency: string | null): string {
  return agency === null ? '' : (agencyNames.get(agency) ?? agency);
}

function placeOf({ place }: Pick<Case, 'place'>): string | null {
  return place ? [place.name, place.kecamatan].filter((part) => part !== null).join(', ') : null;
}

type Answer = Parameters<AnswerDeps['takeAnswer']>[0];

/** In one transaction: the link is used up, the answer stands in the notes, and becomes a draft where one may be written. */
async function takeAnswer(services: Services, answer: Answer): Promise<'draft' | 'note' | null> {
  const { client, db } = services.database;
  const { link, tokenHash, sessionHash, answerer, text, now } = answer;
  const one = await findCase(cases(db), link.caseId);
  const mention = one && (await findMention(mentions(db), one.mentionIds.at(-1) ?? one.rootMentionId));
  if (!one || !mention) return null;
  const open = await findOpenReplyTo(replies(db), mention._id);
  const recordAudit = auditRecorder(db, services.auditKey);
  return inTransaction(client)(async (session) => {
    const draft = open ? rewritten(open, answer) : null;
    const fresh = open ? null : freshDraft(one, mention, answer);
    const replyId = draft?.seen._id ?? fresh?._id ?? null;
    if (!(await useLink(db, { tokenHash, sessionHash, replyId }, now, session))) return null;
    await addNote(cases(db), one._id, { at: now, by: answerer, text: `Jawaban OPD: ${text}` }, session);
    const fields = { case: one._id, link: link._id };
    await recordAudit({ at: now, by: answerer, act: 'agency.answer', subject: one._id, fields }, session);
    if (fresh) await addDraft(replies(db), fresh, session);
    // Somebody moved the reply in between: all of it is done again.
    if (draft && !(await moveReply(replies(db), draft, session)))
      throw new Error('the reply changed meanwhile');
    return draft || fresh ? 'draft' : 'note';
  });
}

const rewritable: readonly Reply['state'][] = ['draft', 'submitted', 'changes_requested', 'approved'];
const situation = 'Jawaban OPD';

/** The open draft with the agency's words in place of its own; null where it may not be touched any more. */
function rewritten(open: Reply, { text, answerer, link, now }: Answer): ReplyMove | null {
  if (!rewritable.includes(open.state)) return null;
  return {
    seen: open,
    to: 'draft',
    by: answerer,
    at: now,
    note: 'jawaban OPD',
    set: {
      text,
      templateId: null,
      situation,
      revision: open.revision + 1,
      authors: [...new Set([...open.authors, answerer, link.createdBy])],
      approval: null,
      reason: null,
    },
  };
}

function freshDraft(one: Case, mention: Parameters<typeof targetOf>[0], answer: Answer) {
  const { link, answerer, text, now } = answer;
  const parent = mention.parentId === null ? null : mention.parentId.slice(mention.platform.length + 1);
  return newReply({
    id: `r-${link._id}` as ReplyId,
    caseId: one._id,
    target: targetOf(mention, parent),
    text,
    templateId: null,
    situation,
    authors: [answerer, link.createdBy],
    followUp: one.answeredAt !== null,
    now,
  });
}

/** What the sender of notices needs. */
export function sendNoticesDeps(services: Services): SendNoticesDeps {
  const { db } = services.database;
  const { mail, whatsapp } = services.notifiers;
  return {
    clock: services.clock,
    log: services.log,
    owner: `${hostname()}-${process.pid}`,
    claim: (attempt, now) => claimNotice(db, attempt, now),
    settle: (seen, end) => settleNotice(db, seen, end),
    endOverdue: (now) => endOverdueNotices(db, now),
    textOf: (notice) => textOf(services, notice),
    ways: {
      ...(mail && { mail: (to, text, reference) => mail(to, text, reference) }),
      ...(whatsapp && {
        whatsapp: (to, { template, variables }, reference, signal) =>
          whatsapp({ to, template, variables, reference }, signal),
      }),
    },
  };
}

async function textOf(services: Services, notice: Notice): Promise<NoticeText | null> {
  const { kind, caseId } = notice;
  if (kind === 'gangguan' || kind === 'pulih') return textOfAlarm(services, notice);
  if (kind === 'kontak' || kind === 'jawaban') return citizenText(services, notice, kind);
  const { db } = services.database;
  const one = caseId && (await findCase(cases(db), caseId));
  const link = notice.linkId === null ? null : await findLink(db, notice.linkId);
  if (!one || (notice.linkId !== null && !isUsable(link))) return null;
  const key = linkKey(services);
  const token = link && tokenOf(key, link._id);
  return noticeText({
    kind,
    number: one._id,
    agency: agencyName(services, one.agency),
    due: one.dueAt && spokenDate(one.dueAt, false),
    place: placeOf(one),
    secret: one.secret,
    link: token && isOwnLink(link, notice.recipient) ? `${services.publicUrl}/jawab#${token}` : null,
    code: link && notice.codeNumber !== null ? codeOf(key, link._id, notice.codeNumber) : null,
  });
}

function isUsable(link: AnswerLink | null): link is AnswerLink {
  return link !== null && link.revokedAt === null && link.answeredAt === null;
}

/** A reminder to somebody's superior names no link: that is the recipient's alone. */
function isOwnLink(link: AnswerLink, recipient: Recipient): boolean {
  return link.recipient.id === recipient.id;
}
