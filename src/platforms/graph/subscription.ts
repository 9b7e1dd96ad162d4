import { z } from 'zod';
import type { Subscribed } from '../connector.ts';
import type { GraphClient } from './client.ts';
import { throwTrouble, troubleOf } from './errors.ts';
import { readObject } from './listing.ts';

const Subscriptions = z.object({
  data: z.array(z.object({ subscribed_fields: z.array(z.string()).default([]) })).default([]),
});

export interface WantedFields {
  readonly fields: readonly string[];
  /** Fields that the platform's documents do not agree on, with what it means when it refuses them. */
  readonly refusable?: ReadonlyMap<string, string>;
}

/**
 * Looks whether the account delivers these fields to our app, and subscribes where it does not: one of three layers that
 * must all be on (app, field, account), and the only one that lapses by itself. One refused field refuses the whole call,
 * so the others are then asked for without those that may be refused.
 */
export async function ensureSubscribed(
  client: GraphClient,
  accountId: string,
  { fields, refusable = new Map() }: WantedFields,
  signal: AbortSignal,
): Promise<Subscribed> {
  const path = [accountId, 'subscribed_apps'];
  const { body } = await client.get(path, {}, signal);
  const subscribed = new Set(
    readObject(Subscriptions, body).data.flatMap(({ subscribed_fields }) => subscribed_fields),
  );
  const missing = fields.filter((field) => !subscribed.has(field));
  if (missing.length === 0) return { repaired: [], refused: [] };
  const ask = (wanted: readonly string[]) =>
    client.post(path, { subscribed_fields: wanted.join(',') }, signal);

  const whole = await ask(fields);
  const found = troubleOf(whole);
  if (!found) return { repaired: [installed(missing)], refused: [] };
  const doubtful = missing.filter((field) => refusable.has(field));
  if (found.trouble !== 'request' || doubtful.length === 0) throwTrouble(whole);

  const refused = doubtful.map((field) => refusable.get(field) ?? field);
  const surely = missing.filter((field) => !refusable.has(field));
  if (surely.length === 0) return { repaired: [], refused };
  const rest = await ask(fields.filter((field) => !doubtful.includes(field)));
  if (troubleOf(rest)) throwTrouble(rest);
  return { repaired: [installed(surely)], refused };
}

function installed(fields: readonly string[]): string {
  return `langganan webhook dipasang / subscription installed: ${fields.join(', ')}`;
}
