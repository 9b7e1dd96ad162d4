import type { Clock } from './core/clock.ts';
import { mentionId } from './domain/ids.ts';
import type { SiteBoard } from './platforms/website/index.ts';
import { cases, findCaseOf } from './store/cases.ts';
import type { Database } from './store/database.ts';
import { findMention, mentions } from './store/mentions.ts';
import { readPhoto } from './store/photos.ts';
import { listSiteAnswers, postSiteAnswer } from './store/site-answers.ts';

/** Our tracking page as the website's connector sees it, over the store. */
export function siteBoard(db: Database['db'], clock: Clock): SiteBoard {
  const idOf = (nativeId: string) => mentionId('website', nativeId);
  return {
    async report(nativeId) {
      const mention = await findMention(mentions(db), idOf(nativeId));
      return mention?.deletedAt === null ? { text: mention.text } : null;
    },
    // A report without a case is on no page either.
    isShown: async (nativeId) => (await findCaseOf(cases(db), idOf(nativeId)))?.secret === false,
    async answers(nativeId, since) {
      const found = await listSiteAnswers(db, [idOf(nativeId)], since);
      return found.map((one) => ({ nativeId: one._id, text: one.text, url: null, postedAt: one.at }));
    },
    post: ({ nativeId, toNativeId, text }) =>
      postSiteAnswer(db, { _id: nativeId, mentionId: idOf(toNativeId), text, at: clock.now() }),
    photo: (id) => readPhoto(db, id, clock.now()),
  };
}
