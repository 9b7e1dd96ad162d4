import { timeLeft, toneOf } from '../../../src/api/contract/deadline.ts';
import { DAY, HOUR, MINUTE } from './clock.ts';
import type { Language } from './language.tsx';

type Calendar = Parameters<typeof timeLeft>[2];

const zone = 'Asia/Jakarta';
const locale = { id: 'id-ID', en: 'en-GB' } as const;

/** "24 Nov 2026, 10.02 WIB". @param at ISO 8601 */
export function dayAndTime(at: string, language: Language): string {
  const text = new Intl.DateTimeFormat(locale[language], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  }).format(new Date(at));
  return `${text} WIB`;
}

/** "24 Nov 2026". @param date of the calendar: "2026-11-24" */
export function day(date: string, language: Language): string {
  return new Intl.DateTimeFormat(locale[language], { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** A length of time in one or two units: "2 jam 10 mnt", "3 hari". @param ms not negative */
export function length(ms: number, language: Language): string {
  const [day, hour, minute] = language === 'id' ? ['hari', 'jam', 'mnt'] : ['d', 'h', 'min'];
  if (ms >= DAY) return `${Math.floor(ms / DAY)} ${day}`;
  if (ms >= HOUR) {
    const minutes = Math.floor((ms % HOUR) / MINUTE);
    return `${Math.floor(ms / HOUR)} ${hour}${minutes > 0 ? ` ${minutes} ${minute}` : ''}`;
  }
  return `${Math.max(0, Math.floor(ms / MINUTE))} ${minute}`;
}

/** How long ago, in one unit: "40 mnt", "2 jam", "3 hari". */
export function age(at: string, now: Date, language: Language): string {
  const ms = Math.max(0, now.getTime() - new Date(at).getTime());
  return length(ms < HOUR ? ms : ms - (ms % HOUR), language);
}

/**
 * "sisa 3 hari kerja", on the last day "sisa 2 jam 10 mnt", after it "lewat 2 hari", with how it should look.
 * @param at the deadline, ISO 8601
 */
export function deadline(
  at: string,
  {
    now,
    calendar,
    language,
  }: { readonly now: Date; readonly calendar: Calendar; readonly language: Language },
): { readonly text: string; readonly tone: ReturnType<typeof toneOf> } {
  const left = timeLeft(new Date(at), now, calendar);
  const tone = toneOf(left);
  const [leftWord, lateWord] = language === 'id' ? ['sisa', 'lewat'] : ['left:', 'late by'];
  if (left.is === 'late') return { text: `${lateWord} ${length(left.byMs, language)}`, tone };
  const rest = left.is === 'today' ? length(left.ms, language) : workingDays(left.workingDays, language);
  return { text: `${leftWord} ${rest}`, tone };
}

function workingDays(count: number, language: Language): string {
  if (language === 'id') return `${count} hari kerja`;
  return count === 1 ? '1 working day' : `${count} working days`;
}

/** "10.02" */
export function clockTime(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(locale[language], { timeStyle: 'short', timeZone: zone }).format(at);
}

/** What a `datetime-local` field holds, read as WIB. @param local "2026-11-24T10:02" @returns ISO 8601 with its offset */
export function fromWib(local: string): string {
  return `${local}:00+07:00`;
}

/** The moment in WIB as a `datetime-local` field takes it. */
export function toWib(at: Date): string {
  const text = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: zone,
  }).format(at);
  return text.replace(' ', 'T');
}
