/** A word that speaks for something, as the citizen wrote it. */
export interface WordReason {
  readonly words: string;
  readonly weight: number;
}

const WORD = /[\p{L}\p{N}_]{2,}/gu;
/** Of the text; no complaint says its matter later. */
const MAX_READ = 3_000;
const MAX_WORDS = 60;
/** Less than this moves no decision. */
const FELT = 0.05;

/**
 * The words without which a model would be less sure: what each adds to the logarithm of the odds, strongest first. It asks
 * the model again without the word, so letters, pairs and neighbours are counted for the word that carries them, and it
 * holds for whatever the model is made of.
 * @param hear probability of each thing that is asked about, for a text
 */
export function wordReasons(
  text: string,
  hear: (text: string) => readonly number[],
  most: number,
): readonly (readonly WordReason[])[] {
  const read = text.slice(0, MAX_READ);
  const whole = hear(read).map(oddsOf);
  const found = whole.map((): WordReason[] => []);
  for (const [word, places] of wordsIn(read)) {
    hear(without(read, places)).forEach((likely, at) => {
      const weight = whole[at]! - oddsOf(likely);
      if (weight >= FELT) found[at]!.push({ words: word, weight });
    });
  }
  return found.map((words) => words.sort((one, other) => other.weight - one.weight).slice(0, most));
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Distinct words, written as they first stand there, with all their places. */
function wordsIn(text: string): Map<string, readonly Span[]> {
  const byLetters = new Map<string, { readonly written: string; readonly places: Span[] }>();
  for (const { 0: written, index: start } of text.matchAll(WORD)) {
    const letters = written.toLowerCase();
    const known = byLetters.get(letters);
    if (known) known.places.push({ start, end: start + written.length });
    else if (byLetters.size < MAX_WORDS)
      byLetters.set(letters, { written, places: [{ start, end: start + written.length }] });
  }
  return new Map([...byLetters.values()].map(({ written, places }) => [written, places]));
}

function without(text: string, places: readonly Span[]): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of places) {
    rest += text.slice(from, start);
    from = end;
  }
  return rest + text.slice(from);
}

/** Nothing is impossible or certain: what stands at the edge would weigh endlessly. */
const EDGE = 1e-6;

function oddsOf(probability: number): number {
  const likely = Math.min(1 - EDGE, Math.max(EDGE, probability));
  return Math.log(likely / (1 - likely));
}
