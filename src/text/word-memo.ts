import { NOT_ASKED } from './word-table.ts';
import type { Word, Words } from './words.ts';

export interface WordMemo {
  (word: Word): number;
  /** Asks again from now on. */
  forget(): void;
}

/**
 * Remembers one number per word, until {@link Words} forgets the words themselves.
 * @param answer asked once per word; 0 or above
 */
export function createWordMemo({ table }: Words, answer: (word: Word) => number): WordMemo {
  const column = table.addColumn();

  function ask(word: Word): number {
    const found = answer(word);
    table.set(word.id, column, found);
    return found;
  }

  const memo = (word: Word) => {
    const at = word.id * table.width + column;
    const known = at < table.cells.length ? table.cells[at]! : NOT_ASKED;
    return known === NOT_ASKED ? ask(word) : known;
  };
  return Object.assign(memo, { forget: () => table.forgetColumn(column) });
}
