/** Dates are moments; each format writes them in WIB. */
export type Cell = string | number | Date | null;

/** One table on its way into a file: rows come in batches, so that no file is ever whole in memory. */
export interface Sheet {
  /** What the tab of the spreadsheet is called, ≤ 31 characters. */
  readonly title: string;
  /** `width` in characters. */
  readonly columns: readonly { readonly name: string; readonly width: number }[];
  readonly batches: AsyncIterable<readonly (readonly Cell[])[]>;
}
