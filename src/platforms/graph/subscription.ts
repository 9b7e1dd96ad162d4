import { z } from 'zod';
import type { GraphClient } from './client.ts';
import { throwTrouble, troubleOf } from './errors.ts';
import { readObject } from './listing.ts';

const Subscriptions = z.object({
  data: z.array(z.object({ subscribed_fields: z.array(z.string()).default([]) })).default([]),
});

/**
 * Looks whether the account delivers these fields to our app, and subscribes where it does not: one of three layers that
 * must all be on (app, field, account), and the only one that lapses by itself.
 * @returns what was repaired, in words
 */
export async function ensureSubscribed(
  client: GraphClient,
  accountId: string,
  fields: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const path = [accountId, 'subscribed_apps'];
  const { body } = await client.get(path, {}, signal);
  const subscribed = new Set(
    readObject(Subscriptions, body).data.flatMap(({ subscribed_fields }) => subscribed_fields),
  );
  const missing = fields.filter((field) => !subscribed.has(field));
  if (missing.length === 0) return [];
  const answer = await client.post(path, { subscribed_fields: fields.join(',') }, signal);
  if (troubleOf(answer)) throwTrouble(answer);
  return [`langganan webhook dipasang / subscription installed: ${missing.join(', ')}`];
}
