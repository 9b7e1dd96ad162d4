import type { WorkCalendar } from '../../cases/working-days.ts';
import { DAY, HOUR, MINUTE } from '../../core/clock.ts';
import { timeLeft, toneOf } from '../contract/deadline.ts';

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
  { now, calendar }: { readonly now: Date; readonly calendar: WorkCalendar },
): { words: string; tone: ReturnType<typeof toneOf> } | null {
  if (dueAt === null) return null;
  const left = timeLeft(dueAt, now, calendar);
  const tone = toneOf(left);
  if (left.is === 'late') return { words: `lewat ${span(left.byMs)}`, tone };
  return { words: `sisa ${left.is === 'today' ? span(left.ms) : `${left.workingDays} hari kerja`}`, tone };
}
