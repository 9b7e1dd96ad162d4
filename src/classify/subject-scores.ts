import { type CompiledCondition, compileCondition } from './conditions.ts';
import type { Knowledge } from './knowledge.ts';
import type { Reader, Reading } from './reading.ts';

/** What keywords and rules say, per subject, in points. The arrays are used again by the next `score`. */
export interface SubjectScores {
  readonly points: Float64Array;
  /** The strongest single piece of evidence: weak words must not decide together either. */
  readonly strongest: Float64Array;
  /** Rules that spoke, with the points they gave. */
  readonly rules: readonly { readonly id: string; readonly subject: number; readonly points: number }[];
  /** Subjects that a rule leaves to a person. */
  readonly unclear: readonly number[];
}

export interface SubjectScorer {
  score(reading: Reading): SubjectScores;
}

interface CompiledRule extends CompiledCondition {
  readonly id: string;
  readonly add: readonly (readonly [subject: number, points: number])[];
  readonly drop: readonly number[];
  readonly abstain: boolean;
}

/** A second keyword for the same subject adds half of its points. */
const FURTHER = 0.5;
/** An agency called by name backs its subjects when they have evidence of their own. */
const NAMED_AGENCY = 1;
const FIRST_NAMED = 0.5;
/** From here a keyword is evidence for `subject:<id>` in a condition. */
const EVIDENCE = 1;

export function createSubjectScorer(knowledge: Knowledge, reader: Reader): SubjectScorer {
  const subjects = knowledge.subjects.map((subject) => subject._id);
  const indexOf = (id: string) => subjects.indexOf(id);
  const agencyOf = knowledge.subjects.map((subject) =>
    knowledge.agencies.findIndex((agency) => agency._id === subject.agency),
  );
  const rules: CompiledRule[] = knowledge.subjectRules.map((rule) => ({
    id: rule.id,
    add: Object.entries(rule.add).map(([id, points]) => [indexOf(id), points] as const),
    drop: rule.drop.map(indexOf),
    abstain: rule.abstain,
    ...compileCondition(rule, reader.signal, indexOf),
  }));

  const needs = Int16Array.from(rules, (rule) => rule.needs ?? -1);
  const points = new Float64Array(subjects.length);
  const strongest = new Float64Array(subjects.length);
  const hasSubject = new Uint8Array(subjects.length);

  return {
    score(reading) {
      points.fill(0);
      strongest.fill(0);
      hasSubject.fill(0);
      for (const hit of reading.subjectHits) {
        add(points, strongest, hit.subject, hit.points);
      }
      backFirst(reading, points);
      const { spoken, unclear } = applyRules(rules, needs, reading, { points, strongest, hasSubject });
      if (reading.agenciesNamed.length > 0) backNamed(reading.agenciesNamed, agencyOf, points, strongest);
      return { points, strongest, rules: spoken, unclear };
    },
  };
}

function add(points: Float64Array, strongest: Float64Array, subject: number, value: number): void {
  const before = strongest[subject]!;
  // Strongest in full, the others by half, whatever their order.
  points[subject]! += value > before ? value - before + before * FURTHER : value * FURTHER;
  if (value > before) strongest[subject] = value;
}

function backNamed(
  named: readonly number[],
  agencyOf: readonly number[],
  points: Float64Array,
  strongest: Float64Array,
): void {
  for (let subject = 0; subject < points.length; subject++) {
    if (points[subject]! <= 0 || !named.includes(agencyOf[subject]!)) continue;
    points[subject]! += NAMED_AGENCY;
    strongest[subject] = Math.max(strongest[subject]!, EVIDENCE);
  }
}

/** Of two matters in one message the first one named is mostly the main one. */
function backFirst(reading: Reading, points: Float64Array): void {
  let first: Reading['subjectHits'][number] | null = null;
  for (const hit of reading.subjectHits) {
    if (hit.points >= EVIDENCE && (first === null || hit.start < first.start)) first = hit;
  }
  if (first) points[first.subject]! += FIRST_NAMED;
}

interface Tables {
  readonly points: Float64Array;
  readonly strongest: Float64Array;
  readonly hasSubject: Uint8Array;
}

/** @param needs per rule a signal without which it cannot hold; -1 when there is none in particular */
function heldRules(
  rules: readonly CompiledRule[],
  needs: Int16Array,
  { signals }: Reading,
  hasSubject: Uint8Array,
): readonly CompiledRule[] {
  const held: CompiledRule[] = [];
  for (let at = 0; at < needs.length; at++) {
    const need = needs[at]!;
    if (need >= 0 && signals[need] === 0) continue;
    const rule = rules[at]!;
    if (rule.holds(signals, hasSubject)) held.push(rule);
  }
  return held;
}

const NO_RULE = { spoken: [], unclear: [] };

function applyRules(
  rules: readonly CompiledRule[],
  needs: Int16Array,
  reading: Reading,
  { points, strongest, hasSubject }: Tables,
): { spoken: SubjectScores['rules']; unclear: SubjectScores['unclear'] } {
  for (const hit of reading.subjectHits) if (strongest[hit.subject]! >= EVIDENCE) hasSubject[hit.subject] = 1;
  const held = heldRules(rules, needs, reading, hasSubject);
  if (held.length === 0) return NO_RULE;

  const spoken: { id: string; subject: number; points: number }[] = [];
  for (const rule of held) {
    for (const [subject, value] of rule.add) {
      points[subject]! += value;
      strongest[subject] = Math.max(strongest[subject]!, value);
      spoken.push({ id: rule.id, subject, points: value });
    }
  }
  for (const rule of held) {
    for (const subject of rule.drop) {
      points[subject] = 0;
      strongest[subject] = 0;
    }
  }
  const unclear = held.filter((rule) => rule.abstain).flatMap((rule) => rule.add.map(([subject]) => subject));
  return { spoken, unclear };
}
