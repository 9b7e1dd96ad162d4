import { escapePattern } from '../text/escape-pattern.ts';
import type { TemplateBook } from './template-book.ts';

/** A hint for the writer. It never stops a reply and never changes its text. */
export interface Warning {
  readonly code:
    | 'avoid'
    | 'jargon'
    | 'blame'
    | 'courtesy'
    | 'promise-without-date'
    | 'capitals'
    | 'exclamation'
    | 'no-number'
    | 'not-forwarded';
  /** The words in the text that it is about; null when something is missing. */
  readonly found: string | null;
  readonly why: { readonly id: string; readonly en: string };
}

export interface LintContext {
  readonly templateId: string | null;
  readonly caseId: string;
  /** In public a secret case's number must not appear, so none is asked for. */
  readonly secret: boolean;
  /** The agency in charge has the matter. */
  readonly forwarded: boolean;
}

/** Where a phrase stands as whole words, in any case and with any white space; null when it does not. */
function findPhrase(text: string, phrase: string): string | null {
  const words = phrase.split(/\s+/u).map(escapePattern);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${words.join('\\s+')}(?![\\p{L}\\p{N}])`, 'iu');
  return pattern.exec(text)?.[0] ?? null;
}

function findAny(text: string, phrases: readonly string[]): string | null {
  for (const phrase of phrases) {
    const found = findPhrase(text, phrase);
    if (found) return found;
  }
  return null;
}

function words(book: TemplateBook, text: string): Warning[] {
  const warnings: Warning[] = [];
  for (const { words: phrase, instead } of book.avoid) {
    const found = findPhrase(text, phrase);
    const why = { id: `Hindari "${phrase}": ${instead}.`, en: `Avoid "${phrase}": ${instead}.` };
    if (found) warnings.push({ code: 'avoid', found, why });
  }
  const jargon = findAny(text, book.jargon);
  if (jargon) {
    const why = {
      id: `"${jargon}" istilah kantor, pakai kata sehari-hari.`,
      en: `"${jargon}" is office jargon.`,
    };
    warnings.push({ code: 'jargon', found: jargon, why });
  }
  const blame = findAny(text, book.blame);
  if (blame) {
    const why = { id: 'Terasa menyalahkan warga.', en: 'This sounds as if the citizen were to blame.' };
    warnings.push({ code: 'blame', found: blame, why });
  }
  return warnings;
}

function courtesy(book: TemplateBook, text: string): Warning[] {
  const greeting = findAny(text, book.greetings) !== null;
  const thanks = findAny(text, book.thanks) !== null;
  if (greeting && thanks) return [];
  let why = { id: 'Belum ada salam dan terima kasih.', en: 'There is neither a greeting nor thanks.' };
  if (greeting) why = { id: 'Belum ada terima kasih.', en: 'There are no thanks.' };
  if (thanks) why = { id: 'Belum ada salam.', en: 'There is no greeting.' };
  return [{ code: 'courtesy', found: null, why }];
}

const promise =
  /(?<!\p{L})(?:akan|segera|secepatnya|kami (?:kabari|kabarkan|sampaikan|perbaiki|tangani|kerjakan))(?!\p{L})/iu;
const time =
  /(?<!\p{L})(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu|sen|sel|rab|kam|jum|sab|hari ini|besok|lusa|pukul|jam \d)(?!\p{L})|\d{1,2}\s*(?:jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)|(?<!\d)\d{1,2}[/-]\d{1,2}(?!\d)|\{batas\}/iu;
/** "Sudah kami teruskan", "petugas piket … sudah kami kabari": true only when the agency has the matter. */
const forwarding =
  /(?<!\p{L})(?:sudah|telah)\s+(?:kami\s+teruskan|diteruskan|kami\s+sampaikan\s+(?:ke|kepada|lewat))(?!\p{L})|petugas piket [^.!?]{0,60}(?:sudah|telah) kami kabari/iu;

/** The words that say that the matter was passed on; null when the text does not say so. */
export function claimsForwarding(text: string): string | null {
  return forwarding.exec(text)?.[0] ?? null;
}

function promises(text: string, context: LintContext): Warning[] {
  const warnings: Warning[] = [];
  const sentence = text.split(/(?<=[.!?])\s+/u).find((one) => promise.test(one) && !/\bsudah\b/iu.test(one));
  if (sentence && !time.test(text)) {
    const found = promise.exec(sentence)?.[0] ?? sentence;
    const why = { id: 'Ada janji tanpa tanggal: sebutkan kapan.', en: 'A promise without a date: say when.' };
    warnings.push({ code: 'promise-without-date', found, why });
  }
  const claimed = claimsForwarding(text);
  if (claimed !== null && !context.forwarded) {
    const why = {
      id: 'Aduan ini belum diteruskan: teruskan dahulu, baru tulis begini.',
      en: 'The case has not been passed on yet: pass it on before you say so.',
    };
    warnings.push({ code: 'not-forwarded', found: claimed, why });
  }
  return warnings;
}

function shouting(text: string): Warning[] {
  const warnings: Warning[] = [];
  // Two or more words in capitals in a row; one alone may be an office's name (RSUD, DPUPR).
  const capitals = /(?<![\p{L}\p{N}-])\p{Lu}{3,}(?:\s+\p{Lu}{3,})+(?![\p{L}\p{N}-])/u.exec(text);
  if (capitals) {
    const why = {
      id: 'Huruf kapital beruntun terbaca seperti berteriak.',
      en: 'Capitals in a row read as shouting.',
    };
    warnings.push({ code: 'capitals', found: capitals[0], why });
  }
  const exclamation = /!{2,}/u.exec(text);
  if (exclamation) {
    const why = { id: 'Cukup satu tanda seru.', en: 'One exclamation mark is enough.' };
    warnings.push({ code: 'exclamation', found: exclamation[0], why });
  }
  return warnings;
}

function number(text: string, context: LintContext): Warning[] {
  if (context.secret || text.includes(context.caseId) || text.includes('{nomor}')) return [];
  const why = {
    id: `Nomor aduan ${context.caseId} belum disebut.`,
    en: `The case number ${context.caseId} is missing.`,
  };
  return [{ code: 'no-number', found: null, why }];
}

/** The "santun" check: what a polite and honest reply should or should not say, each with the reason. */
export function lint(book: TemplateBook, text: string, context: LintContext): readonly Warning[] {
  const warnings = [
    ...words(book, text),
    ...courtesy(book, text),
    ...promises(text, context),
    ...shouting(text),
    ...number(text, context),
  ];
  const exempt = book.exceptions
    .filter((line) => line.template === context.templateId)
    .map((line) => line.code);
  return warnings.filter((warning) => !(exempt as readonly string[]).includes(warning.code));
}
