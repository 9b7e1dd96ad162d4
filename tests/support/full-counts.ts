/** `FULL_COUNTS=1 npm test -- FILE`: as many as the table of faults names (docs/faults.md), minutes long; else fewer. */
export const isFull = process.env.FULL_COUNTS !== undefined;

export function counts(short: number, full: number): number {
  return isFull ? full : short;
}

/** Says what a run in full found, for the table. */
export function measured(what: string): void {
  if (isFull) process.stderr.write(`measured: ${what}\n`);
}
