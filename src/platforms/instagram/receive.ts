import { z } from 'zod';
import type { Received } from '../connector.ts';
import type { GraphClient } from '../graph/client.ts';
import { readEntries, type Sheet } from '../graph/delivery.ts';
import { readDirect } from '../graph/direct.ts';
import { GraphId, readObject } from '../graph/listing.ts';
import { type OwnAccount, toFoundComment, toFoundTag } from './found.ts';
import { InstagramComment, InstagramMedia, mediaFields, replyFields } from './schema.ts';

interface ReceiveDeps {
  readonly client: GraphClient;
  readonly account: OwnAccount;
}

/** Fields of the account that we subscribe to. `comments` needs Advanced Access: without it nothing comes, silently. */
export const subscription = {
  fields: ['comments', 'mentions', 'messages'],
  refusable: new Map([
    [
      'mentions',
      'Instagram tidak mau mengirim kabar "mentions" sendiri. Pada Instagram Login sebutan datang bersama "comments"; kiriman yang menandai akun tetap ditanyakan berkala. / Instagram refuses the field "mentions"; with Instagram Login mentions come with "comments", and tags are still polled.',
    ],
  ]),
};

/** Real deliveries name the comment `id`, the reference `comment_id`. No time: the comment itself is read. */
const Commented = z
  .object({
    id: GraphId.optional(),
    comment_id: GraphId.optional(),
    parent_id: GraphId.optional(),
    media: z.object({ id: GraphId }),
  })
  .transform(({ id, comment_id, ...rest }, context) => {
    const comment = id ?? comment_id;
    if (comment === undefined) context.addIssue({ code: 'custom', message: 'names no comment' });
    return { ...rest, comment: comment ?? '' };
  });
const Mentioned = z.object({ media_id: GraphId, comment_id: GraphId.optional() });
const MentionedComment = z.object({ mentioned_comment: InstagramComment });
const MentionedMedia = z.object({ mentioned_media: InstagramMedia });

/** Reads a delivery of the account; the objects that it names are read with the fields of a poll. */
export function receiveInstagram(
  deps: ReceiveDeps,
  delivery: unknown,
  signal: AbortSignal,
): Promise<Received> {
  const media = new Map<string, Promise<InstagramMedia>>();
  const mediaOf = (id: string) => {
    const found = media.get(id) ?? readMedia(deps, id, signal);
    media.set(id, found);
    return found;
  };
  return readEntries(deps.account.id, delivery, {
    message: (sheet, raw) => readDirect(sheet, 'instagram', raw),
    async change(sheet, { field, value }) {
      const comment = field === 'comments' ? Commented.safeParse(value) : null;
      const mention = field === 'mentions' ? Mentioned.safeParse(value) : null;
      if (comment?.success) {
        await sheet.once(comment.data.comment, () =>
          readComment(deps, sheet, { ...comment.data, mediaOf }, signal),
        );
      } else if (mention?.success) {
        const { media_id, comment_id } = mention.data;
        await sheet.once(comment_id ?? media_id, () => readMention(deps, sheet, mention.data, signal));
      } else sheet.reject(`Kabar tidak dikenal / unknown event: ${field}`, value);
    },
  });
}

async function readMedia({ client }: ReceiveDeps, id: string, signal: AbortSignal): Promise<InstagramMedia> {
  const { body } = await client.get([id], { fields: mediaFields }, signal);
  return readObject(InstagramMedia, body);
}

async function readComment(
  { client, account }: ReceiveDeps,
  sheet: Sheet,
  of: z.infer<typeof Commented> & { readonly mediaOf: (id: string) => Promise<InstagramMedia> },
  signal: AbortSignal,
): Promise<void> {
  const { body } = await client.get([of.comment], { fields: replyFields }, signal);
  const item = readObject(InstagramComment, body);
  const parentId = item.parent_id ?? of.parent_id ?? null;
  sheet.posts.push(toFoundComment(account, await of.mediaOf(of.media.id), { item, raw: body }, parentId));
}

/** Where somebody named the account on his own media: only this way in, no list of them exists. */
async function readMention(
  { client, account }: ReceiveDeps,
  sheet: Sheet,
  { media_id, comment_id }: z.infer<typeof Mentioned>,
  signal: AbortSignal,
): Promise<void> {
  if (comment_id === undefined) {
    const fields = `mentioned_media.media_id(${media_id}){id,caption,media_type,permalink,timestamp,username}`;
    const { body } = await client.get([account.id], { fields }, signal);
    const item = readObject(MentionedMedia, body).mentioned_media;
    sheet.posts.push(toFoundTag(account, { item, raw: body }));
    return;
  }
  const fields = `mentioned_comment.comment_id(${comment_id}){id,text,timestamp,username}`;
  const { body } = await client.get([account.id], { fields }, signal);
  const item = readObject(MentionedComment, body).mentioned_comment;
  const post = toFoundComment(account, { id: media_id, caption: '' }, { item, raw: body }, null);
  sheet.posts.push({ ...post, reach: 'tag', ownPost: null });
}
