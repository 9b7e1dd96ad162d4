import { z } from 'zod';
import { caseVerbs } from '../../domain/case.ts';
import { kinds, urgencies } from '../../domain/classification.ts';
import { portalIds } from '../../domain/elsewhere.ts';
import { confidenceBands, outcomes, threadViews } from '../../domain/thread-filter.ts';
import { caseActs, MovedCase, mentionActs, threadActs } from './acts.ts';
import {
  Code,
  Count,
  DayOrMoment,
  Id,
  LoginName,
  PageRequest,
  pageOf,
  Reason,
  route,
  Version,
  When,
} from './base.ts';
import {
  CaseDetailShape,
  CaseShape,
  CaseState,
  MentionDetailShape,
  MentionShape,
  Platform,
  ReasonsShape,
  ThreadShape,
} from './shapes.ts';

/** One filter for lists, counts and exports: the same filter, the same number. */
export const ThreadFilter = z.object({
  view: z.enum(threadViews).default('semua'),
  /** In charge, or companion. */
  agency: Code.optional(),
  /** In charge, as trends count it; `-`: nobody yet. */
  inCharge: Code.optional(),
  /** `-`: not decided. */
  subject: Code.optional(),
  platform: Platform.optional(),
  /** `-`: not known. */
  kecamatan: z.string().max(60).optional(),
  kind: z.enum(kinds).optional(),
  state: CaseState.optional(),
  urgency: z.enum(urgencies).optional(),
  secret: z.stringbool().optional(),
  /** `-`: nobody has it. */
  assignee: LoginName.optional(),
  /** How sure the classifier was: `tinggi` from 85 %, `sedang` from 60 %, `rendah` below. */
  confidence: z.enum(confidenceBands).optional(),
  /** Against the deadline, as trends and reports count it. */
  outcome: z.enum(outcomes).optional(),
  /** Taken by the classifier for the first agency's, given to the second one by a person: `DLH~DPUPR`. */
  mistaken: z.templateLiteral([Code, '~', Code]).optional(),
  /** Came in after a gap of its channel ("masuk terlambat"). */
  late: z.stringbool().optional(),
  /** When the citizen wrote: days in WIB, both included; or moments, the second one excluded. */
  from: DayOrMoment.optional(),
  to: DayOrMoment.optional(),
  /** Of these days only the hour (0–23) of one weekday (1: Monday), in WIB; both, and `from` and `to` as days. */
  weekday: z.coerce.number().int().min(1).max(7).optional(),
  hour: z.coerce.number().int().min(0).max(23).optional(),
  /** "Ingatkan nanti" is over before this moment. */
  wakesBefore: z.iso.datetime({ offset: true }).optional(),
  /** Cases without a number in this portal: nobody entered them there yet. */
  missingIn: z.enum(portalIds).optional(),
  /** All of these words, or a number: of the case, or of the portal that it came from or was entered in. */
  q: z.string().trim().max(200).optional(),
});
export type ThreadFilter = z.infer<typeof ThreadFilter>;

const MentionFilter = z.object({
  view: z.enum(['perlu-dicek', 'bukan-aduan', 'apresiasi', 'quarantined']).optional(),
  agency: z.string().max(40).optional(),
  platform: Platform.optional(),
});

const CaseFilter = z.object({
  state: CaseState.optional(),
  agency: z.string().max(40).optional(),
  platform: Platform.optional(),
});

/** LAPOR's actions. */
const CaseVerb = z.enum(caseVerbs);

export const threads = {
  list: route('case.view')
    .route({ method: 'GET', path: '/threads', summary: 'The inbox, newest first' })
    .input(ThreadFilter.extend(PageRequest))
    .output(
      pageOf(ThreadShape).extend({
        /**
         * A search for common words looks at its newest part first: what is older than this was not looked at yet, and
         * `nextCursor` goes on, whether the page holds rows or none. Null: nothing was left out.
         */
        searchedTo: When.nullable(),
      }),
    ),
  count: route('case.view')
    .route({ method: 'GET', path: '/threads/count' })
    .input(ThreadFilter)
    .output(Count),
  counts: route('case.view')
    .route({ method: 'GET', path: '/threads/counts', summary: 'Every view at once, for the rail' })
    .input(ThreadFilter.omit({ view: true }))
    .output(z.record(z.enum(threadViews), Count)),
  sinceLastSeen: route('case.view')
    .route({ method: 'GET', path: '/threads/since-last-seen', summary: '"Sejak Anda terakhir masuk"' })
    .output(
      z.object({
        /** Null at somebody's first login; the numbers are then of the last 24 hours. */
        since: When.nullable(),
        messages: Count,
        emergencies: Count,
        oldestEmergencyAt: When.nullable(),
        /** Messages that back another one's case. */
        similar: Count,
        filtered: Count,
        /** Written while their channel gave nothing ("masuk terlambat"): the same mark as the filter `late`. */
        arrivedLate: Count,
      }),
    ),
  ...threadActs,
};

export const mentions = {
  list: route('mention.view')
    .route({ method: 'GET', path: '/mentions' })
    .input(MentionFilter.extend(PageRequest))
    .output(pageOf(MentionShape)),
  get: route('mention.view')
    .route({ method: 'GET', path: '/mentions/{id}' })
    .input(z.object({ id: Id }))
    .output(MentionDetailShape),
  why: route('mention.view')
    .route({
      method: 'GET',
      path: '/mentions/{id}/why',
      summary: 'Judged once more: what speaks for the first two candidates, with weights',
    })
    .input(z.object({ id: Id }))
    .output(ReasonsShape),
  ...mentionActs,
};

export const cases = {
  list: route('case.view')
    .route({ method: 'GET', path: '/cases' })
    .input(CaseFilter.extend(PageRequest))
    .output(pageOf(CaseShape)),
  get: route('case.view')
    .route({ method: 'GET', path: '/cases/{number}' })
    .input(z.object({ number: Id }))
    .output(CaseDetailShape),
  move: route('case.move')
    .route({
      method: 'POST',
      path: '/cases/{number}/move',
      summary: 'What LAPOR calls an action; a stale version is a 409',
    })
    .input(
      z.object({
        number: Id,
        version: Version,
        verb: CaseVerb,
        /** With `disposisi`: who takes it. */
        agency: z.string().max(40).optional(),
        note: Reason.optional(),
      }),
    )
    .output(MovedCase),
  claim: route('case.claim')
    .route({ method: 'POST', path: '/cases/{number}/claim', summary: 'Mine from now on' })
    .input(z.object({ number: Id, version: Version }))
    .output(CaseShape),
  setOversight: route('case.move')
    .route({
      method: 'PUT',
      path: '/cases/{number}/oversight',
      summary: 'Calls for an inspection (60 working days) or not; the deadline follows',
    })
    .input(z.object({ number: Id, version: Version, oversight: z.boolean(), note: Reason }))
    .output(CaseShape),
  setElsewhere: route('case.move')
    .route({
      method: 'PUT',
      path: '/cases/{number}/elsewhere/{portal}',
      summary: '"Sudah dimasukkan": the number that the portal gave it; null takes it away',
    })
    .input(
      z.object({
        number: Id,
        portal: z.enum(portalIds),
        version: Version,
        externalId: z
          .string()
          .trim()
          .regex(/^#?\s*[A-Za-z0-9][A-Za-z0-9./_-]{0,99}$/)
          .nullable(),
      }),
    )
    .output(CaseShape),
  note: route('case.note')
    .route({ method: 'POST', path: '/cases/{number}/notes' })
    .input(z.object({ number: Id, text: Reason }))
    .output(CaseShape),
  ...caseActs,
};
