/** How the reasons of refused rows begin; what follows (the file's own word) stays as it is. */
const english: readonly (readonly [start: string, words: string])[] = [
  ['bukan objek JSON dengan nama kolom portal', 'no JSON object with the names of the portal’s columns'],
  ['kolom tidak ditemukan', 'columns not found'],
  ['status tidak dikenal', 'unknown state'],
  ['status kosong', 'no state'],
  ['OPD tidak dikenal', 'unknown agency'],
  ['topik tidak dikenal', 'unknown subject'],
  ['kanal tidak dikenal', 'unknown channel'],
  ['kanal kosong', 'no channel'],
  ['jenis tidak dikenal', 'unknown kind'],
  ['jenis kosong', 'no kind'],
  ['tanggal tidak terbaca', 'a date that cannot be read'],
  ['tanggal masuk kosong', 'no date of receipt'],
  ['tanggal jawab mendahului tanggal masuk', 'answered before it was received'],
  ['nomor asal kosong', 'no number of its origin'],
  ['nomor asal terlalu panjang', 'the number of its origin is too long'],
  ['asal terlalu panjang', 'the origin is too long'],
  ['isi laporan kosong', 'no text'],
  ['isi lebih dari 20.000 huruf', 'a text of more than 20,000 characters'],
];

/** Why a row was refused, for a reader of English: a bridge's maker need not know Indonesian. */
export function reasonInEnglish(reason: string): string {
  const parts = reason.split('; ').map((part) => {
    const state = /^status (\w+) tanpa tanggal jawab$/.exec(part)?.[1];
    if (state) return `state ${state} without a date of its answer`;
    const found = english.find(([start]) => part.startsWith(start));
    return found ? found[1] + part.slice(found[0].length) : part;
  });
  return parts.join('; ');
}
