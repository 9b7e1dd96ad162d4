import { api } from '../../shared/api.ts';

export type Entry = Readonly<Record<string, unknown>>;
type Answer = Awaited<ReturnType<typeof api.officeLists.get>>;
export type Kept = Answer['entries'][number];
export type ListName = Parameters<typeof api.officeLists.get>[0]['list'];
export type Preview = Awaited<ReturnType<typeof api.officeLists.preview>>;
export type WordList = Parameters<typeof api.officeLists.preview>[0]['list'];

const wordLists: readonly string[] = [
  'subjects',
  'places',
  'spellings',
  'wordGroups',
  'subjectRules',
  'agencyRules',
] satisfies WordList[];

export function isWordList(list: ListName): list is WordList {
  return wordLists.includes(list);
}

/** One entry that is always there: it can be changed, not added or removed. */
export function isSingle(list: ListName): boolean {
  return list === 'escalation' || list === 'letterhead';
}

export function listQuery(list: ListName) {
  return { queryKey: ['office-list', list], queryFn: () => api.officeLists.get({ list }) };
}

/** Each list is saved by the route that its right belongs to. */
export function save(
  list: ListName,
  kept: { readonly key: string; readonly mark: string | null; readonly entry: Entry },
) {
  const change = { ...kept, entry: { ...kept.entry } };
  if (isWordList(list)) return api.officeLists.saveKeywords({ list, ...change });
  if (list === 'templates') return api.officeLists.saveTemplate({ list, ...change });
  return api.officeLists.saveOffice({ list, ...change });
}

export function remove(list: ListName, seen: { readonly key: string; readonly mark: string }) {
  if (isWordList(list)) return api.officeLists.removeKeywords({ list, ...seen });
  if (list === 'templates') return api.officeLists.removeTemplate({ list, ...seen });
  return api.officeLists.removeOffice({ list, ...seen });
}
