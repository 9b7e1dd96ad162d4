import { readPeriod } from '../shared/period.ts';

/** What narrows beside the period; the API's own names. */
export const narrowing = ['agency', 'platform', 'subject', 'kecamatan'] as const;
type Narrowing = { readonly [Name in (typeof narrowing)[number]]?: string };

/** The charts of the page, as the address names them. */
const charts = ['hari', 'opd', 'pokok', 'kanal', 'kecamatan', 'jam'] as const;
export type Chart = (typeof charts)[number];

/** The whole state of the page, as it stands in the address. */
export interface TrendsSearch extends Narrowing {
  readonly from?: string;
  readonly to?: string;
  /** The period before is drawn too. */
  readonly banding?: 'ya';
  /** Charts that are shown as tables: `hari,opd`. */
  readonly tabel?: string;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 60 ? value : undefined;
}

export function tablesOf(search: TrendsSearch): readonly Chart[] {
  const named = search.tabel?.split(',') ?? [];
  return charts.filter((chart) => named.includes(chart));
}

/** What cannot be read is left out: it came in a link. */
export function readTrendsSearch(search: Record<string, unknown>): TrendsSearch {
  const given = narrowing.flatMap((name) => {
    const value = text(search[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  const tables = tablesOf({ tabel: text(search.tabel) ?? '' }).join(',');
  return {
    ...readPeriod(search.from, search.to),
    ...Object.fromEntries(given),
    ...(search.banding === 'ya' && { banding: 'ya' as const }),
    ...(tables !== '' && { tabel: tables }),
  };
}
