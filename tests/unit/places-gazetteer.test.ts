import { describe, expect, test } from '@jest/globals';
import { loadKnowledge, wordsFor } from '../../src/classify/load.ts';
import { createGazetteer } from '../../src/text/places.ts';
import { tokenise } from '../../src/text/tokens.ts';

const knowledge = loadKnowledge(process.cwd());
const words = wordsFor(knowledge);
const gazetteer = createGazetteer(knowledge.places, knowledge, words);
const find = (text: string) => gazetteer.find(tokenise(text, words));

describe('the list of places', () => {
  test('has 17 kecamatan and all 177 desa and kelurahan', () => {
    const own = knowledge.places.filter(({ kind }) => kind !== 'neighbour' && kind !== 'spot');
    const kecamatan = own.filter(({ kind }) => kind === 'kecamatan');
    expect(kecamatan).toHaveLength(17);
    // Eleven kecamatan bear the name of one of their desa or kelurahan; these are listed once, as the kecamatan.
    const others = own.filter(({ kind }) => kind !== 'kecamatan').flatMap((place) => place.kecamatan);
    expect(others.length + 11).toBe(177);
  });
});

describe('every desa and kelurahan', () => {
  const villages = knowledge.places.flatMap((place) =>
    place.kind === 'desa' || place.kind === 'kelurahan'
      ? place.kecamatan.map((kecamatan) => ({ ...place, kecamatan }))
      : [],
  );
  const lost = (textOf: (name: string, kecamatan: string) => string, names: 'name' | 'spellings') =>
    villages.flatMap(({ name, kecamatan, spellings }) =>
      (names === 'name' ? [name] : spellings).flatMap((written) => {
        const { place, isNeighbour } = find(textOf(written, kecamatan));
        const isFound = place?.kecamatan === kecamatan && place.name === name && !isNeighbour;
        return isFound
          ? []
          : [`${written} (${kecamatan}) → ${place?.name ?? '–'}, ${place?.kecamatan ?? '–'}`];
      }),
    );

  // Of those that share the name of a kecamatan the kecamatan itself is found.
  test.each<[string, (name: string, kecamatan: string) => string]>([
    ['with its kecamatan', (name, kecamatan) => `lampu mati di desa ${name} kecamatan ${kecamatan}`],
    ['the kecamatan first', (name, kecamatan) => `Kec. ${kecamatan}, Desa ${name}: jalan rusak`],
    ['in capitals', (name, kecamatan) => `BANJIR DI ${name} KEC ${kecamatan}`.toUpperCase()],
    ['with a hashtag and no blank', (name, kecamatan) => `di ${name},${kecamatan} min #lampumati`],
  ])('is found %s, also in each of its spellings', (_, textOf) => {
    expect(villages.length + 11).toBe(177);
    expect(lost(textOf, 'name')).toEqual([]);
    expect(villages.flatMap(({ spellings }) => spellings).length).toBeGreaterThan(100);
    expect(lost(textOf, 'spellings')).toEqual([]);
  });

  test('no spelling is that of two places', () => {
    const written = knowledge.places.flatMap(({ name, spellings }) => [name.toLowerCase(), ...spellings]);
    expect(written.filter((name, at) => written.indexOf(name) !== at)).toEqual([]);
  });
});

test('every kecamatan is found in each of its spellings', () => {
  const kecamatan = knowledge.places.filter(({ kind }) => kind === 'kecamatan');
  for (const { name, spellings } of kecamatan) {
    const found = [name, name.toUpperCase(), ...spellings].map((written) => find(`di kecamatan ${written}`));
    expect(new Set(found.map(({ place }) => place?.kecamatan))).toEqual(new Set([name]));
  }
});

describe('a place is found', () => {
  test.each([
    ['PJU mati di Papahan', 'Tasikmadu', 'Papahan'],
    ['lubang di tikungan Gerdu Karangpandan', 'Karangpandan', 'Gerdu'],
    ['dekat perumnas palur banjir', 'Jaten', 'Perumnas Palur'],
    ['jalan kerjo kayak sungai', 'Kerjo', null],
    ['warga kebak kramat', 'Kebakkramat', null],
    ['Colomadu, Malangjiwan dekat lapangan', 'Colomadu', 'Malangjiwan'],
    ['jalan solo-tawangmangu daerah karangpandan', 'Karangpandan', null],
    ['jalan raya solo tawangmangu rusak', 'Tawangmangu', null],
    ['lampu sepanjang Papahan mati', 'Tasikmadu', 'Papahan'],
  ])('%s', (text, kecamatan, name) => {
    expect(find(text)).toMatchObject({ place: { kecamatan, name }, isNeighbour: false });
  });

  test('a name in several kecamatan waits for the kecamatan to be named', () => {
    expect(find('jembatan di Wonorejo putus').place).toEqual({ kecamatan: null, name: 'Wonorejo' });
    expect(find('jembatan di Wonorejo Jatiyoso putus').place).toEqual({
      kecamatan: 'Jatiyoso',
      name: 'Wonorejo',
    });
    expect(find('Gondangrejo, desa Wonorejo').place).toEqual({ kecamatan: 'Gondangrejo', name: 'Wonorejo' });
  });

  test.each([
    ['pulang kerjo wis bengi'],
    ['aku suruh bayar terus'],
    ['trotoar kebak pkl'],
    ['sepanjang jalan gelap'],
  ])('an everyday word is no place: %s', (text) => {
    expect(find(text).place).toBeNull();
  });

  test('"Karanganyar" is the regency unless the kecamatan is meant', () => {
    expect(find('warga Karanganyar kecewa').place).toBeNull();
    expect(find('kecamatan Karanganyar').place).toEqual({ kecamatan: 'Karanganyar', name: null });
  });

  test('a neighbouring regency is told apart, and Colomadu is ours though west of Solo', () => {
    expect(find('jalan di Kartasura rusak')).toMatchObject({ isNeighbour: true });
    expect(find('di Colomadu, ini Solo apa Karanganyar')).toMatchObject({
      isNeighbour: false,
      place: { kecamatan: 'Colomadu' },
    });
    expect(find('kerja solo karir')).toMatchObject({ place: null });
  });
});
