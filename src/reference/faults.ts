import type { z } from 'zod';
import { parseKnowledge } from '../classify/knowledge.ts';
import { type TrainingExample, wordsFor } from '../classify/load.ts';
import { createReader } from '../classify/reading.ts';
import { asError } from '../core/errors.ts';
import { type OfficeEntry, type OfficeList, officeEntries } from '../domain/office-lists.ts';
import type { Words } from '../domain/policies.ts';
import { readTemplateBook } from '../draft/template-book.ts';
import { findPersonalData } from '../text/personal-data.ts';
import { type Entry, entriesOf, keyOf, withEntry } from './entries.ts';
import { knowledgeOf, type ListTexts } from './reference.ts';

/** Why an entry cannot be kept, and in which of its fields. */
export interface Fault extends Words {
  readonly field: string;
}

function fault(field: string, id: string, en: string): Fault {
  return { field, id, en };
}

const shapeWords: Readonly<Record<string, Words>> = {
  too_small: { id: 'kosong atau terlalu kecil', en: 'empty or too small' },
  too_big: { id: 'terlalu panjang atau terlalu besar', en: 'too long or too large' },
  invalid_value: { id: 'bukan salah satu pilihan', en: 'not one of the choices' },
  invalid_format: { id: 'bentuknya tidak sesuai', en: 'not in the form that is needed' },
  unrecognized_keys: { id: 'memuat isian yang tidak dikenal', en: 'holds a field that is not known' },
};
const wrong = { id: 'belum diisi dengan benar', en: 'not filled in rightly' };

function shapeFaults(error: z.ZodError): Fault[] {
  return error.issues.map((issue) => {
    const field = issue.path.join('.');
    const words = shapeWords[issue.code] ?? wrong;
    return fault(field, `${field}: ${words.id}.`, `${field}: ${words.en}.`);
  });
}

function unknown(field: string, what: Words, named: readonly (string | null)[], known: ReadonlySet<string>) {
  return named
    .filter((one) => one !== null && !known.has(one))
    .map((one) =>
      fault(field, `${what.id} "${one}" tidak dikenal.`, `There is no ${what.en} called "${one}".`),
    );
}

const agencyWord = { id: 'OPD', en: 'agency' };
const subjectWord = { id: 'Pokok aduan', en: 'subject' };
const termWord = { id: 'Kelompok kata', en: 'group of words' };

function keys(texts: ListTexts, list: OfficeList): Set<string> {
  return new Set(entriesOf(texts, list).map((one) => keyOf(list, one)));
}

function keywordsOf({ keywords }: OfficeEntry<'subjects'>): string[] {
  return [...keywords.strong, ...keywords.normal, ...keywords.weak];
}

/** A keyword speaks for one subject, once. */
function keywordFaults(texts: ListTexts, entry: OfficeEntry<'subjects'>): Fault[] {
  const owners = new Map<string, string>();
  for (const other of entriesOf(texts, 'subjects') as readonly OfficeEntry<'subjects'>[])
    if (other.id !== entry.id) for (const word of keywordsOf(other)) owners.set(word, other.name);
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const word of keywordsOf(entry)) {
    const owner = owners.get(word);
    if (seen.has(word)) {
      faults.push(
        fault('keywords', `Kata "${word}" tertulis dua kali.`, `The word "${word}" is there twice.`),
      );
    } else if (owner !== undefined) {
      const id = `Kata "${word}" sudah dipakai pokok aduan ${owner}.`;
      faults.push(fault('keywords', id, `The word "${word}" belongs to the subject ${owner} already.`));
    }
    seen.add(word);
  }
  return faults;
}

type Condition = Pick<OfficeEntry<'agencyRules'>, 'all' | 'any' | 'none'>;

function conditionFaults(texts: ListTexts, rule: Condition): Fault[] {
  const known = keys(texts, 'wordGroups');
  for (const id of keys(texts, 'subjects')) known.add(`subject:${id}`);
  const faults = (['all', 'any', 'none'] as const).flatMap((part) =>
    unknown(part, termWord, rule[part], known),
  );
  if (rule.all.length + rule.any.length > 0) return faults;
  return [
    ...faults,
    fault(
      'all',
      'Aturan tanpa syarat berlaku bagi semua pesan.',
      'A rule without a condition fits every message.',
    ),
  ];
}

