/** Messages as the command line and the light page list and count them; the desk's inbox has `threads.ts`. */
import type { Filter } from 'mongodb';
import type { ChannelId, MentionId, PlatformId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import type { Mentions } from './mentions.ts';

export interface MentionFilter {
  readonly channelId?: ChannelId | undefined;
  readonly platform?: PlatformId | undefined;
  readonly agency?: string | undefined;
  /** `perlu-dicek`: undecided · `bukan-aduan`, `apresiasi`: decided, without a case · `quarantined`. */
  readonly view?: 'perlu-dicek' | 'bukan-aduan' | 'apresiasi' | 'quarantined' | undefined;
  /** All of these normalised words. */
  readonly words?: readonly string[] | undefined;
  /** False leaves out what is classified as secret, and what is not classified: nobody knows yet. */
  readonly withSecret: boolean;
}

function viewQuery(view: MentionFilter['view']): Filter<Mention> {
  switch (view) {
    case 'perlu-dicek':
      return { 'classification.decided': false, archived: false };
    case 'bukan-aduan':
      return { 'classification.decided': true, 'classification.kind': 'bukan_aduan' };
    case 'apresiasi':
      return { 'classification.decided': true, 'classification.kind': 'apresiasi' };
    case 'quarantined':
      return { 'work.stage': 'quarantined' };
    default:
      return {};
  }
}

function toQuery(filter: MentionFilter): Filter<Mention> {
  return {
    ...(filter.channelId && { channelId: filter.channelId }),
    ...(filter.platform && { platform: filter.platform }),
    ...(filter.agency && { 'classification.agency': filter.agency }),
    ...(filter.words && filter.words.length > 0 && { tokens: { $all: [...filter.words] } }),
    ...(!filter.withSecret && { 'classification.secret': false }),
    ...viewQuery(filter.view),
  };
}

/** Place in a list: the last row's sort keys. */
export interface ListCursor {
  readonly postedAt: Date;
  readonly id: MentionId;
}

/** Newest first. */
export function listMentions(
  mentions: Mentions,
  filter: MentionFilter,
  page: { readonly limit: number; readonly after?: ListCursor | undefined },
): Promise<Mention[]> {
  const { after } = page;
  const from = after && {
    $or: [{ postedAt: { $lt: after.postedAt } }, { postedAt: after.postedAt, _id: { $lt: after.id } }],
  };
  return mentions
    .find({ ...toQuery(filter), ...from })
    .sort({ postedAt: -1, _id: -1 })
    .limit(page.limit)
    .toArray();
}

/** Totals for the summary of a run. */
export async function mentionTotals(mentions: Mentions): Promise<{
  stored: number;
  byPlatform: Record<string, number>;
  byAgency: Record<string, number>;
  needsReview: number;
}> {
  const count = async (field: string) => {
    const rows = await mentions
      .aggregate<{ _id: string | null; n: number }>([
        { $group: { _id: field, n: { $sum: 1 } } },
        { $sort: { n: -1, _id: 1 } },
      ])
      .toArray();
    return Object.fromEntries(rows.filter((row) => row._id !== null).map((row) => [row._id, row.n]));
  };
  return {
    stored: await mentions.countDocuments({}),
    byPlatform: await count('$platform'),
    byAgency: await count('$classification.agency'),
    needsReview: await mentions.countDocuments(toQuery({ view: 'perlu-dicek', withSecret: true })),
  };
}
