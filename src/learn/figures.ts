import { DAY, HOUR } from '../core/clock.ts';
import type { Said } from './label-of.ts';

/** What the machine held a message to be, and what a person made of it. */
export interface Verified {
  readonly act: 'koreksi' | 'disposisi' | 'bukan_wewenang';
  readonly before: Said;
  readonly after: Said;
  readonly at: Date;
}

/** Right and wrong decisions on messages about which a person spoke. */
interface Precision {
  readonly right: number;
  readonly wrong: number;
}

export interface AgencyFigures {
  /** An agency's code; null: all together. */
  readonly agency: string | null;
  /** One for each stretch of {@link stretchWeeks} weeks, oldest first. */
  readonly stretches: readonly Precision[];
}

/** The machine took one agency for another one. */
export interface Confusion {
  readonly said: string;
  /** `bukan_wewenang`: not ours, without naming whose. */
  readonly right: string;
  readonly count: number;
}

export interface WeekOfActs {
  /** The Monday, in WIB. */
  readonly week: string;
  readonly koreksi: number;
  readonly disposisi: number;
  readonly bukan_wewenang: number;
  /** Of all these: the machine's decision did not stand. */
  readonly wrong: number;
  /** The machine had not decided. */
  readonly undecided: number;
}

const stretchWeeks = 4;
const stretchCount = 3;
const shownWeeks = stretchWeeks * stretchCount;
/** With fewer messages a share says nothing, and the screen says so. */
const leastForShare = 10;
const shownConfusions = 12;

const WEEK = 7 * DAY;
const wibMs = 7 * HOUR;
/** Days begin at midnight in WIB, where 1 January 1970 was a Thursday. */
const firstMonday = 4 * DAY - wibMs;

/** The Monday 00.00 WIB of the first week that is shown. */
export function firstWeek(now: Date): Date {
  const thisWeek = Math.floor((now.getTime() - firstMonday) / WEEK);
  return new Date(firstMonday + (thisWeek - shownWeeks + 1) * WEEK);
}

/** The day in WIB: `2026-11-23`. */
function dayOf(at: number): string {
  return new Date(at + wibMs).toISOString().slice(0, 10);
}

const noComplaint = 'bukan_aduan';

/** What the machine had decided; null: nothing. */
function saidOf({ before }: Verified): string | null {
  return before.agency ?? (before.kind === noComplaint ? noComplaint : null);
}

/** "Not ours" without another name refutes an agency of ours, and confirms one that is none. */
function rightOf({ act, before, after }: Verified, isOurs: (agency: string) => boolean): string | null {
  const isUnnamed = after.agency === before.agency && (after.agency === null || isOurs(after.agency));
  if (act === 'bukan_wewenang' && isUnnamed) return 'bukan_wewenang';
  return after.kind === noComplaint ? noComplaint : after.agency;
}

/** Whether the machine had decided about this message at all. */
export function wasDecided(one: Verified): boolean {
  return saidOf(one) !== null;
}

/** A decision of the machine that a person confirmed or refuted, in which week. */
interface Checked {
  readonly said: string;
  readonly right: string;
  readonly week: number;
}

/**
 * How right the machine's agencies were, by what people then did: a disposisi to the same agency confirms, another agency or
 * "bukan wewenang" refutes. Messages that nobody spoke about count nowhere.
 * @param verified since {@link firstWeek}
 */
export function figuresOf(verified: readonly Verified[], now: Date, isOurs: (agency: string) => boolean) {
  const start = firstWeek(now).getTime();
  const weekOf = ({ at }: Verified) => Math.floor((at.getTime() - start) / WEEK);
  const checked = verified.flatMap((one): Checked[] => {
    const [said, right] = [saidOf(one), rightOf(one, isOurs)];
    return said === null || right === null ? [] : [{ said, right, week: weekOf(one) }];
  });
  const mondayOf = (week: number) => dayOf(start + week * WEEK);
  return {
    from: mondayOf(0),
    /** The Mondays on which the stretches begin. */
    stretches: Array.from({ length: stretchCount }, (_, at) => mondayOf(at * stretchWeeks)),
    leastForShare,
    precision: precisionOf(checked),
    confusions: confusionsOf(checked),
    weeks: Array.from({ length: shownWeeks }, (_, week): WeekOfActs => {
      const spoken = verified.filter((one) => weekOf(one) === week);
      const count = (act: Verified['act']) => spoken.filter((one) => one.act === act).length;
      return {
        week: mondayOf(week),
        koreksi: count('koreksi'),
        disposisi: count('disposisi'),
        bukan_wewenang: count('bukan_wewenang'),
        wrong: checked.filter((one) => one.week === week && one.said !== one.right).length,
        undecided: spoken.filter((one) => !wasDecided(one)).length,
      };
    }),
  };
}

/** All together first, then the agencies that the machine named, the busiest first. */
function precisionOf(checked: readonly Checked[]): AgencyFigures[] {
  const stretchesOf = (some: readonly Checked[]): Precision[] =>
    Array.from({ length: stretchCount }, (_, at) => {
      const within = some.filter(({ week }) => Math.floor(week / stretchWeeks) === at);
      const right = within.filter((one) => one.said === one.right).length;
      return { right, wrong: within.length - right };
    });
  const byAgency = grouped(checked, ({ said }) => said);
  const busiest = [...byAgency].sort(([, one], [, other]) => other.length - one.length);
  return [
    { agency: null, stretches: stretchesOf(checked) },
    ...busiest.map(([agency, some]) => ({ agency, stretches: stretchesOf(some) })),
  ];
}

function confusionsOf(checked: readonly Checked[]): Confusion[] {
  const wrong = checked.filter(({ said, right }) => said !== right);
  const pairs = grouped(wrong, ({ said, right }) => `${said}~${right}`);
  return [...pairs]
    .sort(([pair, one], [otherPair, other]) => other.length - one.length || pair.localeCompare(otherPair))
    .slice(0, shownConfusions)
    .flatMap(([, [first, ...more]]) =>
      first ? [{ said: first.said, right: first.right, count: more.length + 1 }] : [],
    );
}

function grouped(some: readonly Checked[], by: (one: Checked) => string): Map<string, Checked[]> {
  const groups = new Map<string, Checked[]>();
  for (const one of some) {
    const group = groups.get(by(one));
    if (group) group.push(one);
    else groups.set(by(one), [one]);
  }
  return groups;
}
