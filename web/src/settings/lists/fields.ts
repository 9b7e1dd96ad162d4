import type { Entry } from './lists.ts';
import type { listWords } from './words.ts';

/** How one part of an entry is edited. */
export interface Field {
  /** Where it stands in the entry: `keywords.strong`. */
  readonly path: string;
  readonly kind:
    | 'text'
    | 'area'
    | 'words'
    | 'check'
    | 'choice'
    | 'choices'
    | 'number'
    | 'date'
    | 'points'
    | 'steps';
  readonly label: keyof (typeof listWords)['id'];
  /** Of a choice: ids of another list, or fixed ones. */
  readonly from?: 'agencies' | 'subjects' | 'terms' | readonly string[];
  /** A choice may be left open. */
  readonly mayBeNone?: true;
  /** The key: fixed once the entry is kept. */
  readonly isKey?: true;
}

export interface InputProps {
  readonly field: Field;
  readonly value: unknown;
  readonly readOnly: boolean;
  readonly error: string | null;
  readonly onChange: (value: unknown) => void;
}

export function at(entry: Entry, path: string): unknown {
  return path.split('.').reduce<unknown>((part, name) => (part as Entry | undefined)?.[name], entry);
}

export function put(entry: Entry, path: string, value: unknown): Entry {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...entry, [name]: value };
  return { ...entry, [name]: put((entry[name] ?? {}) as Entry, rest.join('.'), value) };
}
