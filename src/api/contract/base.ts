import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { Act } from '../../domain/policies.ts';

/** What a route asks of the caller. `null`: somebody forgot, and nobody gets in. */
interface RouteMeta {
  readonly act: Act | 'anyone' | null;
}

/** The start of every route: its act first, so that none is forgotten. */
export function route(act: Act | 'anyone') {
  return oc.$meta<RouteMeta>({ act: null }).meta({ act });
}

export const LoginName = z.string().min(1).max(64);
/** `<platform>-<nativeId>`, `KRA-2026-000123`, `r-<ulid>` and the like. */
export const Id = z.string().min(1).max(200);
/** Of an agency or a subject. */
export const Code = z.string().min(1).max(40);
export const Version = z.coerce.number().int().min(0);
export const Reason = z.string().trim().min(3).max(1_000);
export const Day = z.iso.date();
export const DayOrMoment = z.union([Day, z.iso.datetime({ offset: true })]);
/** Dates travel as ISO 8601 in UTC. */
export const When = z.date();

export const PageRequest = {
  /** From the page before; opaque. */
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), nextCursor: z.string().nullable() });
}

/** Exact up to 1,000; `more` says that it goes on ("1.000+"). */
export const Count = z.object({ count: z.number().int(), more: z.boolean() });
