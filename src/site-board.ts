import type { Clock } from './core/clock.ts';
import { type MentionId, mentionId } from './domain/ids.ts';
import { citizenRecipient, confirmedWay, contactAddress } from './forward/contact.ts';
import { answerText, longestByWhatsapp } from './forward/words.ts';
import type { Notifiers } from './notify/notifiers.ts';
import type { SiteBoard } from './platforms/website/index.ts';
import { cases, findCaseOf } from './store/cases.ts';
import { type Database, inTransaction } from './store/database.ts';
import { findMention, mentions } from './store/mentions.ts';
import { addNotices } from './store/notices.ts';
import { readPhoto } from './store/photos.ts';
import { listSiteAnswers, postSiteAnswer } from './store/site-answers.ts';
import { findSiteReport } from './store/site-reports.ts';

/** Our tracking page as the website's connector sees it, over the store. */
export function siteBoard({ db, client }: Database, clock: Clock, notifiers: Notifiers): SiteBoard {
  const idOf = (nativeId: string) => mentionId('website', nativeId);
  /** The contact that its owner confirmed, as far as that way is set up here. */
  const contactOf = async (id: MentionId) => {
    const report = await findSiteReport(db, id);
    const way = confirmedWay(report);
    const address = report && way && notifiers[way] ? contactAddress(report, way) : null;
    return way && address ? { way, address } : null;
  };
  return {
    async report(nativeId) {
      const mention = await findMention(mentions(db), idOf(nativeId));
      return mention?.deletedAt === null ? { text: mention.text } : null;
    },
    async audience(nativeId) {
      // A report without a case is on no page either.
      if ((await findCaseOf(cases(db), idOf(nativeId)))?.secret === false) return 'page';
      return (await contactOf(idOf(nativeId))) === null ? 'nobody' : 'contact';
    },
    async answers(nativeId, since) {
      const found = await listSiteAnswers(db, [idOf(nativeId)], since);
      return found.map((one) => ({ nativeId: one._id, text: one.text, url: null, postedAt: one.at }));
    },
    async post({ nativeId: _id, toNativeId, text }) {
      const id = idOf(toNativeId);
      const now = clock.now();
      const [contact, one] = await Promise.all([contactOf(id), findCaseOf(cases(db), id)]);
      await inTransaction(client)(async (session) => {
        await postSiteAnswer(db, { _id, mentionId: id, text, at: now }, session);
        if (!contact || !one) return;
        const recipient = citizenRecipient(id, contact.way);
        const told = { kind: 'jawaban', caseId: one._id, linkId: null, codeNumber: null } as const;
        await addNotices(db, [{ _id: `n-jawaban-${_id}`, ...told, recipient, answerId: _id }], now, session);
      });
    },
    async deliver({ toNativeId, text, reference }, signal) {
      const contact = await contactOf(idOf(toNativeId)).catch((error: unknown) => String(error));
      if (typeof contact === 'string') return { kind: 'not-now', reason: contact, retryAfterMs: 10_000 };
      const words = answerText(text, null);
      if (contact?.way === 'mail' && notifiers.mail) return notifiers.mail(contact.address, words, reference);
      if (contact?.way !== 'whatsapp' || !notifiers.whatsapp)
        return { kind: 'never', reason: 'no contact', platformWords: 'kontak pelapor belum dipastikan' };
      if (text.length > longestByWhatsapp) {
        const platformWords = `WhatsApp hanya membawa ${longestByWhatsapp} huruf. Ringkas jawaban rahasia ini.`;
        return { kind: 'never', reason: 'too long', platformWords };
      }
      const { template, variables } = words;
      return notifiers.whatsapp({ to: contact.address, template, variables, reference }, signal);
    },
    photo: (id) => readPhoto(db, id, clock.now()),
  };
}
