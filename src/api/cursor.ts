import { RefusedError } from '../core/errors.ts';
import type { Place } from '../store/threads.ts';

/** A place in a list as one opaque word. */
export function toCursor(place: Place): string {
  return Buffer.from(`${place.at.getTime()} ${place.id}`).toString('base64url');
}

/** @throws {RefusedError} `invalid` */
export function fromCursor(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const [, at, id] = /^(-?\d{1,15}) (.{1,200})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (at === undefined || id === undefined) {
    throw new RefusedError('invalid', { id: 'Penanda halaman tidak dikenal.', en: 'The cursor is unknown.' });
  }
  return { at: new Date(Number(at)), id };
}

export interface PageAsked {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Rows with the cursor of the next page; asks for one row more than the page holds. */
export async function pageBy<Row>(
  page: PageAsked,
  fetch: (page: { limit: number; after: Place | null }) => Promise<readonly Row[]>,
  place: (row: Row) => Place,
): Promise<{ rows: Row[]; nextCursor: string | null }> {
  const found = await fetch({ limit: page.limit + 1, after: fromCursor(page.cursor) });
  const rows = found.slice(0, page.limit);
  const last = rows.at(-1);
  return { rows, nextCursor: found.length > page.limit && last ? toCursor(place(last)) : null };
}
