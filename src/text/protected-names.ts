import type { PersonalData } from '../domain/classification.ts';

/** Words for a child, and for somebody who was hurt; a name may follow in the same clause. */
const PERSON =
  /(?<![\p{L}\p{N}])(?:(anak|siswa|siswi|murid|pelajar|santri|balita|bocah|bayi|keponakan)|korban|penyintas|almarhum(?:ah)?)(?:nya|ku|q)?(?![\p{L}\p{N}])/giu;
/** One to four words with a capital each. */
const NAME = String.raw`\p{Lu}[\p{L}'’]{1,24}(?: \p{Lu}[\p{L}'’.]{0,24}){0,3}`;
const NAMED = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:[Bb]ernama|[Nn]ama(?:nya)?|[Aa]tas nama|[Aa]\.n\.?)\s?:?\s+(${NAME})`,
  'u',
);
/** "Wulan (9 th)". */
const AGED = new RegExp(
  String.raw`(${NAME})\s?[(,]\s?(?:umur |usia )?(?:1[0-7]|[1-9])\s?(?:th|thn|tahun)(?!\p{L})`,
  'u',
);
/** What bears a name and is no person: "anak saya sekolah di SD bernama …". */
const THING_BEFORE =
  /(?:sekolah|sd|smp|sma|smk|tk|paud|ponpes|pondok|desa|dusun|kampung|jalan|toko|rs|klinik|puskesmas|program|grup|akun|kelompok|ibu|bapak|ayah)(?:nya)?,?\s+(?:yang\s+|yg\s+)?$/iu;
const CLAUSE = 80;

/**
 * Whether the `m`, `.` or `t` at `at` is part of "nama", "a.n", " th" or " tahun": without one of these in the text there is
 * no name to be found.
 */
export function isCueOfName(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const next = text.charCodeAt(at + 1);
  if (text.charCodeAt(at) === SMALL_T)
    return before === SPACE && (next === SMALL_H || text.startsWith('ahun', at + 1));
  return text.charCodeAt(at) === DOT ? next === SMALL_N : before === SMALL_A && next === SMALL_A;
}

const [SMALL_A, SMALL_H, SMALL_N, SMALL_T, DOT, SPACE] = [...'ahnt. '].map((one) => one.charCodeAt(0));

/**
 * Names of children and of victims: a public answer must not repeat them, and the matter is better kept secret. A name
 * counts where the same clause says whose it is ("siswi bernama …", "korban a.n. …", "anak … (9 th)") and its words
 * have capitals; a name without either stays unseen.
 */
export function findProtectedNames(text: string): PersonalData[] {
  const found: PersonalData[] = [];
  let reached = 0;
  for (const person of text.matchAll(PERSON)) {
    const from = person.index + person[0].length;
    const clause = text.slice(from, from + CLAUSE).split(/[!?\n]/, 1)[0] ?? '';
    const isChild = person[1] !== undefined;
    const match = NAMED.exec(clause) ?? (isChild ? AGED.exec(clause) : null);
    const name = match?.[1];
    if (!match || !name || THING_BEFORE.test(clause.slice(0, match.index))) continue;
    const start = from + match.index + match[0].indexOf(name);
    if (start < reached) continue;
    reached = start + name.length;
    found.push({ type: isChild ? 'minor' : 'victim', start, end: reached });
  }
  return found;
}
