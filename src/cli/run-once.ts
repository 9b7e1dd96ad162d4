import { classifyMentions } from '../../workers/classify.ts';
import { pollOnce } from '../../workers/poll.ts';
import { receiveDelivery } from '../../workers/receive.ts';
import { RateLimitedError } from '../core/errors.ts';
import type { ChannelId, MentionId, ReplyId } from '../domain/ids.ts';
import { publishDeps } from '../joins/publish.ts';
import { importWaiting } from '../joins/watched-folder.ts';
import { publish } from '../publish/publish.ts';
import type { Services } from '../services.ts';
import { waitingDeliveries } from '../store/deliveries.ts';
import { mentionTotals } from '../store/mention-list.ts';
import { waitingIds } from '../store/mention-work.ts';
import { mentions } from '../store/mentions.ts';
import { dueReleased } from '../store/outbox.ts';
import { countReplies, nextRelease, replies } from '../store/replies.ts';

/**
 * What a single run printed. It adds up: `found` = `duplicates` + `new`, and `storedBefore` + `new` + `handedOver` =
 * `stored`. The rest is as it stands in the database.
 */
export interface Summary {
  /** Citizens' posts that the platforms served to us in this run, with repeats. */
  readonly found: number;
  /** Found, but stored before. */
  readonly duplicates: number;
  readonly new: number;
  /** Not found on a platform but handed to us in this run: files (the demo's history too), the regency's site, the form. */
  readonly handedOver: number;
  readonly storedBefore: number;
  readonly stored: number;
  readonly byPlatform: Readonly<Record<string, number>>;
  readonly byAgency: Readonly<Record<string, number>>;
  readonly needsReview: number;
  readonly drafted: number;
  readonly published: number;
}

type OnStep = (line: string) => void;

/**
 * Polls every channel once, reads what was delivered and works everything off, without queues: what a worker would do,
 * one after the other.
 */
export async function drain(services: Services, onStep: OnStep): Promise<{ found: number; added: number }> {
  const signal = AbortSignal.timeout(10 * 60_000);
  const sum = { found: 0, added: 0 };
  for (const channelId of services.queues.poll.keys()) {
    const { found, added } = await pollWell(services, channelId, signal);
    sum.found += found;
    sum.added += added;
    onStep(`${channelId}: ${found} ditemukan / found, ${added} baru / new`);
  }
  const files = await importWaiting(services, signal);
  if (files > 0) onStep(`folder impor: ${files} berkas / files`);
  const { found, added } = await receiveAll(services, signal);
  sum.found += found;
  sum.added += added;
  if (found > 0) onStep(`webhook: ${found} ditemukan / found, ${added} baru / new`);
  await classifyAll(services, onStep);
  return sum;
}

async function pollWell(
  services: Services,
  channelId: ChannelId,
  signal: AbortSignal,
): Promise<{ found: number; added: number }> {
  try {
    return (await pollOnce(services, channelId, 'normal', signal)) ?? { found: 0, added: 0 };
  } catch (error) {
    if (error instanceof RateLimitedError) return { found: 0, added: 0 };
    throw error;
  }
}

async function receiveAll(
  services: Services,
  signal: AbortSignal,
): Promise<{ found: number; added: number }> {
  const sum = { found: 0, added: 0 };
  const tried = new Set<string>();
  for (;;) {
    const waiting = await waitingDeliveries(services.database.db, 1_000);
    const ids = waiting.filter((id) => !tried.has(id));
    if (ids.length === 0) return sum;
    for (const id of ids) {
      tried.add(id);
      const { found, added } = await receiveDelivery(services, id, signal);
      sum.found += found;
      sum.added += added;
    }
  }
}

async function classifyAll(services: Services, onStep: OnStep): Promise<void> {
  const all = mentions(services.database.db);
  let done = 0;
  let before: readonly MentionId[] = [];
  for (;;) {
    const ids = await waitingIds(all, 100);
    // The same again: they cannot be classified now, the sweeper will count their tries.
    if (ids.length === 0 || ids.join() === before.join()) return;
    await classifyMentions(services, ids);
    before = ids;
    done += ids.length;
    if (done % 500 === 0) onStep(`${done} pesan diklasifikasi / messages classified`);
  }
}

/** A wait that is worth a line on the screen; releases made one after the other are waited for together. */
const worthTellingMs = 5_000;

/** Sends what is released, waiting for holds that end within a minute. What a switch holds back stays where it is. */
export async function sendReleased(services: Services, onStep: OnStep): Promise<void> {
  const all = replies(services.database.db);
  const deps = publishDeps(services);
  const held = new Set<ReplyId>();
  for (;;) {
    const due = await dueReleased(all, services.clock.now(), 100 + held.size);
    for (const { _id, version } of due.filter((reply) => !held.has(reply._id))) {
      const published = await publish(deps, _id, version);
      if (published === 'held' || published === 'not-ours') held.add(_id);
    }
    const next = await nextRelease(all, [...held]);
    const wait = next === null ? Number.POSITIVE_INFINITY : next.getTime() - services.clock.now().getTime();
    if (wait > 60_000) break;
    if (wait > worthTellingMs)
      onStep(`menunggu masa tunggu kirim / waiting for the hold: ${Math.ceil(wait / 1_000)} s`);
    await new Promise((resolve) => setTimeout(resolve, Math.max(wait, 0) + 50));
  }
  if (held.size > 0) onStep(`${held.size} balasan ditahan / replies held back (stop switch, or the channel)`);
}

/** How many messages there are. */
export function storedNow({ database }: Services): Promise<number> {
  return mentions(database.db).countDocuments({});
}

/** @param run what this run found, and how much was stored before it */
export async function summaryOf(
  services: Services,
  run: { readonly found: number; readonly added: number; readonly storedBefore: number },
): Promise<Summary> {
  const totals = await mentionTotals(mentions(services.database.db));
  const byState = await countReplies(replies(services.database.db));
  return {
    found: run.found,
    duplicates: run.found - run.added,
    new: run.added,
    handedOver: totals.stored - run.storedBefore - run.added,
    storedBefore: run.storedBefore,
    ...totals,
    drafted: Object.values(byState).reduce((sum, n) => sum + n, 0),
    published: byState.sent ?? 0,
  };
}
