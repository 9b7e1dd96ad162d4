/** Variables of the templates. A null or empty value leaves its placeholder standing, and that blocks submission. */
export interface DraftValues {
  readonly nama: string | null;
  readonly nomor: string | null;
  readonly opd: string | null;
  readonly batas: string | null;
  readonly tautan: string | null;
  readonly isi: string | null;
}

const placeholder = /\{(nama|nomor|opd|batas|tautan|isi)\}/gu;

/** Puts the values in, each once and as it is: a value that looks like a placeholder is not filled again. */
export function fill(text: string, values: DraftValues): string {
  return text.replace(placeholder, (whole, name: keyof DraftValues) => values[name]?.trim() || whole);
}

/** How a citizen is addressed when his name is not known, or must not be said. */
export const unnamed = 'Bapak/Ibu';

const longestName = 16;

/**
 * "Kak Rina", made from a display name. Such names hold anything (links, handles, telephone numbers, emoji): only a name
 * of plain words is used, and only as far as it is short enough.
 */
export function addressOf(displayName: string | null): string {
  const name = (displayName ?? '')
    .normalize('NFKC')
    .replace(/\([^)]*\)/gu, ' ')
    .replace(/[^\p{L}\p{M}'’.\s-]+/gu, (part) => (/[\p{N}@/:]/u.test(part) ? '\u0000' : ' '))
    .replace(/\s+/gu, ' ')
    .trim();
  if (name.includes('\u0000') || !/\p{L}{2}/u.test(name) || name.includes('.')) return unnamed;
  const words = name.split(' ');
  let short = words[0] ?? '';
  for (const word of words.slice(1)) {
    if (short.length + 1 + word.length > longestName) break;
    short += ` ${word}`;
  }
  return short.length > longestName ? unnamed : `Kak ${short}`;
}

const days = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'];
const months = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
];

const wibMs = 7 * 3_600_000;

/** "Senin, 30 November 2026", or "Sen, 30 Nov" where room is short; the day in WIB. */
export function spokenDate(at: Date, short: boolean): string {
  const local = new Date(at.getTime() + wibMs);
  const day = days[local.getUTCDay()] ?? '';
  const month = months[local.getUTCMonth()] ?? '';
  if (short) return `${day.slice(0, 3)}, ${local.getUTCDate()} ${month.slice(0, 3)}`;
  return `${day}, ${local.getUTCDate()} ${month} ${local.getUTCFullYear()}`;
}

/** "Selasa, 24 November 2026 pukul 10.05 WIB" */
export function spokenTime(at: Date): string {
  const time = new Date(at.getTime() + wibMs).toISOString().slice(11, 16).replace(':', '.');
  return `${spokenDate(at, false)} pukul ${time} WIB`;
}
