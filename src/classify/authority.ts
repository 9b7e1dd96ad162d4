import type { Authority } from '../domain/classification.ts';
import type { FoundPlace } from '../text/places.ts';
import { type CompiledCondition, compileCondition } from './conditions.ts';
import type { Knowledge, KnownAgency } from './knowledge.ts';
import type { Reader, Reading } from './reading.ts';

export interface Charge {
  readonly agency: string;
  readonly companion: string | null;
  readonly authority: Authority;
  /** The rule that decided against the subject's own agency, or null. */
  readonly rule: string | null;
}

export interface AuthorityResolver {
  /** @param subject number of the subject; `hasSubject` marks those with evidence */
  inCharge(subject: number, reading: Reading, hasSubject: Uint8Array, place: FoundPlace): Charge;
}

const NEIGHBOUR = 'TETANGGA';
const DISTRICT_OFFICE = 'KECAMATAN';

/** Agency = subject + authority (road class, school level, utility) + place. */
export function createAuthorityResolver(knowledge: Knowledge, reader: Reader): AuthorityResolver {
  const subjects = knowledge.subjects;
  const indexOf = (id: string) => subjects.findIndex((subject) => subject._id === id);
  const agencies = new Map<string, KnownAgency>(knowledge.agencies.map((agency) => [agency._id, agency]));
  const offices = new Map(
    knowledge.agencies.flatMap((one) => (one.kecamatan ? [[one.kecamatan, one._id] as const] : [])),
  );
  const rules = knowledge.agencyRules.map((rule) => ({
    id: rule.id,
    subjects: rule.subjects.map(indexOf),
    agency: rule.agency,
    companion: rule.companion,
    ...compileCondition(rule, reader.signal, indexOf),
  }));

  const rulesOf = subjects.map((_, subject) => rules.filter((rule) => rule.subjects.includes(subject)));

  function charge(agency: string, companion: string | null, rule: string | null): Charge {
    const authority = agencies.get(agency)?.authority ?? 'ours';
    return { agency, companion: companion === agency ? null : companion, authority, rule };
  }

  return {
    inCharge(subject, reading, hasSubject, place) {
      const known = subjects[subject]!;
      if (place.isNeighbour && known.placeBound) return charge(NEIGHBOUR, null, 'wilayah-tetangga');
      const { deciding, companion } = spokenRules(rulesOf[subject]!, reading, hasSubject);
      const agency = deciding?.agency ?? known.agency;
      const office = agency === DISTRICT_OFFICE ? offices.get(place.place?.kecamatan ?? '') : undefined;
      return charge(office ?? agency, companion ?? known.companion, deciding?.id ?? null);
    },
  };
}

interface CompiledRule extends CompiledCondition {
  readonly id: string;
  readonly agency: string | null;
  readonly companion: string | null;
}

/** The first rule that names an agency, and the first companion that one names. */
function spokenRules(rules: readonly CompiledRule[], reading: Reading, hasSubject: Uint8Array) {
  let deciding: CompiledRule | null = null;
  let companion: string | null = null;
  for (let at = 0; at < rules.length; at++) {
    const rule = rules[at]!;
    if (!rule.holds(reading.signals, hasSubject)) continue;
    if (rule.agency !== null) deciding ??= rule;
    companion ??= rule.companion;
  }
  return { deciding, companion };
}
