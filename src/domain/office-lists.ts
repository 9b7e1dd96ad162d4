import { z } from 'zod';
import { troubleKinds } from './channel-health.ts';
import { authorities, kinds } from './classification.ts';
import { noticeWays } from './forward.ts';
import type { UserId } from './ids.ts';

/**
 * One entry of each list that people edit in the app; the shapes are those of data/*.json. Strict: a field that nobody
 * knows would be kept and never read.
 */
const name = z.string().trim().min(1).max(200);
const words = z.array(z.string().trim().min(1).max(100)).max(500);
const code = z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/);
const id = z.string().regex(/^[a-z][a-z0-9_-]{1,59}$/);

export const AgencyEntry = z.strictObject({
  code,
  name,
  shortName: z.string().trim().min(1).max(40),
  authority: z.enum(authorities),
  kind: name,
  nameStatus: z.enum(['verified', 'abbreviation-verified', 'general']),
  /** Its cases are secret until a person says otherwise. */
  secret: z.boolean(),
  /** Set on the offices of a kecamatan. */
  kecamatan: name.nullable(),
  /** Names people call it by. */
  aliases: words,
});

export const SubjectEntry = z.strictObject({
  id,
  name,
  nameEn: name,
  /** Group for charts. */
  sector: name,
  agency: name,
  companion: name.nullable(),
  secret: z.boolean(),
  /** Belongs to a spot: outside the regency it is the neighbour's. */
  placeBound: z.boolean(),
  keywords: z.strictObject({ strong: words, normal: words, weak: words }),
});

/** A kecamatan, desa, kelurahan or known spot, or a place of a neighbouring regency. */
export const PlaceListEntry = z.strictObject({
  name,
  kind: z.enum(['kecamatan', 'desa', 'kelurahan', 'spot', 'neighbour']),
  /** More than one when the name exists in several; empty for a neighbour. */
  kecamatan: z.array(name).max(20),
  /** Of a neighbour. */
  regency: name.optional(),
  status: z.enum(['verified', 'general']),
  /** Also an everyday word: counts only beside a place word or its kecamatan. */
  ambiguous: z.boolean(),
  /** Other ways people write it. */
  spellings: words,
});

/** How people write a word in chats, or say it in Javanese, and the word that it is read as. */
const SpellingEntry = z.strictObject({
  written: z.string().trim().min(1).max(60),
  means: z.string().regex(/^\S{1,60}$/),
});

/** Words that mean the same to a rule: `signals` of data/rules.json. */
const WordGroupEntry = z.strictObject({ id, words });

const terms = z.array(name).max(50);
const condition = { id, source: name, all: terms, any: terms, none: terms };

export const SubjectRuleEntry = z.strictObject({
  ...condition,
  add: z.record(name, z.number().positive().max(20)),
  drop: terms,
  abstain: z.boolean(),
});

export const AgencyRuleEntry = z.strictObject({
  ...condition,
  subjects: terms,
  agency: name.nullable(),
  companion: name.nullable(),
});

/** One template. The names of the variables stand in braces in the texts. */
export const TemplateEntry = z.strictObject({
  _id: z.string().regex(/^[a-z][a-z0-9-]{1,59}$/),
  situation: name,
  when: z.string().max(500),
  kinds: z.array(z.enum(kinds)),
  /** May be published in public. */
  public: z.boolean(),
  variables: z.array(z.string()),
  normal: z.string().trim().min(1).max(2_000),
  /** Variant for platforms with a short limit. */
  short: z.string().trim().min(1).max(500),
  /** Length of the shipped short variant with the longest values, as X counts; gone when the text is edited. */
  shortLength: z.number().int().optional(),
  /** What is then left for {isi}. */
  shortFillMax: z.number().int().nullable().optional(),
  /** The clock that {batas} shows; null: a person names the date. */
  deadline: z.enum(['verifikasi', 'tindak_lanjut', 'tutup_otomatis']).nullable(),
  /** Sending it answers the case; a receipt or a question does not. */
  answers: z.boolean(),
  /** It states facts against a rumour: somebody must have confirmed them. */
  needsConfirmation: z.boolean().default(false),
  /** The text may not be edited. */
  locked: z.boolean(),
  note: z.string().max(1_000).nullable(),
});

/** The kinds of report as the clocks of SP4N-LAPOR! name them. */
const clockKinds = [
  '*',
  'permintaan_informasi',
  'pengaduan_non_pengawasan',
  'pengaduan_pengawasan',
  'aspirasi',
] as const;

export const ClockEntry = z.strictObject({
  scheme: name,
  /** `*`: all kinds that have no clock of their own. */
  kind: z.enum(clockKinds),
  step: z.enum(['verifikasi', 'tindak_lanjut', 'tutup_otomatis']),
  /** Null: no clock is known. */
  workingDays: z.number().int().min(0).max(366).nullable(),
  effectiveFrom: z.iso.date(),
  verified: z.boolean(),
  source: name,
});

export const HolidayEntry = z.strictObject({
  date: z.iso.date(),
  name,
  /** Cuti bersama, on which offices are closed too. */
  collectiveLeave: z.boolean(),
  verified: z.boolean(),
  source: name,
});

export const RecipientEntry = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  agency: z.string().nullable(),
  role: name,
  name,
  way: z.enum(noticeWays),
  address: z.string().max(200),
  user: z
    .string()
    .transform((login) => login as UserId)
    .nullable(),
});

const minuteOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Who is told, and after how many office hours of silence. One entry, not a list. */
export const EscalationEntry = z.strictObject({
  source: name,
  officeHours: z.strictObject({ from: minuteOfDay, to: minuteOfDay }),
  emergencyRole: name,
  chain: z.array(z.strictObject({ role: name, afterOfficeHours: z.number().min(0).max(2_000) })).max(20),
  /** Alarms on channels: who is told by mail or WhatsApp, when he is let alone, and what tells him even then. */
  alarms: z
    .strictObject({
      role: name,
      quiet: z.strictObject({ from: minuteOfDay, to: minuteOfDay }),
      anyHour: z.array(z.enum(troubleKinds)),
    })
    .default({ role: 'admin_sistem', quiet: { from: '21:00', to: '06:00' }, anyHour: ['broken'] }),
});

/** What stands above the office's letters. One entry, not a list. */
export const LetterheadEntry = z.strictObject({ government: name, office: name, heading: name });

export type Letterhead = z.output<typeof LetterheadEntry>;

export const officeEntries = {
  agencies: AgencyEntry,
  subjects: SubjectEntry,
  places: PlaceListEntry,
  spellings: SpellingEntry,
  wordGroups: WordGroupEntry,
  subjectRules: SubjectRuleEntry,
  agencyRules: AgencyRuleEntry,
  templates: TemplateEntry,
  clocks: ClockEntry,
  holidays: HolidayEntry,
  recipients: RecipientEntry,
  escalation: EscalationEntry,
  letterhead: LetterheadEntry,
} as const;
export type OfficeList = keyof typeof officeEntries;
export type OfficeEntry<List extends OfficeList> = z.output<(typeof officeEntries)[List]>;
