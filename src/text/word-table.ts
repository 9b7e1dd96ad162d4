/** In a cell: not asked yet. */
export const NOT_ASKED = -1;
const FIRST_ROWS = 1024;
const FIRST_COLUMNS = 8;

/**
 * Numbers that were found out about words: a row per word (by its id), a column per question. What is asked about one word
 * lies side by side, so that the stages of a decision do not each fetch memory of their own for it.
 */
export class WordTable {
  cells = new Int32Array(FIRST_ROWS * FIRST_COLUMNS).fill(NOT_ASKED);
  width = FIRST_COLUMNS;
  #columns = 0;

  addColumn(): number {
    if (this.#columns === this.width) {
      // A table of another shape: everything is asked again.
      this.width *= 2;
      this.cells = new Int32Array(this.cells.length * 2).fill(NOT_ASKED);
    }
    return this.#columns++;
  }

  set(id: number, column: number, value: number): void {
    const at = id * this.width + column;
    if (at >= this.cells.length) {
      const grown = new Int32Array(at * 2).fill(NOT_ASKED);
      grown.set(this.cells);
      this.cells = grown;
    }
    this.cells[at] = value;
  }

  forget(): void {
    this.cells.fill(NOT_ASKED);
  }

  forgetColumn(column: number): void {
    for (let at = column; at < this.cells.length; at += this.width) this.cells[at] = NOT_ASKED;
  }
}
