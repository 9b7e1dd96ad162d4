import { createLandmarks, isLandmark, type Landmarks } from '../text/landmarks.ts';
import { createPhraseIndex, type Hits, type Phrase } from '../text/phrases.ts';
import type { Tokens } from '../text/tokens.ts';
import type { Words } from '../text/words.ts';
import { type Knowledge, type Strength, strengths } from './knowledge.ts';

/** Groups of words that the code itself asks for; data/rules.json must have them. */
const codeSignals = [
  'ask_strong',
  'ask',
  'problem',
  'anger',
  'why',
  'fix_request',
  'wish',
  'wish_strong',
  'wish_new',
  'not_question',
  'joke',
  'thanks',
  'closing_thanks',
  'praise',
  'resolved',
  'contrast_strong',
  'still',
  'clap',
  'sarcasm',
  'gambling',
  'ads',
  'ads_strong',
  'injection',
  'chatter',
  'agree',
  'pointer',
  'rude',
  'not_rude',
  'escalate',
  'danger_now',
  'road_cut',
  'death',
  'collapse',
  'now',
  'help_cry',
  'harm',
  'vulnerable',
  'care_need',
  'serious',
  'week_or_more',
  'time_unit',
  'hide_me',
  'sexual',
  'corrupt',
  'violence',
  'minor',
  'bullying',
  'family_adult',
  'official_accused',
  'hoax',
  'hoax_strong',
  'spread_harm',
  'landmark_word',
  'landmark_noun',
] as const;
export type CodeSignal = (typeof codeSignals)[number];

/** Their numbers, from 0; the other groups of data/rules.json come behind them. */
export const SIGNAL = Object.fromEntries(codeSignals.map((name, number) => [name, number])) as Readonly<
  Record<CodeSignal, number>
>;

/** Came later than the lists of some offices, which edit their own: where a list has none, nothing is counted. */
const laterSignals: readonly CodeSignal[] = ['not_rude'];

/** Points of one keyword by its strength. A normal one alone stays under the threshold, a strong one passes. */
const points: Record<Strength, number> = { strong: 3, normal: 1.5, weak: 0.5 };

/** One keyword that spoke for a subject. */
interface SubjectHit {
  readonly subject: number;
  readonly points: number;
  readonly start: number;
  readonly end: number;
}

/**
 * What one pass of the keyword index found in a text. Its arrays belong to the reader and are used again: a
 * reading is good until the next one is made.
 */
export interface Reading {
  readonly tokens: Tokens;
  /** Hits per signal, by its number. */
  readonly signals: Uint16Array;
  /** Longest keywords only, landmarks left out, each once per subject. */
  readonly subjectHits: readonly SubjectHit[];
  /** Numbers of the agencies that are called by name. */
  readonly agenciesNamed: readonly number[];
  /** @param signal one of {@link SIGNAL} */
  count(signal: number): number;
  /** Words that say something and are neither greeting, assent nor pointing at a picture. */
  readonly contentWords: number;
}

export interface Reader {
  read(tokens: Tokens): Reading;
  /** Number of a signal of data/rules.json. */
  signal(name: string): number;
  readonly landmarks: Landmarks;
}

/** After these "kali" counts ("tiga kali"), elsewhere it is a river. */
const NUMERALS = new Set(
  'satu dua tiga empat lima enam tujuh delapan sembilan sepuluh loro telu papat pat limo berapa beberapa sekian ping berkali setiap tiap sering'.split(
    ' ',
  ),
);
const FILLERS: readonly CodeSignal[] = ['agree', 'chatter', 'pointer', 'thanks'];

/** An insult, and not a word that is one only elsewhere: "anjing rabies", "tai sapi". */
export function isRude({ count }: Pick<Reading, 'count'>): boolean {
  return count(SIGNAL.rude) > count(SIGNAL.not_rude);
}

/** Which words point at a landmark ("depan") and which name one ("pasar"), from data/rules.json. */
export function landmarksOf(knowledge: Knowledge, words: Words): Landmarks {
  // By its first word: after "depan", "rumah" in "rumah sakit" is as much a place as in "rumah saya".
  const forms = (name: CodeSignal) =>
    new Set(knowledge.signals[name]!.map((phrase) => words.of(phrase.toLowerCase().split(' ')[0]!).form));
  return createLandmarks(words, { pointing: forms('landmark_word'), naming: forms('landmark_noun') });
}

