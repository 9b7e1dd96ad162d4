import { createHmac } from 'node:crypto';
import type { SiteContactDeps } from '../api/public/report.ts';
import { type Notice, noticeWays } from '../domain/forward.ts';
import type { MentionId } from '../domain/ids.ts';
import {
  type ContactDeps,
  citizenRecipient,
  contactAddress,
  contactCode,
  giveContactCode,
  requestContactCode,
} from '../forward/contact.ts';
import { type NoticeText, noticeText } from '../forward/words.ts';
import type { Services } from '../services.ts';
import { cases, findCaseOf } from '../store/cases.ts';
import { inTransaction } from '../store/database.ts';
import { addNotices } from '../store/notices.ts';
import { findSiteAnswer } from '../store/site-answers.ts';
import {
  confirmContact,
  countContactCode,
  countContactTry,
  findSiteReport,
  type SiteReport,
} from '../store/site-reports.ts';

/** Another key than that of the agencies' links. */
function contactKey({ auditKey }: Pick<Services, 'auditKey'>): string {
  return createHmac('sha256', auditKey).update('citizen contacts').digest('hex');
}

function contactDeps(services: Services): ContactDeps<SiteReport> {
  const { db, client } = services.database;
  return {
    clock: services.clock,
    key: contactKey(services),
    find: (id) => findSiteReport(db, id),
    async sendCode(report, way, now) {
      const one = await findCaseOf(cases(db), report._id);
      if (!one) return;
      await inTransaction(client)(async (session) => {
        const codeNumber = await countContactCode(db, report, way, now, session);
        if (codeNumber === null) return;
        const notice = {
          _id: `n-kontak-${report._id}-${way}-${codeNumber}`,
          kind: 'kontak' as const,
          caseId: one._id,
          linkId: null,
          recipient: citizenRecipient(report._id, way),
          codeNumber,
        };
        await addNotices(db, [notice], now, session);
      });
    },
    countTry: (report, way, most) => countContactTry(db, report, way, most),
    confirm: (id, way, now) => confirmContact(db, id, way, now),
  };
}

/** Enough to know one's own address again, and no more. */
function hintOf(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? `…${address.slice(-3)}` : `${address.slice(0, 1)}…${address.slice(at)}`;
}

/** What the public pages need of the citizen's contact. */
export function siteContact(services: Services): SiteContactDeps {
  const { notifiers, database } = services;
  const deps = contactDeps(services);
  return {
    async ways(id) {
      const report = await findSiteReport(database.db, id);
      if (!report) return [];
      return noticeWays.flatMap((way) => {
        const address = notifiers[way] && contactAddress(report, way);
        if (!address) return [];
        return { way, hint: hintOf(address), confirmed: Boolean(report.contacts?.[way]?.confirmedAt) };
      });
    },
    sendCode: (id, way) => requestContactCode(deps, id, way),
    giveCode: (id, way, code) => giveContactCode(deps, id, way, code),
  };
}

/** The words of a notice to a citizen, and where it goes; null when his report or the answer is gone. */
export async function citizenText(
  services: Services,
  notice: Notice,
  kind: 'kontak' | 'jawaban',
): Promise<NoticeText | null> {
  const { db } = services.database;
  const { way } = notice.recipient;
  const id = notice.recipient.id as MentionId;
  const report = await findSiteReport(db, id);
  const to = report && contactAddress(report, way);
  if (!to) return null;
  const answer = notice.answerId === undefined ? null : await findSiteAnswer(db, notice.answerId);
  if (kind === 'jawaban' && (!answer || !report.contacts?.[way]?.confirmedAt)) return null;
  const { codeNumber } = notice;
  const text = noticeText({
    kind,
    number: notice.caseId ?? '',
    agency: '',
    due: null,
    place: null,
    secret: false,
    link: new URL('/lacak', services.publicUrl).href,
    code: codeNumber === null ? null : contactCode(contactKey(services), id, way, codeNumber),
    answer: answer?.text ?? null,
  });
  return { ...text, to };
}
