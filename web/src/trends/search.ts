import { type Period, readPeriod } from '../shared/period.ts';

/** The whole state of the page, as it stands in the address. */
export interface TrendsSearch {
  readonly from?: string;
  readonly to?: string;
}

/** What cannot be read is left out: it came in a link. */
export function readTrendsSearch(search: Record<string, unknown>): TrendsSearch {
  const period: Period | null = readPeriod(search.from, search.to);
  return period ?? {};
}
