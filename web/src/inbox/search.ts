import type { api } from '../shared/api.ts';

type ApiView = NonNullable<Parameters<typeof api.threads.list>[0]['view']>;

/** The saved views, as the API names them, in the order of the screen. */
export const views = [
  'darurat',
  'baru',
  'perlu-dicek',
  'belum-ditanggapi',
  'hampir-lewat',
  'opd-belum-menjawab',
  'menunggu-persetujuan',
  'milik-saya',
  'disebut',
  'minta-dibuka',
  'ingatkan-nanti',
  'tunda',
  'bukan-wewenang',
  'tersaring',
  'apresiasi',
  'selesai',
  'arsip',
  'aduan',
  'semua',
] as const satisfies readonly ApiView[];
/** The API's own: a view that it has and this list or its words lack does not compile. */
export type View = ApiView;

/** What narrows the list beside the view; the API's own names. */
const filterNames = [
  'agency',
  'inCharge',
  'subject',
  'platform',
  'kecamatan',
  'kind',
  'state',
  'urgency',
  'secret',
  'assignee',
  'confidence',
  'outcome',
  'mistaken',
  'late',
  'from',
  'to',
  'weekday',
  'hour',
  'wakesBefore',
  'q',
] as const;
export type InboxFilter = { readonly [Name in (typeof filterNames)[number]]?: string };

/** The whole state of the list, as it stands in the address. */
export interface InboxSearch extends InboxFilter {
  readonly view?: View;
  /** The case or message that is open. */
  readonly buka?: string;
}

function text(value: unknown): string | undefined {
  const plain = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof plain === 'string' && plain !== '' && plain.length <= 200 ? plain : undefined;
}

/** What cannot be read is left out: it came in a link. */
export function readInboxSearch(search: Record<string, unknown>): InboxSearch {
  const view = views.find((one) => one === search.view);
  const given = ['buka', ...filterNames].flatMap((name) => {
    const value = text(search[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...(view && { view }), ...Object.fromEntries(given) };
}

/** Only what narrows. */
export function filterOf(search: InboxSearch): InboxFilter {
  const { view: _view, buka: _open, ...filter } = search;
  return filter;
}
