/** What platforms publish and send, read by our parsers: understood, or refused with a reason; nothing throws. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ApiResponseError } from 'twitter-api-v2';
import { fixedClock } from '../../src/core/clock.ts';
import { PermanentError, TransientError } from '../../src/core/errors.ts';
import { projectRoot } from '../../src/core/root.ts';
import type { ChannelId } from '../../src/domain/ids.ts';
import type { Received } from '../../src/platforms/connector.ts';
import { facebookConnector } from '../../src/platforms/facebook/index.ts';
import { instagramConnector } from '../../src/platforms/instagram/index.ts';
import { readDelivery } from '../../src/platforms/whatsapp/receive.ts';
import { isStaleCursor, readError, refusalOf } from '../../src/platforms/x/trouble.ts';

const clock = fixedClock('2026-11-24T03:00:00Z');

interface Change {
  readonly value: {
    readonly metadata?: { readonly phone_number_id: string };
    readonly messages?: readonly { readonly type: string }[];
    readonly statuses?: readonly unknown[];
  };
}
interface Delivery {
  readonly entry: readonly { readonly id: string; readonly changes: readonly Change[] }[];
}

function readAsOwn(delivery: Delivery): Received {
  const [entry] = delivery.entry;
  const id = entry?.changes[0]?.value.metadata?.phone_number_id ?? '';
  return readDelivery({ id, businessId: entry?.id ?? '' }, delivery);
}

const published = JSON.parse(
  readFileSync(path.join(projectRoot, 'fixtures/whatsapp/published-deliveries.json'), 'utf8'),
) as { readonly deliveries: Readonly<Record<string, Delivery>> };

// Planted: readMessage without its last `else` → what is of an unknown kind is neither a message nor refused.
test.each(Object.entries(published.deliveries))('WhatsApp, published: %s', (_, delivery) => {
  const { posts, rejected, reports, ours } = readAsOwn(delivery);
  const changes = delivery.entry.flatMap((entry) => entry.changes);
  const messages = changes.flatMap(({ value }) => value.messages ?? []);
  const thumbs = messages.filter(({ type }) => type === 'reaction').length;
  const statuses = changes.flatMap(({ value }) => value.statuses ?? []).length;
  const others = changes.filter(({ value }) => !value.messages && !value.statuses).length;
  expect(ours).toEqual(delivery.entry.map((_entry, place) => place));
  expect(posts.length + rejected.length + reports.length).toBe(messages.length - thumbs + statuses + others);
  for (const post of posts) expect(post.nativeId).not.toBe('');
  for (const { reason } of rejected) expect(reason).toMatch(/ \/ /);
});

/** Recorded shapes whose licence is not ours to give on: replayed where they lie, beside the working copy. */
const recorded = path.resolve(projectRoot, '../shared/samples/misc-recorded');
const beside = existsSync(recorded)
  ? recorded
  : path.resolve(projectRoot, '../../shared/samples/misc-recorded');
const withRecorded = existsSync(beside) ? describe : describe.skip;
const read = (name: string): unknown => JSON.parse(readFileSync(path.join(beside, name), 'utf8'));

withRecorded('recorded shapes (skipped where ../shared/samples is not there)', () => {
  const nowhere = { simulator: new URL('http://127.0.0.1:9'), clock, accessToken: 'none' };
  const entryOf = (delivery: unknown) => (delivery as Delivery).entry[0]?.id ?? '';

  test.each(['facebook-feed-webhook-comment-add.json', 'instagram-comments-webhook-raw.txt'])(
    '%s is ours, and its object is asked for',
    async (name) => {
      const delivery = read(name);
      const account = { id: entryOf(delivery), name: 'uji' };
      const open = {
        ...nowhere,
        channelId: 'uji' as ChannelId,
        account,
        accessToken: name.startsWith('insta') ? async () => 'none' : 'none',
      };
      const connector = name.startsWith('insta')
        ? instagramConnector(open as Parameters<typeof instagramConnector>[0])
        : facebookConnector(open as Parameters<typeof facebookConnector>[0]);
      // Nobody answers there: what was understood waits for the platform, and nothing is lost.
      await expect(connector.receive?.(delivery, AbortSignal.timeout(5_000))).rejects.toThrow(TransientError);
    },
  );

  test('each error of X has its reaction', () => {
    const bodies = read('x-errors.json') as Record<
      string,
      { status: number; body: unknown; headers?: Record<string, string> }
    >;
    for (const [name, { status, body, headers = {} }] of Object.entries(bodies)) {
      const error = new ApiResponseError('refused', {
        ...{ code: status, data: body, headers },
      } as unknown as ConstructorParameters<typeof ApiResponseError>[1]);
      const reaction = readError(error, clock);
      const isKnown = reaction instanceof TransientError || reaction instanceof PermanentError;
      expect([name, isKnown || reaction.name === 'ChannelBrokenError']).toEqual([name, true]);
      if (name.includes('since-id')) expect([name, isStaleCursor(refusalOf(error))]).toEqual([name, true]);
    }
  });
});
