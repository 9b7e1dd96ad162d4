import { z } from 'zod';
import { TransientError } from '../../core/errors.ts';
import type { Rejected } from '../connector.ts';
import type { GraphAnswer } from './answer.ts';
import type { Params } from './client.ts';

/** Ids of Graph objects: digits, or two such numbers joined. They become parts of addresses, so nothing else passes. */
export const GraphId = z.string().regex(/^\d{1,40}(_\d{1,40})?$/);

/** `2017-08-31T19:16:02+0000` */
export const GraphTime = z
  .string()
  .max(40)
  .transform((text, context) => {
    const at = new Date(text);
    if (Number.isNaN(at.getTime())) context.addIssue({ code: 'custom', message: 'not a time' });
    return at;
  });

/** Text of a citizen. Left out by Graph where a comment is only a picture. Halved emoji become U+FFFD, as in the store. */
export const GraphText = z
  .string()
  .max(70_000)
  .default('')
  .transform((text) => Buffer.from(text, 'utf8').toString('utf8'));

const Listing = z.object({
  data: z.array(z.unknown()),
  paging: z.object({ next: z.string().optional() }).optional().catch(undefined),
});

/** One page of an edge, its items not yet parsed. */
export interface ListPage {
  readonly items: readonly unknown[];
  /** Parameters of the next page; null on the last one. */
  readonly next: Params | null;
}

/** @throws {TransientError} when the answer is no list at all */
export function readListing({ body }: Pick<GraphAnswer, 'body'>): ListPage {
  const parsed = Listing.safeParse(body);
  if (!parsed.success) throw new TransientError('the answer is not a list');
  return { items: parsed.data.data, next: nextParams(parsed.data.paging?.next) };
}

/** @throws {TransientError} when the answer is not such an object */
export function readObject<Value>(schema: z.ZodType<Value>, body: unknown): Value {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new TransientError(`unreadable answer: ${z.prettifyError(parsed.error).slice(0, 300)}`);
}

/** A list inside another object: empty where there is none. @returns null when something else stands in its place */
export function readNested(value: unknown): ListPage | null {
  if (value === undefined) return { items: [], next: null };
  const parsed = Listing.safeParse(value);
  return parsed.success ? { items: parsed.data.data, next: nextParams(parsed.data.paging?.next) } : null;
}

/**
 * Only the parameters of `paging.next` are used, on our own address: the link itself names a host and repeats the token.
 */
function nextParams(next: string | undefined): Params | null {
  if (next === undefined || !URL.canParse(next)) return null;
  const parameters = [...new URL(next).searchParams];
  return Object.fromEntries(
    parameters.filter(([name]) => name !== 'access_token' && name !== 'appsecret_proof'),
  );
}

/** Parses each item on its own, so that one that does not fit leaves the rest alone. */
export function parseItems<Item>(
  items: readonly unknown[],
  schema: z.ZodType<Item>,
): { readonly fits: readonly { item: Item; raw: unknown }[]; readonly rejected: readonly Rejected[] } {
  const fits: { item: Item; raw: unknown }[] = [];
  const rejected: Rejected[] = [];
  for (const raw of items) {
    const parsed = schema.safeParse(raw);
    if (parsed.success) fits.push({ item: parsed.data, raw: withoutNested(raw) });
    else
      rejected.push({ nativeId: idOf(raw), reason: z.prettifyError(parsed.error), raw: withoutNested(raw) });
  }
  return { fits, rejected };
}

function idOf(raw: unknown): string | null {
  const parsed = z.object({ id: GraphId }).safeParse(raw);
  return parsed.success ? parsed.data.id : null;
}

/** What is kept of an item: without its nested lists, which are posts of their own. */
function withoutNested(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw;
  return Object.fromEntries(
    Object.entries(raw).filter(([name]) => name !== 'replies' && name !== 'comments'),
  );
}

/** Meta's times have whole seconds: a reply of the same second must not look older. */
export function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1_000) * 1_000);
}
