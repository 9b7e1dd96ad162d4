import { z } from 'zod';
import { kinds } from '../../domain/classification.ts';
import type { OfficeList } from '../../domain/office-lists.ts';
import { route, When } from './base.ts';

/** An entry as JSON has it; its shape is the list's own (src/domain/office-lists.ts). */
const Entry = z.record(z.string(), z.unknown());
const Key = z.string().min(1).max(300);
/** Names exactly the content that was seen; null: the entry is new. */
const Mark = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .nullable();

const KeptEntry = z.object({ key: Key, mark: z.string(), entry: Entry });
const Fault = z.object({ field: z.string(), id: z.string(), en: z.string() });

const lists = {
  keywords: ['subjects', 'places', 'spellings', 'wordGroups', 'subjectRules', 'agencyRules'],
  templates: ['templates'],
  office: ['agencies', 'clocks', 'holidays', 'recipients', 'escalation', 'letterhead'],
} as const satisfies Record<string, readonly OfficeList[]>;
const allLists = z.enum([...lists.keywords, ...lists.templates, ...lists.office]);

/** What is kept: the entry as it now stands. */
function saving<const Names extends readonly OfficeList[]>(names: Names) {
  return z.object({ list: z.enum(names), key: Key, mark: Mark, entry: Entry });
}

function removing<const Names extends readonly OfficeList[]>(names: Names) {
  return z.object({ list: z.enum(names), key: Key, mark: z.string() });
}

const Judged = z.object({
  decided: z.boolean(),
  kind: z.enum(kinds).nullable(),
  subjectName: z.string().nullable(),
  agencyName: z.string().nullable(),
});
const Compared = z.object({ matches: z.boolean(), changes: z.boolean(), before: Judged, after: Judged });

const PreviewShape = z.object({
  /** Why the entry could not be kept; nothing else is worked out then. */
  faults: z.array(Fault),
  /** The person's own text. */
  text: Compared.nullable(),
  /** How many of the latest messages were read, each without its conversation. */
  looked: z.number().int(),
  matching: z.number().int(),
  changing: z.number().int(),
  /** Those that change first; masked. */
  examples: z.array(Compared.extend({ id: z.string(), line: z.string(), at: When })),
});

/** Agencies, subjects, words, rules, templates, clocks: data that the office edits. */
export const officeLists = {
  get: route('lists.view')
    .route({ method: 'GET', path: '/lists/{list}' })
    .input(z.object({ list: allLists }))
    .output(z.object({ entries: z.array(KeptEntry), mayEdit: z.boolean() })),
  preview: route('keywords.edit')
    .route({
      method: 'POST',
      path: '/lists/{list}/preview',
      summary: 'What an entry would do to the latest messages, and to a text',
    })
    .input(
      z.object({
        list: z.enum(lists.keywords),
        key: Key,
        entry: Entry,
        text: z.string().max(2_000).optional(),
      }),
    )
    .output(PreviewShape),
  saveKeywords: route('keywords.edit')
    .route({ method: 'PUT', path: '/lists/keywords/{list}' })
    .input(saving(lists.keywords))
    .output(KeptEntry),
  removeKeywords: route('keywords.edit')
    .route({ method: 'POST', path: '/lists/keywords/{list}/remove' })
    .input(removing(lists.keywords))
    .output(z.object({ ok: z.literal(true) })),
  saveTemplate: route('templates.edit')
    .route({ method: 'PUT', path: '/lists/templates/{list}' })
    .input(saving(lists.templates))
    .output(KeptEntry),
  removeTemplate: route('templates.edit')
    .route({ method: 'POST', path: '/lists/templates/{list}/remove' })
    .input(removing(lists.templates))
    .output(z.object({ ok: z.literal(true) })),
  saveOffice: route('lists.edit')
    .route({ method: 'PUT', path: '/lists/office/{list}' })
    .input(saving(lists.office))
    .output(KeptEntry),
  removeOffice: route('lists.edit')
    .route({ method: 'POST', path: '/lists/office/{list}/remove' })
    .input(removing(lists.office))
    .output(z.object({ ok: z.literal(true) })),
};
