import type { CaseCell } from '../domain/case-cell.ts';

/** Counts of one key; null: not decided. */
export interface CountRow {
  readonly key: string | null;
  readonly in: number;
  readonly answered: number;
  readonly late: number;
  readonly waiting: number;
}

export type CellKey = 'agency' | 'subject' | 'platform' | 'kecamatan';

/** Sums the cells by one of their keys; most first. */
export function rowsBy(cells: readonly CaseCell[], key: CellKey): readonly CountRow[] {
  const rows = new Map<string | null, CountRow>();
  for (const cell of cells) {
    const so = rows.get(cell[key]) ?? { key: cell[key], in: 0, answered: 0, late: 0, waiting: 0 };
    rows.set(cell[key], {
      key: cell[key],
      in: so.in + cell.in,
      answered: so.answered + cell.answered,
      late: so.late + cell.late,
      waiting: so.waiting + cell.waiting,
    });
  }
  return [...rows.values()].sort((a, b) => b.in - a.in || (a.key ?? '').localeCompare(b.key ?? ''));
}

export function sumOf(cells: readonly CaseCell[], field: 'in' | 'answered' | 'late' | 'waiting'): number {
  return cells.reduce((total, cell) => total + cell[field], 0);
}
