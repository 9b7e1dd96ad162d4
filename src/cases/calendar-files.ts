import { z } from 'zod';
import type { ClockRule, Holiday } from '../domain/agency.ts';
import { ClockEntry, HolidayEntry } from '../domain/office-lists.ts';

/** data/clocks.json */
const ClockFile = z.array(ClockEntry);
/** data/holidays.json */
const HolidayFile = z.array(HolidayEntry);

/** @throws {z.ZodError} when the file does not hold what it should */
export function readClocks(json: unknown): readonly ClockRule[] {
  return ClockFile.parse(json);
}

/** @throws {z.ZodError} when the file does not hold what it should */
export function readHolidays(json: unknown): readonly Holiday[] {
  return HolidayFile.parse(json);
}
