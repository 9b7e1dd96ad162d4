import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readClocks, readHolidays } from './cases/calendar-files.ts';
import type { Clocks } from './cases/step.ts';
import { workCalendar } from './cases/working-days.ts';
import { type Authority, authorities } from './domain/classification.ts';
import { noticeWays, type Recipient } from './domain/forward.ts';
import type { UserId } from './domain/ids.ts';
import { readTemplateBook, type TemplateBook } from './draft/template-book.ts';
import type { Escalation } from './forward/remind.ts';
import type { Database } from './store/database.ts';
import { seededReference } from './store/reference.ts';

const Agencies = z.array(
  z.object({ code: z.string(), shortName: z.string(), authority: z.enum(authorities) }),
);
const Subjects = z.array(z.object({ id: z.string(), name: z.string() }));

/** What people edit in the app: clocks, holidays, templates, agencies, subjects. */
export interface Reference {
  readonly clocks: Clocks;
  readonly templates: TemplateBook;
  /** Short local names by code. */
  readonly agencyNames: ReadonlyMap<string, string>;
  readonly subjectNames: ReadonlyMap<string, string>;
  /** Who is told of cases outside of Tanggap. */
  readonly recipients: readonly Recipient[];
  readonly escalation: Escalation;
  /** Who owns the matters of each agency, by code. */
  readonly authorities: ReadonlyMap<string, Authority>;
}

const Recipients = z.array(
  z.object({
    id: z.string().regex(/^[a-z0-9-]{1,60}$/),
    agency: z.string().nullable(),
    role: z.string(),
    name: z.string(),
    way: z.enum(noticeWays),
    address: z.string(),
    user: z
      .string()
      .transform((name) => name as UserId)
      .nullable(),
  }),
);
const MinuteOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
const EscalationFile = z.object({
  officeHours: z.object({ from: MinuteOfDay, to: MinuteOfDay }),
  emergencyRole: z.string(),
  chain: z.array(z.object({ role: z.string(), afterOfficeHours: z.number().min(0) })),
});

const files = [
  'clocks',
  'holidays',
  'templates',
  'agencies',
  'subjects',
  'recipients',
  'escalation',
] as const;

/** Puts data/*.json into MongoDB at the first start; from then on the database decides. */
export async function readReference(db: Database['db'], root: string): Promise<Reference> {
  const seeds = await Promise.all(
    files.map(async (name) => [
      name,
      JSON.parse(await readFile(path.join(root, 'data', `${name}.json`), 'utf8')),
    ]),
  );
  const kept = await seededReference(db, Object.fromEntries(seeds));
  const agencies = Agencies.parse(kept.get('agencies'));
  return {
    clocks: {
      rules: readClocks(kept.get('clocks')),
      calendar: workCalendar(readHolidays(kept.get('holidays'))),
    },
    templates: readTemplateBook(kept.get('templates')),
    agencyNames: new Map(agencies.map((one) => [one.code, one.shortName])),
    authorities: new Map(agencies.map((one) => [one.code, one.authority])),
    recipients: Recipients.parse(kept.get('recipients')),
    escalation: EscalationFile.parse(kept.get('escalation')),
    subjectNames: new Map(Subjects.parse(kept.get('subjects')).map((one) => [one.id, one.name])),
  };
}
