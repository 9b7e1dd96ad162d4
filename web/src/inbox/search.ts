import type { api } from '../shared/api.ts';
import { words } from '../shared/language.tsx';

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

export const viewWords = words(
  {
    darurat: 'Darurat',
    baru: 'Baru',
    'perlu-dicek': 'Perlu dicek',
    'belum-ditanggapi': 'Belum ditanggapi',
    'hampir-lewat': 'Hampir lewat batas',
    'opd-belum-menjawab': 'OPD belum menjawab',
    'menunggu-persetujuan': 'Menunggu persetujuan',
    'milik-saya': 'Milik saya',
    disebut: 'Menyebut saya',
    'minta-dibuka': 'Minta dibuka kembali',
    'ingatkan-nanti': 'Ingatkan nanti',
    tunda: 'Tunda',
    'bukan-wewenang': 'Bukan wewenang',
    tersaring: 'Tersaring',
    apresiasi: 'Apresiasi',
    selesai: 'Selesai',
    arsip: 'Arsip',
    aduan: 'Semua aduan',
    semua: 'Semua',
  },
  {
    darurat: 'Emergencies',
    baru: 'New',
    'perlu-dicek': 'To be checked',
    'belum-ditanggapi': 'Not answered',
    'hampir-lewat': 'Almost late',
    'opd-belum-menjawab': 'Agency silent',
    'menunggu-persetujuan': 'Awaiting approval',
    'milik-saya': 'Mine',
    disebut: 'Mentions me',
    'minta-dibuka': 'Asks to be reopened',
    'ingatkan-nanti': 'Snoozed',
    tunda: 'Waiting for the citizen',
    'bukan-wewenang': 'Not ours',
    tersaring: 'Filtered',
    apresiasi: 'Praise',
    selesai: 'Closed',
    arsip: 'Archive',
    aduan: 'All cases',
    semua: 'All',
  },
);

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
