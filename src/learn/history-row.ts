import type { Knowledge } from '../classify/knowledge.ts';
import type { LoadedClassifier } from '../classify/load.ts';
import { type Label, labelOf, type Said } from './label-of.ts';

/** Where the office's own file has the message and what became of it. */
export interface HistoryMapping {
  /** Columns that make up the message, in order. */
  readonly text: readonly string[];
  /** Columns that say what it is about or who got it; the first with a known word counts. */
  readonly label: readonly string[];
  /** The file's words → a subject's id, an agency's code or `bukan_aduan`. */
  readonly labels: Readonly<Record<string, string>>;
}

type Cells = Readonly<Record<string, unknown>>;

const bare = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** A row of the office's history as a labelled example, or in words why it is none. */
export function historyReader(
  mapping: HistoryMapping,
  classifier: Pick<LoadedClassifier, 'knowledge' | 'likeliest'>,
): (cells: Cells) => { readonly text: string; readonly label: Label } {
  const meaning = meaningsOf(mapping, classifier.knowledge);
  return (cells) => {
    const byBare = new Map(
      Object.entries(cells).map(([name, value]) => [bare(name), String(value ?? '').trim()]),
    );
    const cellsOf = (columns: readonly string[]) =>
      columns.map((name) => byBare.get(bare(name))).filter((value) => value !== undefined && value !== '');
    const text = cellsOf(mapping.text).join('. ');
    const words = cellsOf(mapping.label) as string[];
    return { text, label: labelFor({ text, words }, meaning, classifier) };
  };
}

function labelFor(
  { text, words }: { readonly text: string; readonly words: readonly string[] },
  meaning: (word: string) => Said | null,
  classifier: Pick<LoadedClassifier, 'knowledge' | 'likeliest'>,
): Label {
  if (text === '') return { label: null, reason: 'isi pesan kosong atau kolomnya tidak ditemukan' };
  if (words.length === 0) return { label: null, reason: 'tanpa label' };
  let last: Label = { label: null, reason: `label tidak dikenal: "${words[0]?.slice(0, 60)}"` };
  for (const word of words) {
    const said = meaning(word);
    if (said === null) continue;
    last = labelOf(said, text, classifier);
    if (last.label !== null) return last;
  }
  return last;
}

/** By the mapping's own words first, then by our ids, names and what people call an agency. */
function meaningsOf({ labels }: HistoryMapping, knowledge: Knowledge): (word: string) => Said | null {
  const own = new Map(Object.entries(labels).map(([theirs, ours]) => [bare(theirs), ours]));
  const subjects = new Map(
    knowledge.subjects.flatMap(({ _id, name }) => [_id, name].map((word) => [bare(word), _id] as const)),
  );
  const agencies = new Map(
    knowledge.agencies.flatMap(({ _id, name, shortName, aliases }) =>
      [_id, name, shortName, ...aliases].map((word) => [bare(word), _id] as const),
    ),
  );
  return (word) => {
    const ours = bare(own.get(bare(word)) ?? word);
    if (ours === bare('bukan_aduan')) return { kind: 'bukan_aduan', subject: null, agency: null };
    const [subject, agency] = [subjects.get(ours) ?? null, agencies.get(ours) ?? null];
    return subject === null && agency === null
      ? null
      : { kind: null, subject, agency: subject === null ? agency : null };
  };
}
