import type { ClockRule } from '../domain/agency.ts';
import type { Case } from '../domain/case.ts';
import { clockOf, dueAt } from './due-at.ts';
import { type CaseMove, type MovedFields, moveCase } from './moves.ts';
import type { WorkCalendar } from './working-days.ts';

export interface Clocks {
  readonly rules: readonly ClockRule[];
  readonly calendar: WorkCalendar;
}

/** The deadline when the case is, or is no longer, one that calls for an inspection. */
export function dueAtWith(clocks: Clocks, seen: Case, oversight: boolean): Date | null {
  const clock = clockOf(seen.history, seen.openedAt);
  return dueAt(clocks, { kind: seen.kind, oversight, step: 'tindak_lanjut', ...clock });
}

/**
 * A move with its clock: put off, the deadline is gone; taken up again, it is later by the working days that passed;
 * opened again, the clock starts anew. Every other move leaves the deadline as it is.
 * @throws {RefusedError} as `moveCase`
 */
export function stepCase(clocks: Clocks, seen: Case, move: CaseMove): MovedFields & Pick<Case, 'dueAt'> {
  const after = moveCase(seen, move);
  const changesClock =
    after.state === 'tertunda' || after.state === 'dibuka_kembali' || seen.state === 'tertunda';
  if (!changesClock) return { ...after, dueAt: seen.dueAt };
  const event = {
    at: move.at,
    by: move.by,
    what: move.verb,
    from: seen.state,
    to: after.state,
    note: move.note,
  };
  const { kind, oversight = false } = seen;
  const clock = clockOf([...seen.history, event], seen.openedAt);
  return { ...after, dueAt: dueAt(clocks, { kind, oversight, step: 'tindak_lanjut', ...clock }) };
}
