import { useWords } from '../shared/language.tsx';
import { useNames } from '../shared/queries.ts';
import { trendsWords } from './words.ts';

/** "Lampu jalan, Colomadu". */
export function useSubjectPlace() {
  const say = useWords(trendsWords);
  const { subject } = useNames();
  return (key: { readonly subject: string | null; readonly kecamatan: string | null }) =>
    `${subject(key.subject) ?? say.undecided}, ${key.kecamatan ?? say.nowhere}`;
}
