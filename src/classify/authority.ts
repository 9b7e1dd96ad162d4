import type { Authority } from '../domain/classification.ts';
import type { FoundPlace } from '../text/places.ts';
import { compileCondition } from './conditions.ts';
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
    subjects: new Set(rule.subjects.map(indexOf)),
    agency: rule.agency,
    companion: rule.companion,
    ...compileCondition(rule, reader.signal, indexOf),
  }));

  function charge(agency: string, companion: string | null, rule: string | null): Charge {
    const authority = agencies.get(agency)?.authority ?? 'ours';
    return { agency, companion: companion === agency ? null : companion, authority, rule };
  }

  return {
    inCharge(subject, reading, hasSubject, place) {
      const known = subjects[subject]!;
      if (place.isNeighbour && known.placeBound) return charge(NEIGHBOUR, null, 'wilayah-tetangga');
      let agency: string | null = null;
      let companion: string | null = null;
      let deciding: string | null = null;
      for (const rule of rules) {
        if (!rule.subjects.has(subject) || !rule.holds(reading.signals, hasSubject)) continue;
        if (rule.agency !== null && agency === null) {
          agency = rule.agency;
          deciding = rule.id;
        }
        companion ??= rule.companion;
      }
      agency ??= known.agency;
      if (agency === DISTRICT_OFFICE && place.place?.kecamatan) {
        agency = offices.get(place.place.kecamatan) ?? agency;
      }
      return charge(agency, companion ?? known.companion, deciding);
    },
  };
}
