import type { PersonalData } from '../domain/classification.ts';
import type { KnownSubject } from './knowledge.ts';
import { type Reading, SIGNAL } from './reading.ts';

/** Why the case should be secret, in Bahasa Indonesia for the officer; empty when it should not. */
export function secretReasons(
  reading: Reading,
  subject: KnownSubject | null,
  isSecretAgency: boolean,
): string[] {
  const { count } = reading;
  const reasons: string[] = [];
  const isMinor = count(SIGNAL.minor) > 0;
  const isViolence = count(SIGNAL.violence) > 0;
  if (count(SIGNAL.hide_me) > 0) reasons.push('Pelapor minta identitasnya dirahasiakan.');
  if (isMinor && (isViolence || count(SIGNAL.bullying) > 0 || count(SIGNAL.sexual) > 0)) {
    reasons.push('Menyangkut anak sebagai korban.');
  }
  if (count(SIGNAL.sexual) > 0 || (isViolence && count(SIGNAL.family_adult) > 0))
    reasons.push('Menyangkut korban kekerasan.');
  if (count(SIGNAL.corrupt) > 0 && count(SIGNAL.official_accused) > 0)
    reasons.push('Menuduh pejabat atau petugas.');
  if (subject?.secret || isSecretAgency) reasons.push(`Pokok "${subject?.name}" dirahasiakan secara bawaan.`);
  return reasons;
}

/** A child or a victim is named: what the public reads must not lead to them. */
export function reasonsOfNames(found: readonly PersonalData[]): string[] {
  const has = (type: PersonalData['type']) => found.some((one) => one.type === type);
  return [
    ...(has('minor') ? ['Menyebut nama anak.'] : []),
    ...(has('victim') ? ['Menyebut nama korban.'] : []),
  ];
}
