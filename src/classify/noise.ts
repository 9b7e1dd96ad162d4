import { isRude, type Reading, SIGNAL } from './reading.ts';

/** Why a message is no complaint whatever words it has, or null. */
export type Noise = 'judi' | 'iklan' | 'suntikan' | 'basa-basi' | 'emoji' | 'hujatan' | 'guyonan';

/**
 * @param hasEvidence a subject has a strong keyword: a rude or chatty message with a matter is a complaint
 */
export function noiseOf(reading: Reading, hasEvidence: boolean): Noise | null {
  const { count } = reading;
  if (count(SIGNAL.injection) > 0) return 'suntikan';
  if (count(SIGNAL.gambling) >= 2) return 'judi';
  if (isAdvert(reading)) return 'iklan';
  if (isEmojiOnly(reading)) return 'emoji';
  if (count(SIGNAL.joke) >= 2 && count(SIGNAL.fix_request) === 0) return 'guyonan';
  return hasEvidence ? null : idleNoiseOf(reading);
}

/** What has no matter of ours. */
function idleNoiseOf(reading: Reading): Noise | null {
  const { count, contentWords } = reading;
  if (count(SIGNAL.joke) === 1 && count(SIGNAL.problem) === 0) return 'guyonan';
  if (isRude(reading) && count(SIGNAL.time_unit) === 0 && contentWords <= 6) return 'hujatan';
  if (count(SIGNAL.chatter) > 0 && contentWords <= 1) return 'basa-basi';
  return null;
}

function isAdvert({ count }: Reading): boolean {
  if (count(SIGNAL.ads_strong) >= 2) return true;
  return count(SIGNAL.ads_strong) === 1 && count(SIGNAL.ads) >= 2 && count(SIGNAL.problem) === 0;
}

function isEmojiOnly(reading: Reading): boolean {
  const { words } = reading.tokens;
  return words.length > 0 && words.every((word) => word.kind === 'emoji') && !isPicture(reading);
}

function isPicture(reading: Reading): boolean {
  return reading.tokens.words.some((word) => word.raw === '📷' || word.raw === '📸');
}
