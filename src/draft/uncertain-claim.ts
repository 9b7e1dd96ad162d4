/** So many words in a row are a quotation. */
const quotedWords = 4;

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function phraseIn(words: readonly string[], phrase: string): boolean {
  return ` ${words.join(' ')} `.includes(` ${phrase} `);
}

/**
 * The part of the draft that repeats what a citizen claims and nobody confirmed ("3 meninggal"): a word of harm that stands
 * in both, or four of his words in a row. Hedged or denied, it would be repeated all the same.
 * @param harm what must not spread: the words of the signal `spread_harm` (data/rules.json)
 * @param template sentences of the office's own ("Kalau ada korban, segera hubungi 119.") repeat nobody's claim
 * @returns null when it repeats nothing
 */
export function repeatedClaim(
  draft: string,
  claim: string,
  harm: readonly string[],
  template = '',
): string | null {
  const own = draft.split(/(?<=[.!?])\s+/u).filter((sentence) => !template.includes(sentence.trim()));
  const [written, claimed] = [wordsOf(own.join(' ')), wordsOf(claim)];
  const word = harm.find((one) => phraseIn(written, one) && phraseIn(claimed, one));
  if (word !== undefined) return word;
  for (let at = 0; at + quotedWords <= written.length; at += 1) {
    const run = written.slice(at, at + quotedWords).join(' ');
    if (phraseIn(claimed, run)) return run;
  }
  return null;
}
