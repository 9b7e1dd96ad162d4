import { z } from 'zod';
import type { Received } from '../connector.ts';
import type { GraphClient } from '../graph/client.ts';
import { readEntries, type Sheet } from '../graph/delivery.ts';
import { readDirect } from '../graph/direct.ts';
import { GraphId, readObject } from '../graph/listing.ts';
import {
  commentId,
  lastSegment,
  type OwnPage,
  type PostAbove,
  postId,
  toFoundComment,
  toFoundPost,
} from './found.ts';
import { commentFields, FacebookComment, FacebookPost, postFields } from './schema.ts';

interface ReceiveDeps {
  readonly client: GraphClient;
  readonly page: OwnPage;
}

/** Fields of the Page that we subscribe to. */
export const subscribedFields = ['feed', 'mention', 'messages'] as const;

/** `value` of a change in `feed` or `mention`. Source: Graph API Webhooks, "Page". */
const Happened = z.object({
  item: z.string().max(60),
  verb: z.string().max(60).default('add'),
  post_id: GraphId.optional(),
  comment_id: GraphId.optional(),
  from: z.object({ id: z.string() }).optional().catch(undefined),
});
type Happened = z.infer<typeof Happened>;

const writing = ['post', 'status', 'photo', 'video', 'share', 'link'];

/**
 * Reads a delivery of the Page. An event only names what happened: the object itself is read with the fields of a poll,
 * so that a comment is the same message whichever way it came first.
 */
export function receiveFacebook(
  deps: ReceiveDeps,
  delivery: unknown,
  signal: AbortSignal,
): Promise<Received> {
  const above = postsAbove(deps, signal);
  return readEntries(deps.page.id, delivery, {
    message: (sheet, raw) => readDirect(sheet, 'facebook', raw),
    async change(sheet, { field, value }) {
      const parsed = Happened.safeParse(value);
      if (!parsed.success || !['feed', 'mention'].includes(field)) {
        sheet.reject(`Kabar tidak dikenal / unknown event: ${field}`, value);
        return;
      }
      const { item, post_id, comment_id } = parsed.data;
      if (item === 'comment' && post_id !== undefined && comment_id !== undefined) {
        const id = commentId(post_id, comment_id);
        if (parsed.data.verb === 'remove') sheet.removed.push(id);
        else
          await sheet.once(id, () => readComment(deps, sheet, { id, post: post_id, field, above }, signal));
      } else if (writing.includes(item) && post_id !== undefined) {
        await readPost(deps, sheet, { ...parsed.data, post_id, field }, signal);
      }
    },
  });
}

type Above = (id: string) => Promise<PostAbove>;

/** The post above a comment, read once in a delivery. */
function postsAbove({ client, page }: ReceiveDeps, signal: AbortSignal): Above {
  const known = new Map<string, Promise<PostAbove>>();
  const read = async (id: string): Promise<PostAbove> => {
    const { body } = await client.get([id], { fields: postFields }, signal);
    const { message, from } = readObject(FacebookPost, body);
    return { id, text: message, visitor: from?.id !== undefined && from.id !== page.id };
  };
  return (id) => {
    const found = known.get(id) ?? read(id);
    known.set(id, found);
    return found;
  };
}

async function readComment(
  { client, page }: ReceiveDeps,
  sheet: Sheet,
  of: { readonly id: string; readonly post: string; readonly field: string; readonly above: Above },
  signal: AbortSignal,
): Promise<void> {
  const { body } = await client.get([of.id], { fields: commentFields }, signal);
  const found = { item: readObject(FacebookComment, body), raw: body };
  if (of.field === 'mention') {
    // Under somebody else's post: what it says is all that we may read there.
    const above = { id: of.post, text: '', visitor: true };
    const post = toFoundComment(page, above, found);
    sheet.posts.push({ ...post, reach: 'tag', parentNativeId: null, threadNativeId: post.nativeId });
    return;
  }
  sheet.posts.push(toFoundComment(page, await of.above(postId(page, of.post)), found));
}

async function readPost(
  { client, page }: ReceiveDeps,
  sheet: Sheet,
  { post_id, verb, from, field }: Happened & { readonly post_id: string; readonly field: string },
  signal: AbortSignal,
): Promise<void> {
  if (from?.id === page.id) return;
  const isTag = field === 'mention';
  const id = isTag ? post_id : postId(page, post_id);
  if (verb === 'remove') {
    sheet.removed.push(id);
    return;
  }
  await sheet.once(id, async () => {
    const { body } = await client.get([id], { fields: postFields }, signal);
    const item = readObject(FacebookPost, body);
    if (item.from?.id === page.id || lastSegment(item.id) !== lastSegment(id)) return;
    sheet.posts.push(toFoundPost(id, isTag ? 'tag' : 'visitor-post', { item, raw: body }));
  });
}
