import type { OfficeList } from '../../domain/office-lists.ts';
import { type Act, roleMay } from '../../domain/policies.ts';
import { entriesOf, keyOf, markOf } from '../../reference/entries.ts';
import { type ApiContext, caller } from '../context.ts';
import { removeEntry, saveEntry } from '../list-acts.ts';
import { previewEntry } from '../list-preview.ts';
import { ok, os } from './base.ts';

const routes = os.officeLists;

/** The act that lets somebody edit the list; the routes name the same ones. */
function editing(list: OfficeList): Act {
  if (list === 'templates') return 'templates.edit';
  const words = ['subjects', 'places', 'spellings', 'wordGroups', 'subjectRules', 'agencyRules'];
  return words.includes(list) ? 'keywords.edit' : 'lists.edit';
}

export const officeLists = routes.router({
  get: routes.get.handler(({ context, input: { list } }) => ({
    entries: entriesOf(context.deps.lists().texts, list).map((entry) => ({
      key: keyOf(list, entry),
      mark: markOf(entry),
      entry: { ...entry },
    })),
    mayEdit: roleMay(caller(context), editing(list)),
  })),
  preview: routes.preview.handler(({ context, input }) => previewEntry(context, input)),
  saveKeywords: routes.saveKeywords.handler(({ context, input }) => save(context, input)),
  removeKeywords: routes.removeKeywords.handler(({ context, input }) => remove(context, input)),
  saveTemplate: routes.saveTemplate.handler(({ context, input }) => save(context, input)),
  removeTemplate: routes.removeTemplate.handler(({ context, input }) => remove(context, input)),
  saveOffice: routes.saveOffice.handler(({ context, input }) => save(context, input)),
  removeOffice: routes.removeOffice.handler(({ context, input }) => remove(context, input)),
});

type In<Act extends (...given: never) => unknown> = Parameters<Act>[2] & { readonly list: OfficeList };

async function save(context: ApiContext, input: In<typeof saveEntry>) {
  const { entry, ...kept } = await saveEntry(context, input.list, input);
  return { ...kept, entry: { ...entry } };
}

async function remove(context: ApiContext, input: In<typeof removeEntry>) {
  await removeEntry(context, input.list, input);
  return ok;
}
