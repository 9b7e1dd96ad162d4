import { platformWords } from '../../../src/api/contract/words.ts';
import { useWords } from './language.tsx';

/** Names of platforms; one that came from elsewhere may be none of them. */
export function usePlatformNames(): Readonly<Record<string, string>> {
  return useWords(platformWords);
}
