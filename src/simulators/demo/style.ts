import { emojis, gladEmojis, type Register } from './phrases/common.ts';
import type { Random } from './random.ts';

/** How people write on a phone. Several forms: one is picked each time. */
const chatForms: Readonly<Record<string, readonly string[]>> = {
  yang: ['yg', 'yang'],
  tidak: ['gak', 'ga', 'tdk', 'nggak', 'gk'],
  sudah: ['udah', 'sdh', 'dah'],
  belum: ['blm', 'belom'],
  dengan: ['dgn', 'dg', 'sama'],
  untuk: ['utk', 'buat'],
  karena: ['krn', 'gara2'],
  sampai: ['sampe', 'smp'],
  jalan: ['jln', 'jalan'],
  jalannya: ['jlnnya', 'jalane'],
  bagaimana: ['gmn', 'gimana'],
  saya: ['sy', 'aku', 'saya'],
  tolong: ['tlg', 'tolong'],
  mohon: ['mhn', 'mohon'],
  kalau: ['kalo', 'klo'],
  terus: ['trs', 'terus'],
  dari: ['dr', 'dari'],
  sekali: ['bgt', 'banget'],
  banyak: ['byk', 'banyak'],
  orang: ['org', 'orang'],
  anak: ['anak', 'bocil'],
  padahal: ['pdhl', 'padahal'],
  kapan: ['kpn', 'kapan'],
  bisa: ['bs', 'bisa'],
  hanya: ['cuma'],
  rumah: ['rmh', 'rumah'],
  malam: ['mlm', 'malem'],
  kecamatan: ['kec', 'kecamatan'],
  sekolah: ['skolah', 'sekolah'],
  katanya: ['ktnya', 'katanya'],
  minggu: ['mgg', 'minggu'],
  tempat: ['tmpt', 'tempat'],
};
const chatWord = new RegExp(`\\b(${Object.keys(chatForms).join('|')})\\b`, 'g');

/** Swaps two letters or loses one, within a long word; names with capitals are left alone. */
function mistype(word: string, random: Random): string {
  if (word.length < 6 || !/^[a-z]+$/.test(word)) return word;
  const at = random.int(1, word.length - 3);
  const swapped = `${word.charAt(at + 1)}${word.charAt(at)}`;
  return random.chance(0.5)
    ? `${word.slice(0, at)}${swapped}${word.slice(at + 2)}`
    : `${word.slice(0, at)}${word.slice(at + 1)}`;
}

function withTypo(text: string, random: Random): string {
  const words = text.split(' ');
  const at = random.int(0, words.length - 1);
  words[at] = mistype(words[at] ?? '', random);
  return words.join(' ');
}

function stretch(text: string, random: Random): string {
  return text.replace(/\b(parah|lama|gelap|bau|lho|banget|terus)\b/, (word) => {
    const vowel = word.search(/[aeiou](?!.*[aeiou])/);
    return word.slice(0, vowel) + word.charAt(vowel).repeat(random.int(3, 5)) + word.slice(vowel + 1);
  });
}

/** Turns clean sentences into what would come from a phone; formal ones stay as they are. */
export function asTyped(
  text: string,
  register: Register,
  random: Random,
  mood: 'glad' | 'sore' = 'sore',
): string {
  if (register === 'formal') return text;
  const laziness = random.next();
  let typed = text.replace(chatWord, (word) =>
    random.next() < laziness ? random.pick(chatForms[word] ?? [word]) : word,
  );
  if (random.chance(0.12)) typed = withTypo(typed, random);
  if (random.chance(0.08)) typed = stretch(typed, random);
  if (random.chance(0.4)) typed = typed.toLowerCase();
  if (random.chance(0.03)) typed = typed.toUpperCase();
  if (random.chance(0.15)) typed = `${typed}${random.pick(['!!', '??', '...', '!', ' hmm'])}`;
  return random.chance(0.35) ? `${typed} ${random.pick(mood === 'glad' ? gladEmojis : emojis)}` : typed;
}