function placeFaults(texts: ListTexts, { kind, kecamatan }: OfficeEntry<'places'>): Fault[] {
  const known = entriesOf(texts, 'agencies').flatMap((one) => (one.kecamatan as string | null) ?? []);
  const faults = unknown('kecamatan', { id: 'Kecamatan', en: 'kecamatan' }, kecamatan, new Set(known));
  if ((kind === 'neighbour') === (kecamatan.length === 0)) return faults;
  return [
    ...faults,
    fault(
      'kecamatan',
      'Tempat di kabupaten ini perlu kecamatannya; tempat di kabupaten tetangga tidak punya.',
      'A place of this regency needs its kecamatan; a neighbour’s has none.',
    ),
  ];
}

function spellingFaults(texts: ListTexts, { written, means }: OfficeEntry<'spellings'>): Fault[] {
  const others = entriesOf(texts, 'spellings') as readonly OfficeEntry<'spellings'>[];
  if (written === means)
    return [fault('means', 'Kata ini dibaca sebagai dirinya sendiri.', 'The word is read as itself.')];
  // One step only: what it is read as must be a word, or two entries would turn each other round.
  if (!others.some((one) => one.written === means)) return [];
  const id = `"${means}" sendiri ada di daftar ejaan; tulis kata akhirnya.`;
  return [fault('means', id, `"${means}" is in this list itself; name the final word.`)];
}

const placeholders = ['nama', 'nomor', 'opd', 'batas', 'tautan', 'isi'];
/** As X counts at most; what the values add is checked with each draft. */
const shortLimit = 280;

/** Names in braces. */
function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{([^{}]*)\}/gu)].map((match) => match[1] ?? ''))];
}

function templateFaults(entry: OfficeEntry<'templates'>): Fault[] {
  const faults = (['normal', 'short'] as const).flatMap((field) => {
    const text = entry[field];
    const strange = placeholdersIn(text).filter((name) => !placeholders.includes(name));
    const found = strange.map((name) =>
      fault(
        field,
        `Isian {${name}} tidak dikenal. Yang ada: ${placeholders.map((one) => `{${one}}`).join(', ')}.`,
        `There is no placeholder {${name}}.`,
      ),
    );
    if (text.replaceAll(/\{[^{}]*\}/gu, '').match(/[{}]/u))
      found.push(fault(field, 'Kurung kurawal tidak berpasangan.', 'A brace has no partner.'));
    if (findPersonalData(text).length > 0)
      found.push(fault(field, 'Teks memuat data pribadi. Hapus dahulu.', 'The text holds personal data.'));
    return found;
  });
  if ([...entry.short].length > shortLimit)
    faults.push(
      fault('short', `Versi pendek lebih dari ${shortLimit} huruf.`, 'The short text is too long.'),
    );
  if (entry.locked)
    faults.push(
      fault(
        'locked',
        'Teks terkunci (satu-satunya yang boleh tampil di muka umum untuk aduan rahasia) tidak diubah dari sini.',
        'A locked text (the only one that may stand in public on a secret case) is not changed here.',
      ),
    );
  return faults;
}

function recipientFaults(texts: ListTexts, { agency, way, address }: OfficeEntry<'recipients'>): Fault[] {
  const fits = way === 'mail' ? /^[^\s@]+@[^\s@]+\.[^\s@]+$/u : /^\d{8,15}$/u;
  const faults = unknown('agency', agencyWord, [agency], keys(texts, 'agencies'));
  if (fits.test(address)) return faults;
  const id = way === 'mail' ? 'Alamat surel tidak sah.' : 'Nomor WhatsApp: 8 sampai 15 angka, tanpa +.';
  return [
    ...faults,
    fault('address', id, way === 'mail' ? 'Not a mail address.' : 'WhatsApp: 8 to 15 digits without +.'),
  ];
}

function escalationFaults({ officeHours, chain }: OfficeEntry<'escalation'>): Fault[] {
  const faults: Fault[] = [];
  if (officeHours.from >= officeHours.to)
    faults.push(fault('officeHours', 'Jam buka harus sebelum jam tutup.', 'Opening comes before closing.'));
  const rises = chain.every(
    (step, at) => at === 0 || step.afterOfficeHours > (chain[at - 1]?.afterOfficeHours ?? 0),
  );
  if (!rises) faults.push(fault('chain', 'Jam setiap langkah harus naik.', 'The hours must rise by step.'));
  return faults;
}

type Checks = { readonly [List in OfficeList]?: (texts: ListTexts, entry: OfficeEntry<List>) => Fault[] };

