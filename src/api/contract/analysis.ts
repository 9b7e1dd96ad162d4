import { z } from 'zod';
import { Code, Day, Id, Reason, route, When } from './base.ts';
import { FileAnswer, FileFormat } from './exports.ts';
import { Platform } from './shapes.ts';

const CountRow = z.object({
  /** Null: not decided. */
  key: z.string().nullable(),
  in: z.number().int(),
  answered: z.number().int(),
  late: z.number().int(),
  waiting: z.number().int(),
});

const TrendRow = CountRow.extend({
  /** `in` of the period before. */
  before: z.number().int(),
  /** Secret cases beside `in`; by subject and by place always 0. */
  secret: z.number().int(),
});

const Totals = z.object({
  in: z.number().int(),
  answered: z.number().int(),
  late: z.number().int(),
  /** Beside `in`. */
  secret: z.number().int(),
  medianReplyMs: z.number().nullable(),
});

/** From when to when posts of a channel may have been missed. */
const Gap = z.object({ channelId: z.string(), from: When, to: When, reasons: z.array(z.string()) });

const SubjectAtPlace = z.object({ subject: z.string().nullable(), kecamatan: z.string().nullable() });
const Rise = { now: z.number().int(), usual: z.number() };

const TrendsShape = z.object({
  from: Day,
  to: Day,
  totals: Totals,
  /** The same length right before. */
  before: Totals,
  days: z.array(Day),
  daily: z.object({
    in: z.array(z.number().int()),
    answered: z.array(z.number().int()),
    late: z.array(z.number().int()),
    medianReplyMs: z.array(z.number().nullable()),
    /** `in` of the period before. */
    before: z.array(z.number().int()),
  }),
  /** Cases per day of the agencies with most, and of all others together (`lain`). */
  series: z.array(z.object({ key: z.string(), counts: z.array(z.number().int()) })),
  byAgency: z.array(TrendRow),
  byPlatform: z.array(TrendRow),
  bySubject: z.array(TrendRow),
  byKecamatan: z.array(TrendRow),
  /** By weekday (Monday first) and hour, WIB. */
  hours: z.array(z.array(z.number().int())),
  risingSubjects: z.array(z.object({ key: SubjectAtPlace, ...Rise })),
  risingWords: z.array(z.object({ key: z.string(), ...Rise })),
  /** Of the last 24 hours; `to` is exclusive. */
  spikes: z.array(z.object({ key: SubjectAtPlace, ...Rise, from: When, to: When })),
  gaps: z.array(Gap),
});

const TrendNoteShape = SubjectAtPlace.extend({
  _id: z.string(),
  at: When,
  by: z.string(),
  from: When,
  to: When,
  in: z.number().int(),
  /** Masked. */
  text: z.string(),
});

export const trends = {
  get: route('trends.read')
    .route({ method: 'GET', path: '/trends', summary: 'Numbers of a period by one filter; days in WIB' })
    .input(
      z.object({
        from: Day,
        to: Day,
        agency: Code.optional(),
        subject: Code.optional(),
        platform: Platform.optional(),
        kecamatan: z.string().max(60).optional(),
      }),
    )
    .output(TrendsShape),
  map: route('trends.read')
    .route({ method: 'GET', path: '/trends/map', summary: 'Where each kecamatan stands on the map of tiles' })
    .output(z.array(z.object({ kecamatan: z.string(), column: z.number().int(), row: z.number().int() }))),
  notes: route('trends.note')
    .route({ method: 'GET', path: '/trends/notes', summary: 'The newest 50' })
    .output(z.array(TrendNoteShape)),
  addNote: route('trends.note')
    .route({
      method: 'POST',
      path: '/trends/notes',
      successStatus: 201,
      summary: 'About what rises somewhere',
    })
    .input(
      SubjectAtPlace.extend({
        subject: Code.nullable(),
        kecamatan: z.string().max(60).nullable(),
        from: z.coerce.date(),
        to: z.coerce.date(),
        text: Reason,
      }),
    )
    .output(TrendNoteShape),
};

const Figures = z.object({
  from: When,
  to: When,
  in: z.number().int(),
  answered: z.number().int(),
  late: z.number().int(),
  waiting: z.number().int(),
  secret: z.number().int(),
  before: z.object({ in: z.number().int(), answered: z.number().int(), late: z.number().int() }),
  topSubjects: z.array(SubjectAtPlace.extend({ in: z.number().int(), waiting: z.number().int() })),
  viral: SubjectAtPlace.extend({
    in: z.number().int(),
    waiting: z.number().int(),
    usual: z.number(),
  }).nullable(),
  byAgency: z.array(CountRow),
  byPlatform: z.array(CountRow),
  silentAgencies: z.array(CountRow),
  blindChannels: z.array(
    z.object({
      channelId: z.string(),
      platform: Platform,
      account: z.string(),
      state: z.enum(['paused', 'broken', 'silent']),
      lastReadAt: When.nullable(),
    }),
  ),
  gaps: z.array(Gap),
  messages: z.object({
    total: z.number().int(),
    praise: z.number().int(),
    spam: z.number().int(),
    notComplaints: z.number().int(),
  }),
});

/** Frozen: shown again with the same figures and words. */
const ReportShape = z.object({
  _id: z.string(),
  at: When,
  by: z.string(),
  figures: Figures,
  text: z.string(),
});

export const reports = {
  list: route('report.read')
    .route({ method: 'GET', path: '/reports', summary: 'The newest 100' })
    .output(z.array(ReportShape.pick({ _id: true, at: true, by: true }))),
  make: route('report.read')
    .route({ method: 'POST', path: '/reports', successStatus: 201, summary: 'A period up to this minute' })
    .input(z.object({ from: z.coerce.date(), to: z.coerce.date() }))
    .output(ReportShape),
  get: route('report.read')
    .route({ method: 'GET', path: '/reports/{id}' })
    .input(z.object({ id: Id }))
    .output(ReportShape),
  file: route('report.read')
    .route({ method: 'GET', path: '/reports/{id}/file/{format}', outputStructure: 'detailed' })
    .input(z.object({ id: Id, format: FileFormat }))
    .output(FileAnswer),
};
