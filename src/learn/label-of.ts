import type { Knowledge } from '../classify/knowledge.ts';
import type { LoadedClassifier } from '../classify/load.ts';
import type { Kind } from '../domain/classification.ts';

/** What the office said of a message; null where it said nothing. */
export interface Said {
  readonly kind: Kind | null;
  readonly subject: string | null;
  readonly agency: string | null;
}

/** A subject's id or `bukan_aduan`; or in words why the message cannot teach. */
export type Label = { readonly label: string } | { readonly label: null; readonly reason: string };

const noComplaint = 'bukan_aduan';
const districtOffice = 'KECAMATAN';

/**
 * What a person's decision teaches. The model learns subjects; where only the agency is known, the likeliest of its own
 * subjects is taken.
 */
export function labelOf(
  { kind, subject, agency }: Said,
  text: string,
  { knowledge, likeliest }: Pick<LoadedClassifier, 'knowledge' | 'likeliest'>,
): Label {
  if (kind === 'bukan_aduan') return { label: noComplaint };
  const known = knowledge.subjects.find((one) => one._id === subject);
  if (known && (agency === null || isByPlace(knowledge, agency) || mayHold(knowledge, known, agency)))
    return { label: known._id };
  if (agency === null) return { label: null, reason: 'tanpa pokok aduan dan tanpa OPD' };

  const own = knowledge.subjects.filter((one) => mayHold(knowledge, one, agency));
  if (own.length === 0) return { label: null, reason: `tidak ada pokok aduan milik ${agency}` };
  const label = likeliest(
    text,
    own.map((one) => one._id),
  );
  return label === null ? { label, reason: `tidak jelas pokok aduan ${agency} yang mana` } : { label };
}

/** Whether messages about this subject go to this agency, at least in some place or under some rule. */
function mayHold(knowledge: Knowledge, subject: Knowledge['subjects'][number], agency: string): boolean {
  if (subject.agency === agency) return true;
  if (knowledge.agencyRules.some((rule) => rule.agency === agency && rule.subjects.includes(subject._id)))
    return true;
  const office = knowledge.agencies.find((one) => one._id === agency);
  return subject.agency === districtOffice && office !== undefined && office.kecamatan !== null;
}

/** A village or a neighbouring regency owns a matter by where it is, whatever it is about: the subject stands. */
function isByPlace({ agencies }: Knowledge, code: string): boolean {
  const authority = agencies.find((one) => one._id === code)?.authority;
  return authority === 'village' || authority === 'neighbour';
}

/** A person's act on a message. */
interface Act {
  readonly act: 'koreksi' | 'disposisi' | 'bukan_wewenang';
  readonly before: Said;
  readonly after: Said;
}

/** What an act of the desk teaches: all three do, but "not ours" without naming whose it is says only what is wrong. */
export function labelOfAct(
  { act, before, after }: Act,
  text: string,
  classifier: Pick<LoadedClassifier, 'knowledge' | 'likeliest'>,
): Label {
  if (
    act === 'bukan_wewenang' &&
    before.agency === after.agency &&
    isOurs(classifier.knowledge, after.agency)
  )
    return { label: null, reason: 'bukan wewenang, tanpa menyebut wewenang siapa' };
  return labelOf(after, text, classifier);
}

function isOurs({ agencies }: Knowledge, code: string | null): boolean {
  return code === null || agencies.some((one) => one._id === code && one.authority === 'ours');
}
