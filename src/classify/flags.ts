import type { Flag } from '../domain/classification.ts';
import type { Noise } from './noise.ts';
import { isRude, type Reading, SIGNAL } from './reading.ts';

export function flagsOf(
  reading: Reading,
  noise: Noise | null,
  isSarcasm: boolean,
  isContentless: boolean,
): Flag[] {
  const { count } = reading;
  const found: Flag[] = [];
  if (isRude(reading)) found.push('kasar');
  if (count(SIGNAL.hoax_strong) > 0 || (count(SIGNAL.hoax) > 0 && count(SIGNAL.spread_harm) > 0))
    found.push('klaim_belum_pasti');
  if (count(SIGNAL.escalate) > 0) found.push('ditagih');
  if (isSarcasm) found.push('sarkasme');
  if (noise === 'judi' || noise === 'iklan') found.push('spam');
  if (isContentless) found.push('tanpa_isi');
  return found;
}
