import type { Classification } from '../domain/classification.ts';
import { flagsOf } from './flags.ts';
import type { Noise } from './noise.ts';
import { type Reading, SIGNAL } from './reading.ts';

/** The part of a classification that does not depend on the matter. */
export type Surface = Pick<Classification, 'personalData' | 'language' | 'modelVersion'>;

/** The answer about a message without a matter: no complaint (decided), or no content (a person looks). */
export function silenceAbout(reading: Reading, noise: Noise | null, surface: Surface): Classification {
  const isNoise = noise !== null;
  return {
    kind: isNoise ? 'bukan_aduan' : null,
    decided: isNoise,
    subject: null,
    agency: null,
    companion: null,
    authority: null,
    confidence: isNoise ? 1 : 0,
    runnersUp: [],
    evidence: isNoise ? [{ words: noise, source: 'rule', for: 'bukan_aduan', weight: 1 }] : [],
    place: null,
    urgency: isNoise ? 'rendah' : 'biasa',
    secret: false,
    secretReasons: [],
    flags: flagsOf(reading, noise, false, !isNoise),
    personalData: surface.personalData,
    language: surface.language,
    modelVersion: surface.modelVersion,
  };
}

/** "podo min", "📷 iki lho": nothing of its own that could be classified. */
export function isWithoutContent(reading: Reading, ownEvidence: boolean): boolean {
  if (reading.contentWords === 0) return true;
  return (
    !ownEvidence &&
    reading.contentWords <= 1 &&
    reading.count(SIGNAL.agree) + reading.count(SIGNAL.pointer) > 0
  );
}
