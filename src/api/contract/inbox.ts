import { z } from 'zod';
import { caseVerbs } from '../../domain/case.ts';
import { Count, Id, PageRequest, pageOf, Reason, route, Version } from './base.ts';
import { CaseDetailShape, CaseShape, CaseState, MentionShape, Platform, ThreadShape } from './shapes.ts';

export const threadViews = ['baru', 'perlu-dicek', 'menunggu-persetujuan', 'semua'] as const;

/** One filter for the list, its counts and later its exports. */
export const ThreadFilter = z.object({
  view: z.enum(threadViews).default('semua'),
  agency: z.string().max(40).optional(),
  platform: Platform.optional(),
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
    .output(pageOf(ThreadShape)),
  count: route('case.view')
    .route({ method: 'GET', path: '/threads/count' })
    .input(ThreadFilter)
    .output(Count),
};

export const mentions = {
  list: route('mention.view')
    .route({ method: 'GET', path: '/mentions' })
    .input(MentionFilter.extend(PageRequest))
    .output(pageOf(MentionShape)),
  get: route('mention.view')
    .route({ method: 'GET', path: '/mentions/{id}' })
    .input(z.object({ id: Id }))
    .output(MentionShape),
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
    .output(CaseShape),
  claim: route('case.claim')
    .route({ method: 'POST', path: '/cases/{number}/claim', summary: 'Mine from now on' })
    .input(z.object({ number: Id, version: Version }))
    .output(CaseShape),
  note: route('case.note')
    .route({ method: 'POST', path: '/cases/{number}/notes' })
    .input(z.object({ number: Id, text: Reason }))
    .output(CaseShape),
};
