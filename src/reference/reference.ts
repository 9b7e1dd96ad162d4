import { z } from 'zod';
import { readClocks, readHolidays } from '../cases/calendar-files.ts';
import type { Clocks } from '../cases/step.ts';
import { workCalendar } from '../cases/working-days.ts';
import { type KnowledgeFiles, parseKnowledge } from '../classify/knowledge.ts';
import {
  knowledgeFiles,
  type LoadedClassifier,
  type TrainingExample,
  trainClassifier,
} from '../classify/load.ts';
import type { Authority } from '../domain/classification.ts';
import type { Recipient } from '../domain/forward.ts';
import {
  EscalationEntry,
  type Letterhead,
  LetterheadEntry,
  RecipientEntry,
  SubjectEntry,
} from '../domain/office-lists.ts';
import { readTemplateBook, type TemplateBook } from '../draft/template-book.ts';
import type { Escalation } from '../forward/remind.ts';
import type { Lexicon } from '../text/words.ts';

/** Every list, by the name of its file in data/ and of its document in the database. */
export const listNames = [
  ...knowledgeFiles,
  'templates',
  'clocks',
  'holidays',
  'recipients',
  'escalation',
  'letterhead',
] as const;
export type ListName = (typeof listNames)[number];

/** Each list as JSON text. */
export type ListTexts = Readonly<Record<ListName, string>>;

/** What people edit in the app, read and checked: all of it fits together. */
export interface Reference {
  readonly clocks: Clocks;
  readonly templates: TemplateBook;
  /** Short local names by code. */
  readonly agencyNames: ReadonlyMap<string, string>;
  readonly subjectNames: ReadonlyMap<string, string>;
  readonly subjectNamesEn: ReadonlyMap<string, string>;
  /** Codes by all names people call an agency by, in small letters. */
  readonly agencyAliases: ReadonlyMap<string, string>;
  /** Who is told of cases outside of Tanggap. */
  readonly recipients: readonly Recipient[];
  readonly escalation: Escalation;
  readonly letterhead: Letterhead;
  /** Words of harm that must not spread unconfirmed ("meninggal"). */
  readonly harmWords: readonly string[];
  /** Words that say nothing of a matter ("yang", "yg"). */
  readonly fillerWords: ReadonlySet<string>;
  /** Who owns the matters of each agency, by code. */
  readonly authorities: ReadonlyMap<string, Authority>;
  /** Learns (a fifth to three fifths of a second) when it is first asked for after its lists changed. */
  readonly trained: () => LoadedClassifier;
}

function minuteOfDay(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

function readEscalation(json: unknown): Escalation {
  const { officeHours, alarms, ...rest } = EscalationEntry.parse(json);
  const minutes = ({ from, to }: typeof officeHours) => ({ from: minuteOfDay(from), to: minuteOfDay(to) });
  return {
    ...rest,
    officeHours: minutes(officeHours),
    alarms: { ...alarms, quiet: minutes(alarms.quiet) },
  };
}

/** The stop words, and what is only another spelling of one. */
export function fillerWordsOf({ stopWords, normalise }: Lexicon): ReadonlySet<string> {
  const words = new Set(stopWords);
  for (const [written, means] of Object.entries(normalise)) if (words.has(means)) words.add(written);
  return words;
}

interface Built {
  readonly texts: ListTexts;
  readonly reference: Reference;
}

/** The classifier's lists, parsed. */
export function knowledgeOf(texts: ListTexts): KnowledgeFiles {
  const files = knowledgeFiles.map((name) => [name, JSON.parse(texts[name]) as unknown]);
  return Object.fromEntries(files) as unknown as KnowledgeFiles;
}

/** Most processes never judge a message; none of them should stand still because somebody added a word. */
function classifierOf(
  texts: ListTexts,
  examples: readonly TrainingExample[],
  before: Built | null,
): Reference['trained'] {
  if (before && knowledgeFiles.every((name) => before.texts[name] === texts[name]))
    return before.reference.trained;
  let made: LoadedClassifier | null = null;
  return () => {
    made ??= trainClassifier(knowledgeOf(texts), examples);
    return made;
  };
}

/** @throws {Error} when a list has a wrong shape or names something that another one does not have */
export function buildReference(
  texts: ListTexts,
  examples: readonly TrainingExample[],
  before: Built | null = null,
): Reference {
  const { agencies, subjects, signals } = parseKnowledge(knowledgeOf(texts));
  const parsed = (name: ListName): unknown => JSON.parse(texts[name]);
  return {
    trained: classifierOf(texts, examples, before),
    clocks: {
      rules: readClocks(parsed('clocks')),
      calendar: workCalendar(readHolidays(parsed('holidays'))),
    },
    templates: readTemplateBook(parsed('templates')),
    agencyNames: new Map(agencies.map((one) => [one._id, one.shortName])),
    agencyAliases: new Map(
      agencies.flatMap((one) => [one.name, ...one.aliases].map((word) => [word.toLowerCase(), one._id])),
    ),
    authorities: new Map(agencies.map((one) => [one._id, one.authority])),
    subjectNames: new Map(subjects.map((one) => [one._id, one.name])),
    subjectNamesEn: new Map(
      z
        .array(SubjectEntry)
        .parse(parsed('subjects'))
        .map((one) => [one.id, one.nameEn]),
    ),
    recipients: z.array(RecipientEntry).parse(parsed('recipients')),
    escalation: readEscalation(parsed('escalation')),
    letterhead: LetterheadEntry.parse(parsed('letterhead')),
    harmWords: signals.spread_harm ?? [],
    fillerWords: fillerWordsOf(parsed('lexicon') as Lexicon),
  };
}
