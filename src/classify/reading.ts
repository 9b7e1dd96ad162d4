import { createLandmarks, isLandmark, type Landmarks } from '../text/landmarks.ts';
import { createPhraseIndex, type Hit, type Phrase } from '../text/phrases.ts';
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
  count(signal: CodeSignal): number;
  /** Words that say something and are neither greeting, assent nor pointing at a picture. */
  readonly contentWords: number;
}

export interface Reader {
  read(tokens: Tokens): Reading;
  /** Number of a signal of data/rules.json. */
  signal(name: string): number;
  readonly landmarks: Landmarks;
}

type Meaning =
  | { readonly type: 'subject'; readonly index: number; readonly points: number }
  | { readonly type: 'signal'; readonly index: number; readonly isFiller: boolean }
  | { readonly type: 'agency'; readonly index: number };

/** After these "kali" counts ("tiga kali"), elsewhere it is a river. */
const NUMERALS = new Set(
  'satu dua tiga empat lima enam tujuh delapan sembilan sepuluh loro telu papat pat limo berapa beberapa sekian ping berkali setiap tiap sering'.split(
    ' ',
  ),
);
const FILLERS: readonly CodeSignal[] = ['agree', 'chatter', 'pointer', 'thanks'];

/** An insult, and not a word that is one only elsewhere: "anjing rabies", "tai sapi". */
export function isRude({ count }: Pick<Reading, 'count'>): boolean {
  return count('rude') > count('not_rude');
}

/** Which words point at a landmark ("depan") and which name one ("pasar"), from data/rules.json. */
export function landmarksOf(knowledge: Knowledge, words: Words): Landmarks {
  // By its first word: after "depan", "rumah" in "rumah sakit" is as much a place as in "rumah saya".
  const forms = (name: CodeSignal) =>
    new Set(knowledge.signals[name]!.map((phrase) => words.of(phrase.toLowerCase().split(' ')[0]!).form));
  return createLandmarks(words, { pointing: forms('landmark_word'), naming: forms('landmark_noun') });
}

export function createReader(knowledge: Knowledge, words: Words): Reader {
  const names = Object.keys(knowledge.signals);
  const numbers = new Map(names.map((name, index) => [name, index]));
  const missing = codeSignals.filter((name) => !numbers.has(name) && !laterSignals.includes(name));
  if (missing.length > 0) throw new Error(`data/rules.json lacks signals: ${missing.join(', ')}`);

  const meanings: Meaning[] = [];
  const index = createPhraseIndex(phrasesOf(knowledge, names, meanings), words);
  const landmarks = landmarksOf(knowledge, words);
  // Typed arrays of this size are dear to make (memory outside V8's heap), so there is one of each.
  const signals = new Uint16Array(names.length);
  let filler = new Uint8Array(256);

  function note(meaning: Extract<Meaning, { type: 'signal' }>, hit: Hit): void {
    signals[meaning.index]! += 1;
    if (meaning.isFiller) filler.fill(1, hit.start, hit.end);
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
      const agenciesNamed: number[] = [];
      const subjectHits: Hit[] = [];
      for (const hit of index.find(tokens)) {
        const meaning = meanings[hit.payload]!;
        if (isMisread(tokens, hit.start, landmarks) && meaning.type !== 'agency') continue;
        if (meaning.type === 'subject') subjectHits.push(hit);
        else if (meaning.type === 'signal') note(meaning, hit);
        else if (!agenciesNamed.includes(meaning.index)) agenciesNamed.push(meaning.index);
      }
      return {
        tokens,
        signals,
        agenciesNamed,
        subjectHits: keep(subjectHits, meanings, tokens),
        contentWords: contentOf(tokens, filler),
        count: (signal) => signals[numbers.get(signal) ?? -1] ?? 0,
      };
    },
  };
}

function phrasesOf(knowledge: Knowledge, names: readonly string[], meanings: Meaning[]): Phrase[] {
  const phrases: Phrase[] = [];
  const add = (spellings: readonly string[], meaning: Meaning) => {
    for (const phrase of spellings) phrases.push({ phrase: phrase.toLowerCase(), payload: meanings.length });
    meanings.push(meaning);
  };
  knowledge.subjects.forEach((subject, index) => {
    for (const strength of strengths) {
      add(subject.keywords[strength], { type: 'subject', index, points: points[strength] });
    }
  });
  names.forEach((name, index) => {
    const isFiller = (FILLERS as readonly string[]).includes(name);
    add(knowledge.signals[name]!, { type: 'signal', index, isFiller });
  });
  knowledge.agencies.forEach((agency, index) => {
    add(agency.aliases, { type: 'agency', index });
  });
  return phrases;
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
function keep(hits: readonly Hit[], meanings: readonly Meaning[], tokens: Tokens): SubjectHit[] {
  const kept: SubjectHit[] = [];
  let reach = 0;
  for (let at = 0; at < hits.length; at++) {
    const hit = hits[at]!;
    const meaning = meanings[hit.payload]!;
    if (meaning.type !== 'subject') continue;
    const longest = longestAt(hits, at);
    const isContained = reach >= hit.end || longest > hit.end;
    if (hits[at + 1]?.start !== hit.start) reach = Math.max(reach, longest);
    if (isContained) continue;
    if (kept.some((other) => other.subject === meaning.index && isSameWords(tokens, other, hit))) continue;
    kept.push({ subject: meaning.index, points: meaning.points, start: hit.start, end: hit.end });
  }
  return kept;
}

/** End of the longest hit that starts where the hit at `at` does; hits come by start. */
function longestAt(hits: readonly Hit[], at: number): number {
  const start = hits[at]!.start;
  let from = at;
  while (from > 0 && hits[from - 1]!.start === start) from -= 1;
  let longest = 0;
  for (let next = from; next < hits.length && hits[next]!.start === start; next++) {
    longest = Math.max(longest, hits[next]!.end);
  }
  return longest;
}

function isSameWords(tokens: Tokens, one: { start: number; end: number }, other: Hit): boolean {
  if (one.end - one.start !== other.end - other.start) return false;
  for (let offset = 0; offset < one.end - one.start; offset++) {
    if (tokens.words[one.start + offset]!.form !== tokens.words[other.start + offset]!.form) return false;
  }
  return true;
}
