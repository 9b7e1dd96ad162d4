import type { Mention } from '../domain/mention.ts';
import { copiesOf, fingerprinted } from '../store/fingerprints.ts';
import { findMentions, mentions } from '../store/mentions.ts';
import type { ApiContext } from './context.ts';
import { mask, oneLine } from './masking.ts';
import { visibleAmong } from './visible-mentions.ts';

const shownAtMost = 8;

/** Who else wrote nearly the same: an advert, a forwarded text, neighbours with one petition. People decide which. */
export async function copiesSeen(context: ApiContext, mention: Mention) {
  const { db } = context.deps;
  const print = fingerprinted(mention);
  const copies = print === null ? [] : ((await copiesOf(db, [print])).get(mention._id) ?? []);
  const likest = copies.slice(0, shownAtMost).map(({ _id }) => _id);
  const visible = await visibleAmong(context, await findMentions(mentions(db), likest));
  const place = new Map(likest.map((id, at) => [id, at]));
  return {
    count: copies.length,
    people: new Set(copies.map(({ by }) => by)).size,
    shown: visible
      .map(({ mention: one }) => one)
      .sort((a, b) => (place.get(a._id) ?? 0) - (place.get(b._id) ?? 0))
      .map((one) => ({
        id: one._id,
        caseNumber: one.caseId,
        line: oneLine(mask(one.text), 120),
        platform: one.platform,
        postedAt: one.postedAt,
      })),
  };
}
