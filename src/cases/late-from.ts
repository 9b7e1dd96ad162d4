import type { Case } from '../domain/case.ts';

/**
 * From when on the case counts as late: its deadline, as long as it was not answered (or closed, which ends the clock
 * too) before it.
 * @returns null when it can no longer be late, or has no deadline
 */
export function lateFrom({
  dueAt,
  answeredAt,
  closedAt,
}: Pick<Case, 'dueAt' | 'answeredAt' | 'closedAt'>): Date | null {
  const endedAt = answeredAt ?? closedAt;
  return dueAt !== null && (endedAt === null || endedAt > dueAt) ? dueAt : null;
}
