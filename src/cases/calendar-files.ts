import { z } from 'zod';
import type { ClockRule, Holiday } from '../domain/agency.ts';

const IsoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** data/clocks.json */
const ClockFile = z.array(
  z.object({
    scheme: z.string().min(1),
    kind: z.string().min(1),
    step: z.enum(['verifikasi', 'tindak_lanjut', 'tutup_otomatis']),
    workingDays: z.number().int().min(0).max(366).nullable(),
    effectiveFrom: IsoDate,
    verified: z.boolean(),
    source: z.string().min(1),
  }),
);

/** data/holidays.json. `collectiveLeave`: cuti bersama, on which offices are closed too. */
const HolidayFile = z.array(
  z.object({
    date: IsoDate,
    name: z.string().min(1),
    collectiveLeave: z.boolean(),
    verified: z.boolean(),
    source: z.string().min(1),
  }),
);

/** @throws {z.ZodError} when the file does not hold what it should */
export function readClocks(json: unknown): readonly ClockRule[] {
  return ClockFile.parse(json);
}

/** @throws {z.ZodError} when the file does not hold what it should */
export function readHolidays(json: unknown): readonly Holiday[] {
  return HolidayFile.parse(json);
}
