import { z } from 'zod';

/** X API v2, the fields that we read. Source: docs.x.com, openapi 2.167; both of its vocabularies (`tweet`, `post`). */
const Id = z.string().regex(/^[0-9]{1,19}$/);
const longestText = 30_000;

const Url = z.object({
  url: z.string(),
  expanded_url: z.string().optional(),
  display_url: z.string().optional(),
});
const Entities = z.object({
  urls: z.array(Url).max(200).optional().catch(undefined),
  mentions: z
    .array(z.object({ username: z.string(), id: z.string().optional() }))
    .max(500)
    .optional()
    .catch(undefined),
});
export type Entities = z.infer<typeof Entities>;

const Reference = z.object({ type: z.string(), id: Id });

export const Post = z.object({
  id: Id,
  text: z.string().max(longestText),
  /** The whole text of a post that is longer than `text` shows. */
  note_tweet: z
    .object({ text: z.string().max(longestText), entities: Entities.optional().catch(undefined) })
    .optional(),
  created_at: z.iso.datetime({ offset: true }).optional(),
  author_id: Id.optional(),
  conversation_id: Id.optional(),
  referenced_tweets: z.array(Reference).max(10).optional(),
  referenced_posts: z.array(Reference).max(10).optional(),
  edit_history_tweet_ids: z.array(Id).min(1).max(10).optional(),
  edit_history_post_ids: z.array(Id).min(1).max(10).optional(),
  entities: Entities.optional().catch(undefined),
  attachments: z
    .object({ media_keys: z.array(z.string()).max(20).optional() })
    .optional()
    .catch(undefined),
  lang: z.string().max(20).optional().catch(undefined),
});
export type Post = z.infer<typeof Post>;

export const User = z.object({ id: Id, username: z.string().max(50), name: z.string().max(200).optional() });
export type User = z.infer<typeof User>;

export const MediaItem = z.object({
  media_key: z.string(),
  type: z.string(),
  url: z.string().optional(),
  preview_image_url: z.string().optional(),
});
export type MediaItem = z.infer<typeof MediaItem>;

const list = z.array(z.unknown()).optional().catch(undefined);

/** A list answer whose parts are read one by one, so that one bad part does not spoil the rest. */
export const ListAnswer = z.object({
  data: z.unknown().optional(),
  includes: z.object({ users: list, tweets: list, posts: list, media: list }).optional().catch(undefined),
  errors: list,
  meta: z
    .object({ next_token: z.string().min(1).optional() })
    .optional()
    .catch(undefined),
});
export type ListAnswer = z.infer<typeof ListAnswer>;

/** An entry of `errors` beside (or instead of) data. */
export const PartialError = z.object({
  resource_id: z.string().optional(),
  value: z.string().optional(),
  type: z.string().optional(),
});

export const CreatedAnswer = z.object({ data: z.object({ id: Id }) });
export const MeAnswer = z.object({ data: User });

/** An error body; anything may be missing, even all of it. */
export const ErrorBody = z
  .object({
    title: z.string().optional().catch(undefined),
    detail: z.string().optional().catch(undefined),
    type: z.string().optional().catch(undefined),
    errors: z
      .array(
        z.object({
          parameters: z.record(z.string(), z.unknown()).optional().catch(undefined),
          message: z.string().optional().catch(undefined),
        }),
      )
      .optional()
      .catch(undefined),
  })
  .catch({});
export type ErrorBody = z.infer<typeof ErrorBody>;

/** What of a list parses as `schema`; the rest is left out. */
export function readable<Value>(schema: z.ZodType<Value>, parts: readonly unknown[] | undefined): Value[] {
  return (parts ?? []).flatMap((part) => {
    const parsed = schema.safeParse(part);
    return parsed.success ? [parsed.data] : [];
  });
}
