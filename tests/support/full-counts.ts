/** `FULL_COUNTS=1 npm test -- FILE`: as many as the table of faults names (docs/faults.md), minutes long; else fewer. */
export function counts(short: number, full: number): number {
  return process.env.FULL_COUNTS ? full : short;
}
