import type { Language } from './language.tsx';

/** "1.000+" beyond what is counted exactly. */
export function countText(
  { count, more }: { readonly count: number; readonly more: boolean },
  language: Language,
): string {
  return `${count.toLocaleString(language === 'id' ? 'id-ID' : 'en')}${more ? '+' : ''}`;
}
