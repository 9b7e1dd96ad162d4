import type { Flag } from '../domain/classification.ts';
import type { Noise } from './noise.ts';
import { isRude, type Reading } from './reading.ts';

export function flagsOf(
  reading: Reading,
  noise: Noise | null,
  isSarcasm: boolean,
  isContentless: boolean,
): Flag[] {
  const { count } = reading;
  const found: Flag[] = [];
  if (isRude(reading)) found.push('kasar');
  if (count('hoax_strong') > 0 || (count('hoax') > 0 && count('spread_harm') > 0))
    found.push('klaim_belum_pasti');
  if (count('escalate') > 0) found.push('ditagih');
  if (isSarcasm) found.push('sarkasme');
  if (noise === 'judi' || noise === 'iklan') found.push('spam');
  if (isContentless) found.push('tanpa_isi');
  return found;
}
