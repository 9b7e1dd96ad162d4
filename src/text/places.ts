import type { Place } from '../domain/classification.ts';
import { createPhraseIndex, type Hits, type Phrase } from './phrases.ts';
import type { Tokens } from './tokens.ts';
import type { Words } from './words.ts';

/** A kecamatan, desa/kelurahan or known spot of the regency, or a place of a neighbouring one. */
export interface PlaceEntry {
  readonly name: string;
  /** More than one when the same name exists in several kecamatan; empty for a neighbour. */
  readonly kecamatan: readonly string[];
  readonly kind: 'kecamatan' | 'desa' | 'kelurahan' | 'spot' | 'neighbour';
  /** Also an everyday word ("suruh", "kebak"): counts only beside a place word or its kecamatan. */
  readonly ambiguous: boolean;
  readonly spellings: readonly string[];
}

export interface Gazetteer {
  find(tokens: Tokens): FoundPlace;
}

export interface FoundPlace {
  /** The place within the regency, or the neighbour's name when only such a one was found. */
  readonly place: Place | null;
  /** Only places of a neighbouring regency were found. */
  readonly isNeighbour: boolean;
  readonly kind: PlaceEntry['kind'] | null;
}

const NOWHERE: FoundPlace = { place: null, isNeighbour: false, kind: null };

export function createGazetteer(
  places: readonly PlaceEntry[],
  cues: { readonly placeWords: readonly string[]; readonly roadWords: readonly string[] },
  words: Words,
): Gazetteer {
  const phrases: Phrase[] = places.flatMap((place, payload) =>
    [place.name, ...place.spellings].map((name) => ({
      phrase: name
        .toLowerCase()
        .split(/[\s-]+/)
        .map((word) => `=${word}`)
        .join(' '),
      payload,
    })),
  );
  const index = createPhraseIndex(phrases, words);
  const placeWords = new Set(cues.placeWords);
  const roadWords = new Set(cues.roadWords);

  return {
    find(tokens) {
      const found = index.find(tokens);
      if (found.size === 0) return NOWHERE;
      const hits = longestOf(listOf(found));
      const kecamatanNamed = new Set<string>();
      for (let at = 0; at < hits.length; at++) {
        const hit = hits[at]!;
        const place = places[hit.payload]!;
        if (place.kind !== 'kecamatan') continue;
        if (countsAs(place, hit, tokens, placeWords) || followsItsOwn(hits, at, places, tokens, placeWords))
          kecamatanNamed.add(place.name);
      }
      return (
        firstOwn(hits, places, tokens, placeWords, kecamatanNamed) ??
        firstNeighbour(hits, places, tokens, placeWords, roadWords)
      );
    },
  };
}

interface Hit {
  readonly payload: number;
  readonly start: number;
  readonly end: number;
}

function listOf({ size, payloads, starts, ends }: Hits): Hit[] {
  return Array.from({ length: size }, (_, at) => {
    return { payload: payloads[at]!, start: starts[at]!, end: ends[at]! };
  });
}

/** "Kebak Kramat" is no "Kebak". */
function longestOf(hits: readonly Hit[]): readonly Hit[] {
  if (hits.length < 2) return hits;
  return hits.filter((hit) => !hits.some((other) => isWithin(hit, other)));
}

const isWithin = (hit: Hit, other: Hit) =>
  other.start <= hit.start && other.end >= hit.end && other.end - other.start > hit.end - hit.start;

function firstOwn(
  hits: readonly Hit[],
  places: readonly PlaceEntry[],
  tokens: Tokens,
  placeWords: ReadonlySet<string>,
  kecamatanNamed: ReadonlySet<string>,
): FoundPlace | null {
  let district: FoundPlace | null = null;
  let roadEnd: FoundPlace | null = null;
  for (let at = 0; at < hits.length; at++) {
    const hit = hits[at]!;
    const place = places[hit.payload]!;
    if (place.kind === 'neighbour') continue;
    if (!isMeant(hits, at, places, { tokens, placeWords, kecamatanNamed })) continue;
    const found = asFound(place, kecamatanNamed);
    if (isRoadEnd(hits, at, places)) roadEnd ??= found;
    else if (place.kind === 'kecamatan') district ??= found;
    // A desa of another kecamatan than the one named before it is a second place; the first one stands.
    else if (!district?.place || place.kecamatan.includes(district.place.kecamatan ?? '')) return found;
  }
  return district ?? roadEnd;
}

