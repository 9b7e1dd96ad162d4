import type { PersonalData } from '../domain/classification.ts';
import type { KnownSubject } from './knowledge.ts';
import type { Reading } from './reading.ts';

/** Why the case should be secret, in Bahasa Indonesia for the officer; empty when it should not. */
export function secretReasons(
  reading: Reading,
  subject: KnownSubject | null,
  isSecretAgency: boolean,
): string[] {
  const { count } = reading;
  const reasons: string[] = [];
  const isMinor = count('minor') > 0;
  const isViolence = count('violence') > 0;
  if (count('hide_me') > 0) reasons.push('Pelapor minta identitasnya dirahasiakan.');
  if (isMinor && (isViolence || count('bullying') > 0 || count('sexual') > 0)) {
    reasons.push('Menyangkut anak sebagai korban.');
  }
  if (count('sexual') > 0 || (isViolence && count('family_adult') > 0))
    reasons.push('Menyangkut korban kekerasan.');
  if (count('corrupt') > 0 && count('official_accused') > 0) reasons.push('Menuduh pejabat atau petugas.');
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
