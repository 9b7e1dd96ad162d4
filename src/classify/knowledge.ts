import { z } from 'zod';
import type { Agency, Subject } from '../domain/agency.ts';
import {
  AgencyEntry,
  AgencyRuleEntry,
  PlaceListEntry,
  SubjectEntry,
  SubjectRuleEntry,
} from '../domain/office-lists.ts';
import type { PlaceEntry } from '../text/places.ts';
import type { Lexicon } from '../text/words.ts';

const name = z.string().min(1);
const words = z.array(name);

const placesSchema = z.object({
  note: z.string(),
  groups: z.array(z.object({ name, members: words })),
  placeWords: words,
  roadJoiners: words,
  places: z.array(PlaceListEntry),
});

const rulesSchema = z.object({
  note: z.string(),
  signals: z.record(name, words),
  subjectRules: z.array(SubjectRuleEntry),
  agencyRules: z.array(AgencyRuleEntry),
});

const lexiconSchema = z.object({ normalise: z.record(name, name.regex(/^\S+$/)), stopWords: words });

export interface KnownAgency extends Agency {
  readonly secret: boolean;
  /** Set on the 17 kecamatan offices. */
  readonly kecamatan: string | null;
  /** Names people call it by. */
  readonly aliases: readonly string[];
}

export interface KnownSubject extends Subject {
  /** Belongs to a spot: outside the regency it is the neighbour's. */
  readonly placeBound: boolean;
  readonly keywords: { readonly [strength in Strength]: readonly string[] };
}

export const strengths = ['strong', 'normal', 'weak'] as const;
export type Strength = (typeof strengths)[number];

/** All of `all`, at least one of `any` (when there are some) and none of `none`: signal names or `subject:<id>`. */
export interface Condition {
  readonly id: string;
  readonly all: readonly string[];
  readonly any: readonly string[];
  readonly none: readonly string[];
}

interface SubjectRule extends Condition {
  /** Points for subjects. */
  readonly add: Readonly<Record<string, number>>;
  /** Subjects whose evidence does not count. */
  readonly drop: readonly string[];
  /** The words fit several agencies alike: no decision for a subject of `add`, a person asks back. */
  readonly abstain: boolean;
}

interface AgencyRule extends Condition {
  readonly subjects: readonly string[];
  readonly agency: string | null;
  readonly companion: string | null;
}

/** Everything the rules know, from data/*.json, checked. */
export interface Knowledge {
  readonly agencies: readonly KnownAgency[];
  readonly subjects: readonly KnownSubject[];
  readonly places: readonly PlaceEntry[];
  readonly placeWords: readonly string[];
  readonly roadWords: readonly string[];
  readonly lexicon: Lexicon;
  readonly signals: Readonly<Record<string, readonly string[]>>;
  readonly subjectRules: readonly SubjectRule[];
  readonly agencyRules: readonly AgencyRule[];
}

/** The parsed JSON of each file, as it was read. */
export interface KnowledgeFiles {
  readonly agencies: unknown;
  readonly subjects: unknown;
  readonly places: unknown;
  readonly lexicon: unknown;
  readonly rules: unknown;
}

/** @throws {Error} naming every fault: wrong shapes, ids that point nowhere */
export function parseKnowledge(files: KnowledgeFiles): Knowledge {
  const agencies = parsed('agencies.json', z.array(AgencyEntry), files.agencies);
  const subjects = parsed('subjects.json', z.array(SubjectEntry), files.subjects);
  const places = parsed('places.json', placesSchema, files.places);
  const lexicon = parsed('lexicon.json', lexiconSchema, files.lexicon);
  const rules = parsed('rules.json', rulesSchema, files.rules);
  const knowledge: Knowledge = {
    agencies: agencies.map(({ code, ...agency }) => ({ _id: code, ...agency })),
    subjects: subjects.map(({ id, ...subject }) => ({ _id: id, ...subject })),
    places: places.places,
    placeWords: places.placeWords,
    roadWords: places.roadJoiners,
    lexicon,
    signals: rules.signals,
    subjectRules: rules.subjectRules,
    agencyRules: rules.agencyRules,
  };
  const faults = faultsOf(knowledge);
  if (faults.length > 0) throw new Error(`data/ does not fit together:\n${faults.join('\n')}`);
  return knowledge;
}

function parsed<Schema extends z.ZodType>(file: string, schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw new Error(`data/${file} has a wrong shape:\n${z.prettifyError(result.error)}`);
  return result.data;
}

/** Every id that points nowhere. */
function faultsOf(knowledge: Knowledge): string[] {
  const known: Known = {
    agencies: new Set(knowledge.agencies.map((agency) => agency._id)),
    subjects: new Set(knowledge.subjects.map((subject) => subject._id)),
    kecamatan: new Set(knowledge.agencies.flatMap((agency) => agency.kecamatan ?? [])),
    signals: new Set(Object.keys(knowledge.signals)),
  };
  const faults: string[] = [];
  if (known.agencies.size < knowledge.agencies.length) faults.push('agencies.json: a code is there twice');
  if (known.subjects.size < knowledge.subjects.length) faults.push('subjects.json: an id is there twice');
  for (const subject of knowledge.subjects) {
    const codes = [subject.agency, subject.companion];
    faults.push(...strangers(`subjects.json: ${subject._id}`, 'agency', codes, known.agencies));
  }
  for (const place of knowledge.places) {
    faults.push(...strangers(`places.json: ${place.name}`, 'kecamatan', place.kecamatan, known.kecamatan));
  }
  return [...faults, ...ruleFaults(knowledge, known)];
}

interface Known {
  readonly agencies: ReadonlySet<string>;
  readonly subjects: ReadonlySet<string>;
  readonly kecamatan: ReadonlySet<string>;
  readonly signals: ReadonlySet<string>;
}

function ruleFaults(knowledge: Knowledge, known: Known): string[] {
  const terms = new Set([...known.signals, ...[...known.subjects].map((id) => `subject:${id}`)]);
  const faults: string[] = [];
  for (const rule of [...knowledge.subjectRules, ...knowledge.agencyRules]) {
    const named = [...rule.all, ...rule.any, ...rule.none];
    faults.push(...strangers(`rules.json: ${rule.id}`, 'signal', named, terms));
  }
  for (const rule of knowledge.subjectRules) {
    const named = [...Object.keys(rule.add), ...rule.drop];
    faults.push(...strangers(`rules.json: ${rule.id}`, 'subject', named, known.subjects));
  }
  for (const rule of knowledge.agencyRules) {
    faults.push(...strangers(`rules.json: ${rule.id}`, 'subject', rule.subjects, known.subjects));
    faults.push(
      ...strangers(`rules.json: ${rule.id}`, 'agency', [rule.agency, rule.companion], known.agencies),
    );
  }
  return faults;
}

function strangers(
  where: string,
  what: string,
  named: readonly (string | null)[],
  known: ReadonlySet<string>,
): string[] {
  const missing = named.filter((one) => one !== null && !known.has(one));
  return missing.map((one) => `${where} names unknown ${what} ${one}`);
}
