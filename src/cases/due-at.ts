import type { ClockRule } from '../domain/agency.ts';
import type { CaseEvent, CaseKind } from '../domain/case.ts';
import {
  addWorkingDays,
  dayOf,
  endOfDay,
  isoDay,
  type WorkCalendar,
  workingDaysBetween,
} from './working-days.ts';

/** Steps that have a clock (data/clocks.json). */
export type ClockStep = 'verifikasi' | 'tindak_lanjut' | 'tutup_otomatis';

/** The names that the clocks give the kinds. */
const clockKinds: Record<CaseKind, string> = {
  pengaduan: 'pengaduan_non_pengawasan',
  permintaan_informasi: 'permintaan_informasi',
  aspirasi: 'aspirasi',
};

/** What the length of a clock depends on. */
export interface ClockKind {
  readonly kind: CaseKind;
  /**
   * A complaint that calls for an inspection ("berkadar pengawasan", 60 instead of 14 working days). The classifier does
   * not see it: every complaint starts with the shorter clock, and a person says so.
   */
  readonly oversight?: boolean;
}

function clockName({ kind, oversight }: ClockKind): string {
  return kind === 'pengaduan' && oversight ? 'pengaduan_pengawasan' : clockKinds[kind];
}

/** The rule in force on the day: the kind's own before `*`, of these the one with the latest `effectiveFrom`. */
export function ruleFor(
  rules: readonly ClockRule[],
  kind: ClockKind,
  step: ClockStep,
  from: Date,
): ClockRule | null {
  const name = clockName(kind);
  const today = isoDay(dayOf(from));
  let best: ClockRule | null = null;
  for (const rule of rules) {
    if (rule.step !== step || rule.effectiveFrom > today) continue;
    if (rule.kind !== name && rule.kind !== '*') continue;
    if (best === null || isStronger(rule, best)) best = rule;
  }
  return best;
}

function isStronger(rule: ClockRule, than: ClockRule): boolean {
  if ((rule.kind === '*') !== (than.kind === '*')) return than.kind === '*';
  return rule.effectiveFrom > than.effectiveFrom;
}

/** A time during which the clock stood because we waited for the citizen. `to` null: it stands still. */
export interface Pause {
  readonly from: Date;
  readonly to: Date | null;
}

/**
 * When the step must be done: the end (23.59.59,999 WIB) of the last of its working days. The day on which the citizen
 * wrote is not counted. Each working day that passed during a pause is added.
 * @param from when the clock starts: when the citizen wrote, or when the case was opened again
 * @returns null when no clock is known for the kind, or while the clock stands
 */
export function dueAt(
  { rules, calendar }: { readonly rules: readonly ClockRule[]; readonly calendar: WorkCalendar },
  {
    step,
    from,
    pauses = [],
    ...kind
  }: ClockKind & { step: ClockStep; from: Date; pauses?: readonly Pause[] },
): Date | null {
  const workingDays = ruleFor(rules, kind, step, from)?.workingDays ?? null;
  if (workingDays === null) return null;
  let paused = 0;
  for (const pause of pauses) {
    if (pause.to === null) return null;
    paused += workingDaysBetween(calendar, dayOf(pause.from), dayOf(pause.to));
  }
  return endOfDay(addWorkingDays(calendar, dayOf(from), workingDays + paused));
}

/** Where the present clock of a case starts, and how long it stood since, as its history tells. */
export function clockOf(
  history: readonly CaseEvent[],
  openedAt: Date,
): { from: Date; pauses: readonly Pause[] } {
  let from = openedAt;
  let pauses: Pause[] = [];
  let standsSince: Date | null = null;
  for (const event of history) {
    if (event.to === 'dibuka_kembali') {
      from = event.at;
      pauses = [];
      standsSince = null;
    } else if (event.to === 'tertunda') {
      standsSince = event.at;
    } else if (event.to !== null && standsSince !== null) {
      pauses.push({ from: standsSince, to: event.at });
      standsSince = null;
    }
  }
  if (standsSince !== null) pauses.push({ from: standsSince, to: null });
  return { from, pauses };
}
