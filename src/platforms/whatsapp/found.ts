import { HOUR } from '../../core/clock.ts';
import type { FoundPost, Media } from '../../domain/mention.ts';
import { hashedId } from '../graph/hashed-id.ts';
import type { Contact, Message } from './schema.ts';

/** Free text is taken this long after the person's last message. Source: Cloud API, "Customer service windows". */
const windowMs = 24 * HOUR;

/** Kinds of messages that people write. Others are not taken for posts: receive.ts says what happens to them. */
const fileKinds = ['image', 'video', 'audio', 'document', 'sticker'] as const;

/** A citizen's message; null when it is of a kind that says nothing by itself. */
export function toFoundPost(message: Message, contacts: readonly Contact[], raw: unknown): FoundPost | null {
  const content = contentOf(message);
  const person = message.from ?? message.from_user_id;
  if (content === null || person === undefined) return null;
  const contact = contacts.find(
    ({ wa_id, user_id }) => wa_id === person || (user_id !== undefined && user_id === message.from_user_id),
  );
  const alias = message.from_user_id ?? contact?.user_id;
  return {
    platform: 'whatsapp',
    nativeId: hashedId(message.id),
    latestNativeId: message.id,
    version: 0,
    text: content.text,
    author: {
      id: person,
      handle: null,
      name: contact?.profile?.name ?? null,
      ...(alias !== undefined && alias !== person && { alias }),
    },
    byUs: false,
    url: null,
    postedAt: message.timestamp,
    reach: 'private',
    parentNativeId: null,
    threadNativeId: person,
    quoted: null,
    ownPost: null,
    hidden: false,
    media: content.media,
    language: null,
    replyUntil: new Date(message.timestamp.getTime() + windowMs),
    raw,
  };
}

interface Content {
  readonly text: string;
  readonly media: readonly Media[];
}

function contentOf(message: Message): Content | null {
  const words = wordsOf(message);
  if (words !== null) return { text: words, media: [] };
  const kind = fileKinds.find((one) => one === message.type);
  const file = kind && message[kind];
  if (!kind || !file) return null;
  const type = kind === 'image' || kind === 'sticker' ? 'photo' : kind === 'video' ? 'video' : 'other';
  const media = file.id === undefined ? [] : [{ type, id: file.id, url: null } as const];
  return { text: file.caption ?? '', media };
}

function wordsOf({ type, text, location, button, interactive }: Message): string | null {
  switch (type) {
    case 'text':
      return text?.body ?? null;
    case 'location':
      return location ? placeWords(location) : null;
    case 'button':
      return button?.text ?? null;
    case 'interactive':
      return interactive?.button_reply?.title ?? interactive?.list_reply?.title ?? null;
    case 'contacts':
      return '[membagikan kontak]';
    case 'order':
      return '[mengirim pesanan]';
    case 'unsupported':
      return '[pesan yang tidak dapat diteruskan WhatsApp: mintalah dikirim ulang sebagai teks atau foto]';
    default:
      return null;
  }
}

function placeWords({ latitude, longitude, name, address }: NonNullable<Message['location']>): string {
  const point = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return `Lokasi: ${[name, address, point].filter((part) => part !== undefined && part !== '').join(', ')}`;
}
