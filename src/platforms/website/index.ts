import { randomUUID } from 'node:crypto';
import { PermanentError } from '../../core/errors.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Outcome, ReplyTarget } from '../../domain/reply.ts';
import type { Connector, MediaFile, OwnReply, TargetNow } from '../connector.ts';

/** The tracking page, as a platform: what stands there, and how something gets there. */
export interface SiteBoard {
  /** The report as it is now; null when it is gone. */
  readonly report: (nativeId: string) => Promise<{ readonly text: string } | null>;
  /** Whether its citizen can read the page: nobody finds a secret case there. */
  readonly isShown: (nativeId: string) => Promise<boolean>;
  readonly answers: (nativeId: string, since: Date) => Promise<readonly OwnReply[]>;
  /** It can be read from the moment this resolves. */
  readonly post: (answer: {
    readonly nativeId: string;
    readonly toNativeId: string;
    readonly text: string;
  }) => Promise<void>;
  /** A photo of a report, by the id in its media; null when it is gone. */
  readonly photo: (id: string) => Promise<MediaFile | null>;
}

/** Longest answer that the page shows, in characters; a choice of ours: a page of print. */
const longestAnswer = 5_000;

const secretWords =
  'Aduan rahasia tidak tampil di halaman lacak. Sampaikan jawabannya langsung kepada pelapor lewat kontak yang ia tinggalkan, lalu tandai sudah dijawab. / Secret cases are not on the tracking page: tell the citizen directly.';

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
    inspect: (target) => inspect(board, target),
    ownReplies: async (target, since) => ({
      replies: await board.answers(target.nativeId, since),
      completeFrom: since,
    }),
    reply: ({ target, text }) => post(board, target, text),
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

async function post(board: SiteBoard, target: ReplyTarget, text: string): Promise<Outcome> {
  try {
    if (!(await board.isShown(target.nativeId)))
      return {
        kind: 'never',
        reason: 'aduan rahasia tidak tampil di halaman lacak',
        platformWords: secretWords,
      };
  } catch (error) {
    // Nothing was written yet.
    return { kind: 'not-now', reason: `halaman lacak tidak terbaca: ${String(error)}`, retryAfterMs: 10_000 };
  }
  const nativeId = randomUUID();
  try {
    await board.post({ nativeId, toNativeId: target.nativeId, text });
    return { kind: 'accepted', nativeId, url: null };
  } catch (error) {
    return { kind: 'unknown', reason: `jawaban mungkin sudah tampil: ${String(error)}` };
  }
}
