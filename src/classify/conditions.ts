import type { Condition } from './knowledge.ts';

/** A condition of data/rules.json with its names turned into numbers. */
export interface CompiledCondition {
  /** A signal without which it cannot hold; null when it asks for none in particular. */
  readonly needs: number | null;
  holds(signals: Uint16Array, hasSubject: Uint8Array): boolean;
}

/** Numbers of signals and of subjects that a part of a condition names. */
interface Terms {
  readonly signals: Uint16Array;
  readonly subjects: Uint16Array;
}

/** Read at every text for every rule: plain loops, no closures. */
export function compileCondition(
  condition: Condition,
  signal: (name: string) => number,
  subject: (id: string) => number,
): CompiledCondition {
  const terms = (names: readonly string[]): Terms => ({
    signals: Uint16Array.from(names.filter((name) => !isSubject(name)).map(signal)),
    subjects: Uint16Array.from(names.filter(isSubject).map((name) => subject(name.slice(SUBJECT.length)))),
  });
  const all = terms(condition.all);
  const any = terms(condition.any);
  const none = terms(condition.none);
  const needsAny = condition.any.length > 0;
  return {
    needs: all.signals[0] ?? null,
    holds(signals, hasSubject) {
      if (!hasAll(all.signals, signals) || !hasAll(all.subjects, hasSubject)) return false;
      if (needsAny && !hasAny(any.signals, signals) && !hasAny(any.subjects, hasSubject)) return false;
      return !hasAny(none.signals, signals) && !hasAny(none.subjects, hasSubject);
    },
  };
}

const SUBJECT = 'subject:';
const isSubject = (name: string) => name.startsWith(SUBJECT);

function hasAll(wanted: Uint16Array, found: Uint16Array | Uint8Array): boolean {
  for (let at = 0; at < wanted.length; at++) if (found[wanted[at]!] === 0) return false;
  return true;
}

function hasAny(wanted: Uint16Array, found: Uint16Array | Uint8Array): boolean {
  for (let at = 0; at < wanted.length; at++) if (found[wanted[at]!] !== 0) return true;
  return false;
}
