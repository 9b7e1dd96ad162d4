import { z } from 'zod';
import { GraphId, GraphText, GraphTime } from '../graph/listing.ts';

/** Missing without a Page token, without Advanced Access, or by the person's privacy settings. */
const From = z
  .object({ id: z.string().max(100).optional(), name: z.string().max(500).optional() })
  .optional()
  .catch(undefined);
const Picture = z
  .object({ image: z.object({ src: z.url().optional() }).optional() })
  .optional()
  .catch(undefined);
const Attachment = z.object({
  type: z.string().optional(),
  media_type: z.string().optional(),
  media: Picture,
});
export type Attachment = z.infer<typeof Attachment>;
const Summary = z.object({ total_count: z.number().int().nonnegative().optional() });

/** Fields of a post, with the number of comments of both levels. Source: Graph API, "Page Post". */
export const postFields =
  'id,message,created_time,from{id,name},permalink_url,is_hidden,attachments,comments.filter(stream).limit(0).summary(true)';

export const FacebookPost = z
  .object({
    id: GraphId,
    message: GraphText,
    created_time: GraphTime,
    from: From,
    permalink_url: z.url().optional().catch(undefined),
    is_hidden: z.boolean().default(false),
    attachments: z
      .object({ data: z.array(Attachment) })
      .optional()
      .catch(undefined),
    comments: z.object({ summary: Summary }).optional().catch(undefined),
  })
  .transform(({ created_time, ...post }) => ({ ...post, postedAt: created_time }));
export type FacebookPost = z.infer<typeof FacebookPost>;

/** Fields of a comment. Source: Graph API, "Comment". */
export const commentFields =
  'id,message,created_time,from{id,name},parent{id},is_hidden,permalink_url,attachment,comment_count';

export const FacebookComment = z
  .object({
    id: GraphId,
    message: GraphText,
    created_time: GraphTime,
    from: From,
    parent: z.object({ id: GraphId }).optional(),
    is_hidden: z.boolean().default(false),
    permalink_url: z.url().optional().catch(undefined),
    attachment: Attachment.optional().catch(undefined),
  })
  .transform(({ created_time, ...comment }) => ({ ...comment, postedAt: created_time }));
export type FacebookComment = z.infer<typeof FacebookComment>;

/** `summary` of a comments edge; its count depends on `filter` and may exceed what is returned. */
export const WithSummary = z.object({ summary: Summary.optional().catch(undefined) });

export const FacebookMe = z.object({ id: z.string(), name: z.string() });

/** `GET /debug_token`. Source: Graph API, "Debug Token". */
export const DebugToken = z.object({
  data: z.object({
    type: z.string().optional(),
    is_valid: z.boolean(),
    /** Unix seconds; 0: never. */
    expires_at: z.number().default(0),
    data_access_expires_at: z.number().default(0),
    scopes: z.array(z.string()).default([]),
    error: z.object({ message: z.string() }).optional(),
  }),
});
