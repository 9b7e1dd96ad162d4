import type { DemoPlatform } from './demo-item.ts';
import type { Random } from './random.ts';

/** Things, never people: nobody can be called like that. */
const firstWords = [
  'gethuk',
  'wajik',
  'cenil',
  'timus',
  'lemper',
  'serabi',
  'apem',
  'jadah',
  'klepon',
  'onde',
  'bakpia',
  'cucur',
  'dawet',
  'wedang',
  'jamu',
  'soto',
  'tengkleng',
  'pecel',
  'brambang',
  'tempe',
  'tahu',
  'sambel',
  'krupuk',
  'intip',
  'tampah',
  'kendil',
  'centong',
  'sapu',
  'kemoceng',
  'ember',
  'sumur',
  'pawon',
  'lincak',
  'kursi',
  'payung',
  'caping',
  'pacul',
  'arit',
  'kentongan',
  'bedug',
  'gamelan',
  'wayang',
  'batik',
  'blangkon',
  'sandal',
  'ontel',
  'gerobak',
  'becak',
  'sawah',
  'kebon',
  'teh',
  'kopi',
  'pring',
  'mlinjo',
  'nangka',
  'sawo',
  'duku',
  'salak',
  'rambutan',
] as const;
const secondWords = [
  'ijo',
  'abang',
  'kuning',
  'biru',
  'item',
  'putih',
  'cilik',
  'gedhe',
  'lawas',
  'anyar',
  'garing',
  'teles',
  'legi',
  'pedes',
  'asin',
  'gurih',
  'anget',
  'adem',
  'lawu',
  'gunung',
  'kali',
  'sore',
  'esuk',
  'bengi',
  'senin',
  'kemis',
  'jumat',
  'pasar',
  'kampung',
  'gang',
  'pojok',
  'tengah',
  'kidul',
  'lor',
  'wetan',
  'kulon',
  'bunder',
  'lonjong',
  'kriuk',
  'ngepul',
] as const;

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** X allows 15 characters after the @. */
function xHandle(first: string, second: string, number: string): string {
  const room = 15 - '_sim'.length - number.length;
  return `@${`${first}${second}`.slice(0, room)}${number}_sim`;
}

/** An invented citizen, recognisable as such by `_sim`, `.sim` or `(sim)`. */
export function inventAuthor(platform: DemoPlatform, random: Random): string {
  const first = random.pick(firstWords);
  const second = random.pick(secondWords);
  const number = random.chance(0.5) ? String(random.int(1, 99)) : '';
  switch (platform) {
    case 'x':
      return xHandle(first, second, number);
    case 'instagram':
      return `${first}.${second}${number}.sim`;
    case 'facebook':
      return `${capital(first)} ${capital(second)}${number === '' ? '' : ` ${number}`} (sim)`;
    default:
      return platform satisfies never;
  }
}