export function createReader(knowledge: Knowledge, words: Words): Reader {
  const names = [...new Set([...codeSignals, ...Object.keys(knowledge.signals)])];
  const numbers = new Map(names.map((name, index) => [name, index]));
  const missing = codeSignals.filter((name) => !(name in knowledge.signals) && !laterSignals.includes(name));
  if (missing.length > 0) throw new Error(`data/rules.json lacks signals: ${missing.join(', ')}`);

  const index = createPhraseIndex(phrasesOf(knowledge, names), words);
  const landmarks = landmarksOf(knowledge, words);
  const firstSignal = knowledge.subjects.length * strengths.length;
  const firstAgency = firstSignal + names.length;
  const isFiller = Uint8Array.from(names, (name) => ((FILLERS as readonly string[]).includes(name) ? 1 : 0));
  // Typed arrays of this size are dear to make (memory outside V8's heap), so there is one of each.
  const signals = new Uint16Array(names.length);
  let filler = new Uint8Array(256);
  const count = (signal: number) => signals[signal]!;

  let agenciesNamed: number[] = [];

  function noteAgency(agency: number): void {
    if (!agenciesNamed.includes(agency)) agenciesNamed.push(agency);
  }

  function noteSignal(signal: number, start: number, end: number): void {
    signals[signal]! += 1;
    if (isFiller[signal] === 1) filler.fill(1, start, end);
  }

  function readHits({ size, payloads, starts, ends }: Hits, tokens: Tokens): SubjectHit[] {
    const subjectHits: SubjectHit[] = [];
    let asked = -1;
    let isMisunderstood = false;
    for (let at = 0; at < size; at++) {
      const payload = payloads[at]!;
      const start = starts[at]!;
      // Many hits start at one word: it is asked once.
      if (start !== asked) isMisunderstood = isMisread(tokens, start, landmarks);
      asked = start;
      if (payload >= firstAgency) noteAgency(payload - firstAgency);
      else if (isMisunderstood) continue;
      else if (payload >= firstSignal) noteSignal(payload - firstSignal, start, ends[at]!);
      else subjectHits.push(subjectHitOf(payload, start, ends[at]!));
    }
    return keep(subjectHits, tokens);
  }

  return {
    landmarks,
    signal(name) {
      const number = numbers.get(name);
      if (number === undefined) throw new Error(`unknown signal ${name}`);
      return number;
    },
    read(tokens) {
      signals.fill(0);
      if (filler.length < tokens.words.length) filler = new Uint8Array(tokens.words.length * 2);
      else filler.fill(0, 0, tokens.words.length);
      agenciesNamed = [];
      const subjectHits = readHits(index.find(tokens), tokens);
      return {
        tokens,
        signals,
        agenciesNamed,
        subjectHits,
        contentWords: contentOf(tokens, filler),
        count,
      };
    },
  };
}

/** Payloads: subject by subject its strengths, then the signals, then the agencies. */
function phrasesOf(knowledge: Knowledge, names: readonly string[]): Phrase[] {
  const meanings = [
    ...knowledge.subjects.flatMap((subject) => strengths.map((strength) => subject.keywords[strength])),
    ...names.map((name) => knowledge.signals[name] ?? []),
    ...knowledge.agencies.map((agency) => agency.aliases),
  ];
  return meanings.flatMap((spellings, payload) =>
    spellings.map((phrase) => ({ phrase: phrase.toLowerCase(), payload })),
  );
}

function subjectHitOf(payload: number, start: number, end: number): SubjectHit {
  const strength = payload % strengths.length;
  return {
    subject: (payload - strength) / strengths.length,
    points: points[strengths[strength]!],
    start,
    end,
  };
}

function contentOf(tokens: Tokens, filler: Uint8Array): number {
  let content = 0;
  for (let at = 0; at < tokens.words.length; at++) {
    if (!tokens.words[at]!.isStop && filler[at] === 0) content += 1;
  }
  return content;
}

function isMisread(tokens: Tokens, at: number, landmarks: Landmarks): boolean {
  return isTimes(tokens, at) || isLandmark(tokens, at, landmarks);
}

function isTimes(tokens: Tokens, at: number): boolean {
  if (tokens.words[at]!.raw !== 'kali' || at === 0) return false;
  const before = tokens.words[at - 1]!;
  return before.kind === 'number' || NUMERALS.has(before.form);
}

/** "lampu jalan" silences "jalan", "depan pasar" silences "pasar", a word said twice counts once. */
function keep(hits: readonly SubjectHit[], tokens: Tokens): SubjectHit[] {
  const kept: SubjectHit[] = [];
  let reach = 0;
  for (let at = 0; at < hits.length; at++) {
    const hit = hits[at]!;
    const longest = longestAt(hits, at);
    const isContained = reach >= hit.end || longest > hit.end;
    if (hits[at + 1]?.start !== hit.start) reach = Math.max(reach, longest);
    if (!isContained && !isRepeated(kept, hit, tokens)) kept.push(hit);
  }
  return kept;
}

/** End of the longest hit that starts where the hit at `at` does; hits come by start. */
function longestAt(hits: readonly SubjectHit[], at: number): number {
  const start = hits[at]!.start;
  let from = at;
  while (from > 0 && hits[from - 1]!.start === start) from -= 1;
  let longest = 0;
  for (let next = from; next < hits.length && hits[next]!.start === start; next++) {
    longest = Math.max(longest, hits[next]!.end);
  }
  return longest;
}

function isRepeated(kept: readonly SubjectHit[], hit: SubjectHit, tokens: Tokens): boolean {
  for (let at = 0; at < kept.length; at++) {
    if (kept[at]!.subject === hit.subject && isSameWords(tokens, kept[at]!, hit)) return true;
  }
  return false;
}

function isSameWords(tokens: Tokens, one: SubjectHit, other: SubjectHit): boolean {
  if (one.end - one.start !== other.end - other.start) return false;
  for (let offset = 0; offset < one.end - one.start; offset++) {
    if (tokens.words[one.start + offset]!.form !== tokens.words[other.start + offset]!.form) return false;
  }
  return true;
}
