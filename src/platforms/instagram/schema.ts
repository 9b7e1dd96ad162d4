import { z } from 'zod';
import { GraphId, GraphText, GraphTime } from '../graph/listing.ts';

/** Fields of a media object. Source: Instagram Platform, "IG Media". */
export const mediaFields = 'id,caption,media_type,permalink,timestamp,comments_count,username';

export const InstagramMedia = z
  .object({
    id: GraphId,
    caption: GraphText,
    media_type: z.string().optional(),
    permalink: z.url().optional().catch(undefined),
    timestamp: GraphTime,
    comments_count: z.number().int().nonnegative().optional(),
    username: z.string().max(200).optional(),
  })
  .transform(({ timestamp, ...media }) => ({ ...media, postedAt: timestamp }));
export type InstagramMedia = z.infer<typeof InstagramMedia>;

const replyFields = 'id,text,timestamp,username,from,parent_id,hidden';
/** Fields of a comment with its replies. Source: Instagram Platform, "IG Comment". */
export const commentFields = `${replyFields},replies.limit(50){${replyFields}}`;
export { replyFields };

export const InstagramComment = z
  .object({
    id: GraphId,
    text: GraphText,
    timestamp: GraphTime,
    username: z.string().max(200).optional(),
    from: z
      .object({ id: z.string().max(100).optional(), username: z.string().max(200).optional() })
      .optional(),
    parent_id: GraphId.optional(),
    hidden: z.boolean().default(false),
  })
  .transform(({ timestamp, ...comment }) => ({ ...comment, postedAt: timestamp }));
export type InstagramComment = z.infer<typeof InstagramComment>;

/** What is read of a comment beside itself: also when it does not parse, its replies may. */
export const WithReplies = z.object({ id: GraphId, replies: z.unknown() });

/** `GET /me`. `user_id` is the account's id in edges and webhooks; `id` is scoped to the app and matches nothing. */
export const InstagramMe = z.object({ user_id: z.coerce.string(), username: z.string() });
