import { randomUUID } from 'node:crypto';
import { PermanentError } from '../../core/errors.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Capability, Outcome, ReplyTarget } from '../../domain/reply.ts';
import type { Connector, MediaFile, OwnReply, Send, TargetNow } from '../connector.ts';

/** The tracking page, as a platform: what stands there, and how something gets there. */
export interface SiteBoard {
  /** The report as it is now; null when it is gone. */
  readonly report: (nativeId: string) => Promise<{ readonly text: string } | null>;
  /** Where its citizen would read an answer: the page (nobody finds a secret case there), or the contact he confirmed. */
  readonly audience: (nativeId: string) => Promise<'page' | 'contact' | 'nobody'>;
  readonly answers: (nativeId: string, since: Date) => Promise<readonly OwnReply[]>;
  /** It can be read from the moment this resolves; a confirmed contact is told too, by the outbox of notices. */
  readonly post: (answer: {
    readonly nativeId: string;
    readonly toNativeId: string;
    readonly text: string;
  }) => Promise<void>;
  /** One message to the confirmed contact, no retry: never on the page. */
  readonly deliver: (
    answer: { readonly toNativeId: string; readonly text: string; readonly reference: string },
    signal: AbortSignal,
  ) => Promise<Outcome>;
  /** A photo of a report, by the id in its media; null when it is gone. */
  readonly photo: (id: string) => Promise<MediaFile | null>;
}

/** Longest answer that the page shows, in characters; a choice of ours: a page of print. */
const longestAnswer = 5_000;

const nobodyReads = {
  by: 'hand',
  reason: {
    id: 'Aduan rahasia tidak tampil di halaman lacak, dan pelapor belum memastikan kontaknya. Sampaikan jawabannya langsung kepada pelapor, lalu tandai sudah dijawab.',
    en: 'Secret cases are not on the tracking page, and the citizen has not confirmed a contact. Tell him directly, then mark it as answered.',
  },
} as const satisfies Capability;

/**
 * Our own form and tracking page. Reports are pushed in by src/api/public, so there is nothing to poll; an answer is
 * published by putting it on the page.
 */
export function websiteConnector(options: {
  readonly channelId: ChannelId;
  readonly account: { readonly id: string; readonly name: string };
  readonly board: SiteBoard;
}): Connector {
  const { board, account } = options;
  return {
    platform: 'website',
    channelId: options.channelId,
    measure: (text) => ({ used: [...text].length, limit: longestAnswer }),
    capability: (target) =>
      target.reach === 'import'
        ? {
            by: 'hand',
            reason: {
              id: 'Aduan ini datang dari berkas: jawab di kanal asalnya.',
              en: 'This case came in a file: answer where it came from.',
            },
          }
        : { by: 'api' },
    capabilityNow: async ({ nativeId }) =>
      (await board.audience(nativeId)) === 'nobody' ? nobodyReads : { by: 'api' },
    inspect: (target) => inspect(board, target),
    ownReplies: async (target, since) => ({
      replies: await board.answers(target.nativeId, since),
      completeFrom: since,
    }),
    reply: (send, signal) => post(board, send, signal),
    media: async ({ id }) => {
      const photo = id === null ? null : await board.photo(id);
      if (photo === null) throw new PermanentError('the photo is gone');
      return photo;
    },
    probe: async () => ({ account, expiresAt: null, warnings: [] }),
  };
}

async function inspect(board: SiteBoard, target: ReplyTarget): Promise<TargetNow> {
  const report = await board.report(target.nativeId);
  return report === null
    ? { state: 'gone' }
    : { state: 'present', text: report.text, hidden: false, latestNativeId: target.nativeId };
}

async function post(
  board: SiteBoard,
  { target, text, reference }: Send,
  signal: AbortSignal,
): Promise<Outcome> {
  const toNativeId = target.nativeId;
  let audience: Awaited<ReturnType<SiteBoard['audience']>>;
  try {
    audience = await board.audience(toNativeId);
  } catch (error) {
    // Nothing was written yet.
    return { kind: 'not-now', reason: `halaman lacak tidak terbaca: ${String(error)}`, retryAfterMs: 10_000 };
  }
  if (audience === 'nobody')
    return { kind: 'never', reason: 'tidak ada yang membacanya', platformWords: nobodyReads.reason.id };
  const nativeId = randomUUID();
  try {
    if (audience === 'contact') return await board.deliver({ toNativeId, text, reference }, signal);
    await board.post({ nativeId, toNativeId, text });
    return { kind: 'accepted', nativeId, url: null };
  } catch (error) {
    return { kind: 'unknown', reason: `jawaban mungkin sudah sampai: ${String(error)}` };
  }
}