interface Cues {
  readonly tokens: Tokens;
  readonly placeWords: ReadonlySet<string>;
  readonly kecamatanNamed: ReadonlySet<string>;
}

/** Not the everyday word of the same letters ("suruh", "sepanjang Papahan"). */
function isMeant(hits: readonly Hit[], at: number, places: readonly PlaceEntry[], cues: Cues): boolean {
  const hit = hits[at]!;
  const place = places[hit.payload]!;
  if (place.kind !== 'kecamatan' && place.kecamatan.some((name) => cues.kecamatanNamed.has(name)))
    return true;
  if (place.ambiguous && hits[at + 1]?.start === hit.end) return false;
  return countsAs(place, hit, cues.tokens, cues.placeWords);
}

function asFound(place: PlaceEntry, kecamatanNamed: ReadonlySet<string>): FoundPlace {
  if (place.kind === 'kecamatan') {
    return { place: { kecamatan: place.name, name: null }, isNeighbour: false, kind: place.kind };
  }
  return {
    place: { kecamatan: kecamatanOf(place, kecamatanNamed), name: place.name },
    isNeighbour: false,
    kind: place.kind,
  };
}

/** "solo-tawangmangu" names a road; where on it says another word, if any. */
function isRoadEnd(hits: readonly Hit[], at: number, places: readonly PlaceEntry[]): boolean {
  const hit = hits[at]!;
  return hits.some(
    (other) =>
      (other.end === hit.start || other.start === hit.end) && places[other.payload]!.kind === 'neighbour',
  );
}

/** The kecamatan of a name that several share is the one named beside it, else unknown. */
function kecamatanOf(place: PlaceEntry, named: ReadonlySet<string>): string | null {
  if (place.kecamatan.length === 1) return place.kecamatan[0]!;
  return place.kecamatan.find((name) => named.has(name)) ?? null;
}

/** "Solo" in "jalan Solo-Tawangmangu" is a road's name, in "jalan Kartasura" a place. */
function firstNeighbour(
  hits: readonly Hit[],
  places: readonly PlaceEntry[],
  tokens: Tokens,
  placeWords: ReadonlySet<string>,
  roadWords: ReadonlySet<string>,
): FoundPlace {
  for (const hit of hits) {
    const place = places[hit.payload]!;
    if (place.kind !== 'neighbour' || !isCued(hit, tokens, placeWords)) continue;
    const next = tokens.words[hit.end];
    const joinsARoad =
      next !== undefined &&
      roadWords.has(tokens.words[hit.start - 1]?.form ?? '') &&
      hits.some((other) => other.start === hit.end || other.end === hit.start);
    if (joinsARoad) continue;
    return { place: { kecamatan: null, name: place.name }, isNeighbour: true, kind: 'neighbour' };
  }
  return NOWHERE;
}

function countsAs(place: PlaceEntry, hit: Hit, tokens: Tokens, placeWords: ReadonlySet<string>): boolean {
  if (!place.ambiguous) return true;
  // The regency bears the name of its capital: only "kecamatan Karanganyar" means the kecamatan.
  if (place.name === 'Karanganyar')
    return ['kecamatan', 'kota'].includes(tokens.words[hit.start - 1]?.form ?? '');
  return isCued(hit, tokens, placeWords);
}

/** "di Ganten Kerjo": an everyday word is a kecamatan right after one of its own desa. */
function followsItsOwn(
  hits: readonly Hit[],
  at: number,
  places: readonly PlaceEntry[],
  tokens: Tokens,
  placeWords: ReadonlySet<string>,
): boolean {
  const hit = hits[at]!;
  const name = places[hit.payload]!.name;
  return hits.some(
    (other) =>
      other.end === hit.start &&
      places[other.payload]!.kecamatan.includes(name) &&
      countsAs(places[other.payload]!, other, tokens, placeWords),
  );
}

function isCued(hit: Hit, tokens: Tokens, placeWords: ReadonlySet<string>): boolean {
  const before = tokens.words[hit.start - 1];
  return before !== undefined && (placeWords.has(before.raw) || placeWords.has(before.form));
}
