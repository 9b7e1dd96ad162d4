import { createHash } from 'node:crypto';
import type { OfficeEntry, OfficeList } from '../domain/office-lists.ts';
import type { ListName, ListTexts } from './reference.ts';

/** An entry as JSON has it. */
export type Entry = Readonly<Record<string, unknown>>;

interface Place {
  readonly file: ListName;
  /** Names the entry within its list; it does not change. */
  readonly keyOf: (entry: Entry) => string;
  readonly read: (json: never) => readonly unknown[];
  readonly write: (json: never, entries: readonly unknown[]) => unknown;
}

/** A list that is the whole file. */
function whole(file: ListName, keyOf: (entry: never) => string): Place {
  return {
    file,
    keyOf: keyOf as Place['keyOf'],
    read: (json: readonly unknown[]) => json,
    write: (_, entries) => entries,
  };
}

/** A list under a name of its file; what stands beside it stays. */
function under(file: ListName, name: string, keyOf: (entry: never) => string): Place {
  return {
    file,
    keyOf: keyOf as Place['keyOf'],
    read: (json: Readonly<Record<string, readonly unknown[]>>) => json[name] ?? [],
    write: (json: object, entries) => ({ ...json, [name]: entries }),
  };
}

/** A file that is one entry under its own name. */
function single(file: ListName): Place {
  return { file, keyOf: () => file, read: (json: unknown) => [json], write: (_, entries) => entries[0] };
}

type WordGroup = OfficeEntry<'wordGroups'>;
type Signals = Readonly<Record<string, readonly string[]>>;

const places: Readonly<Record<OfficeList, Place>> = {
  agencies: whole('agencies', (one: OfficeEntry<'agencies'>) => one.code),
  subjects: whole('subjects', (one: OfficeEntry<'subjects'>) => one.id),
  wordGroups: {
    file: 'rules',
    keyOf: (entry) => String(entry.id),
    read: ({ signals }: { readonly signals: Signals }) =>
      Object.entries(signals).map(([id, words]) => ({ id, words })),
    write: (json: object, entries) => ({
      ...json,
      signals: Object.fromEntries((entries as readonly WordGroup[]).map(({ id, words }) => [id, words])),
    }),
  },
  places: under('places', 'places', (one: OfficeEntry<'places'>) => [one.name, one.kind].join('|')),
  spellings: {
    file: 'lexicon',
    keyOf: (entry) => String(entry.written),
    read: ({ normalise }: { readonly normalise: Readonly<Record<string, string>> }) =>
      Object.entries(normalise).map(([written, means]) => ({ written, means })),
    write: (json: object, entries) => ({
      ...json,
      normalise: Object.fromEntries(
        (entries as readonly OfficeEntry<'spellings'>[]).map(({ written, means }) => [written, means]),
      ),
    }),
  },
  subjectRules: under('rules', 'subjectRules', (one: OfficeEntry<'subjectRules'>) => one.id),
  agencyRules: under('rules', 'agencyRules', (one: OfficeEntry<'agencyRules'>) => one.id),
  templates: under('templates', 'templates', (one: OfficeEntry<'templates'>) => one._id),
  clocks: whole('clocks', (one: OfficeEntry<'clocks'>) =>
    [one.scheme, one.kind, one.step, one.effectiveFrom].join('|'),
  ),
  holidays: whole('holidays', (one: OfficeEntry<'holidays'>) => one.date),
  recipients: whole('recipients', (one: OfficeEntry<'recipients'>) => one.id),
  escalation: single('escalation'),
  letterhead: single('letterhead'),
};

/** The document and file that holds the list. */
export function fileOf(list: OfficeList): ListName {
  return places[list].file;
}

export function keyOf(list: OfficeList, entry: Entry): string {
  return places[list].keyOf(entry);
}

export function entriesOf(texts: ListTexts, list: OfficeList): readonly Entry[] {
  const { file, read } = places[list];
  return read(JSON.parse(texts[file]) as never) as readonly Entry[];
}

/** Names exactly this content. An edit says which one it was made from. */
export function markOf(entry: Entry): string {
  return createHash('sha256').update(JSON.stringify(entry)).digest('hex').slice(0, 16);
}

/** All lists with this entry in the place of the one of its key, or at the end; null takes it away. */
export function withEntry(texts: ListTexts, list: OfficeList, key: string, entry: Entry | null): ListTexts {
  const { file, write } = places[list];
  const before = entriesOf(texts, list);
  const at = before.findIndex((one) => keyOf(list, one) === key);
  const put = entry === null ? [] : [entry];
  const after = at === -1 ? [...before, ...put] : [...before.slice(0, at), ...put, ...before.slice(at + 1)];
  return { ...texts, [file]: JSON.stringify(write(JSON.parse(texts[file]) as never, after)) };
}
