import { DAY, HOUR, MINUTE } from '../../core/clock.ts';

const form = {
  timeZone: 'Asia/Jakarta',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
} as const;
const wib = { id: new Intl.DateTimeFormat('id-ID', form), en: new Intl.DateTimeFormat('en-GB', form) };

/** For example `3 Nov 2023, 10.05 WIB`. */
export function inWib(at: Date, language: 'id' | 'en' = 'id'): string {
  return `${wib[language].format(at)} WIB`;
}

function span(ms: number): string {
  if (ms >= DAY) return `${Math.floor(ms / DAY)} hari`;
  if (ms >= HOUR) return `${Math.floor(ms / HOUR)} jam`;
  return `${Math.max(1, Math.floor(ms / MINUTE))} menit`;
}

export function ageOf(at: Date, now: Date): string {
  const age = now.getTime() - at.getTime();
  return age < MINUTE ? 'baru saja' : `${span(age)} lalu`;
}

/** The deadline in words, and how it should look; null when no clock runs. */
export function deadlineOf(
  dueAt: Date | null,
  now: Date,
): { words: string; tone: 'late' | 'near' | 'calm' } | null {
  if (dueAt === null) return null;
  const left = dueAt.getTime() - now.getTime();
  if (left < 0) return { words: `lewat ${span(-left)}`, tone: 'late' };
  return { words: `sisa ${span(left)}`, tone: left < 2 * DAY ? 'near' : 'calm' };
}
