import type { Language } from './language.tsx';

/** "1.000" in Indonesian, "1,000" in English. */
export function numberText(number: number, language: Language): string {
  return number.toLocaleString(language === 'id' ? 'id-ID' : 'en');
}

/** "1.000+" beyond what is counted exactly. */
export function countText(
  { count, more }: { readonly count: number; readonly more: boolean },
  language: Language,
): string {
  return `${numberText(count, language)}${more ? '+' : ''}`;
}
