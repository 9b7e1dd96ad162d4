import type { RefusalCode } from '../core/errors.ts';
import type { Words } from '../domain/policies.ts';

export type Language = 'id' | 'en';

/** Indonesian unless the caller prefers English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.trim().split(/;\s*q=/);
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => (language === 'id' || language === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return wanted[0]?.language === 'en' ? 'en' : 'id';
}

export const statusOf = {
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  invalid: 422,
  stopped: 409,
  throttled: 429,
  'not-possible': 409,
} as const satisfies Record<RefusalCode, number>;

/** Words for what has none of its own. */
const wordsOfStatus: Readonly<Record<number, Words>> = {
  400: { id: 'Permintaan tidak dapat dibaca.', en: 'The request cannot be read.' },
  404: { id: 'Tidak ditemukan.', en: 'Not found.' },
  405: { id: 'Cara ini tidak dikenal untuk alamat ini.', en: 'This method is not known here.' },
  401: { id: 'Tanda tangan atau sesi tidak sah.', en: 'No valid signature or session.' },
  403: { id: 'Tidak diizinkan.', en: 'Not allowed.' },
  413: { id: 'Kiriman terlalu besar.', en: 'The body is too large.' },
  415: { id: 'Kirimkan sebagai application/json.', en: 'Send it as application/json.' },
  421: { id: 'Alamat ini tidak dilayani di sini.', en: 'This host is not served here.' },
  500: {
    id: 'Terjadi kesalahan pada sistem. Silakan coba lagi.',
    en: 'Something went wrong on our side. Try again.',
  },
  503: {
    id: 'Sistem sedang tidak siap. Silakan coba lagi sebentar lagi.',
    en: 'The system is not ready. Try again soon.',
  },
};

export function wordsFor(status: number): Words {
  return wordsOfStatus[status] ?? wordsOfStatus[status < 500 ? 400 : 500] ?? { id: '', en: '' };
}

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly words: Words;
  /** Further members, for example both texts of a conflict. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** RFC 9457, with the words in both languages beside the one that was asked for. */
export function problemResponse(problem: Problem, language: Language): Response {
  const { status, code, words, details } = problem;
  const body = { ...details, type: `urn:tanggap:${code}`, title: words[language], status, code, words };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'content-language': language },
  });
}