const checks: Checks = {
  subjects: (texts, entry) => [
    ...unknown('agency', agencyWord, [entry.agency], keys(texts, 'agencies')),
    ...unknown('companion', agencyWord, [entry.companion], keys(texts, 'agencies')),
    ...keywordFaults(texts, entry),
  ],
  subjectRules: (texts, entry) => [
    ...conditionFaults(texts, entry),
    ...unknown('add', subjectWord, Object.keys(entry.add), keys(texts, 'subjects')),
    ...unknown('drop', subjectWord, entry.drop, keys(texts, 'subjects')),
  ],
  agencyRules: (texts, entry) => [
    ...conditionFaults(texts, entry),
    ...unknown('subjects', subjectWord, entry.subjects, keys(texts, 'subjects')),
    ...unknown('agency', agencyWord, [entry.agency], keys(texts, 'agencies')),
    ...unknown('companion', agencyWord, [entry.companion], keys(texts, 'agencies')),
  ],
  places: placeFaults,
  spellings: spellingFaults,
  templates: (_, entry) => templateFaults(entry),
  recipients: recipientFaults,
  escalation: (_, entry) => escalationFaults(entry),
};

/** A word is kept as the classifier compares it: small letters, single spaces; in a group of words once. */
function tidy(list: OfficeList, entry: Entry): Entry {
  const clean = (words: readonly string[]) =>
    words.map((word) => word.toLowerCase().trim().replaceAll(/\s+/gu, ' '));
  if (list === 'wordGroups') {
    const group = entry as OfficeEntry<'wordGroups'>;
    return { ...group, words: [...new Set(clean(group.words))] };
  }
  if (list === 'subjects') {
    const subject = entry as OfficeEntry<'subjects'>;
    const { strong, normal, weak } = subject.keywords;
    return { ...subject, keywords: { strong: clean(strong), normal: clean(normal), weak: clean(weak) } };
  }
  if (list === 'places') {
    const place = entry as OfficeEntry<'places'>;
    return { ...place, spellings: [...new Set(clean(place.spellings))] };
  }
  if (list === 'spellings') {
    const { written, means } = entry as OfficeEntry<'spellings'>;
    return { written: clean([written])[0], means: means.toLowerCase() };
  }
  if (list === 'templates') {
    const { shortLength: _, shortFillMax: __, ...template } = entry as OfficeEntry<'templates'>;
    return { ...template, variables: placeholdersIn(`${template.normal} ${template.short}`).sort() };
  }
  return entry;
}

/** What would be kept of a typed entry, or why it cannot be. @param texts the lists as they stand */
export function checkEntry(
  texts: ListTexts,
  list: OfficeList,
  typed: unknown,
):
  | { readonly entry: Entry; readonly faults: readonly [] }
  | { readonly entry: null; readonly faults: readonly Fault[] } {
  const read = officeEntries[list].safeParse(typed);
  if (!read.success) return { entry: null, faults: shapeFaults(read.error) };
  const entry = tidy(list, read.data);
  const check = checks[list] as ((texts: ListTexts, entry: Entry) => Fault[]) | undefined;
  const faults = check?.(texts, entry) ?? [];
  return faults.length > 0 ? { entry: null, faults } : { entry, faults: [] };
}

/** Why an entry cannot be taken away: something else names it. */
export function removalFaults(
  texts: ListTexts,
  list: OfficeList,
  key: string,
  examples: readonly TrainingExample[],
): readonly Fault[] {
  if (list === 'escalation' || list === 'letterhead')
    return [fault('', 'Hanya dapat diubah, tidak dapat dihapus.', 'It can be changed, not removed.')];
  if (list === 'subjects' && examples.some((example) => example.subject === key))
    return [
      fault(
        '',
        'Pokok aduan ini bagian dari contoh latih penggolong; tidak dapat dihapus.',
        'The classifier learns from examples of this subject; it cannot be removed.',
      ),
    ];
  const gone = entriesOf(texts, list).find((one) => keyOf(list, one) === key);
  if (list === 'templates' && gone?.locked === true)
    return [fault('', 'Templat terkunci tidak dapat dihapus.', 'A locked template cannot be removed.')];
  return togetherFaults(withEntry(texts, list, key, null));
}

/** Whether all lists still fit together; the words of the part that says no are in English. */
export function togetherFaults(texts: ListTexts): readonly Fault[] {
  try {
    const knowledge = parseKnowledge(knowledgeOf(texts));
    createReader(knowledge, wordsFor(knowledge));
    readTemplateBook(JSON.parse(texts.templates));
    return [];
  } catch (error) {
    const said = asError(error).message;
    return [fault('', `Masih dipakai di tempat lain: ${said}`, `Still in use elsewhere: ${said}`)];
  }
}
