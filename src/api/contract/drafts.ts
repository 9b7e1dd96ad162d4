import { z } from 'zod';
import type { Act } from '../../domain/policies.ts';
import { Count, Id, PageRequest, pageOf, Reason, route, Version } from './base.ts';
import { CheckShape, FilledTemplateShape, QueueRowShape, ReviewShape } from './composer.ts';
import { ReplyShape, ReplyState } from './shapes.ts';

const Text = z.string().trim().min(1).max(10_000);
const Url = z.url({ protocol: /^https$/ }).max(500);
const Seen = z.object({ id: Id, version: Version });
const SeenWithReason = Seen.extend({ reason: Reason });

function move<Input extends z.ZodType>(act: Act, verb: string, input: Input) {
  return route(act)
    .route({ method: 'POST', path: `/drafts/{id}/${verb}` })
    .input(input)
    .output(ReplyShape);
}

export const QueueView = z.enum([
  'draf',
  'menunggu',
  'dikembalikan',
  'disetujui',
  'terjadwal',
  'keputusan',
  'gagal',
  'riwayat',
]);

/** Every move names the version that was seen; a stale one is a 409 with both texts. */
export const drafts = {
  list: route('draft.view')
    .route({ method: 'GET', path: '/drafts' })
    .input(z.object({ state: ReplyState.optional(), caseNumber: Id.optional(), ...PageRequest }))
    .output(pageOf(ReplyShape)),
  get: route('draft.view')
    .route({ method: 'GET', path: '/drafts/{id}' })
    .input(z.object({ id: Id }))
    .output(ReplyShape),
  queue: route('draft.view')
    .route({ method: 'GET', path: '/drafts/queue', summary: 'The approval queue, soonest deadline first' })
    .input(z.object({ view: QueueView.default('menunggu'), ...PageRequest }))
    .output(pageOf(QueueRowShape)),
  counts: route('draft.view')
    .route({ method: 'GET', path: '/drafts/counts', summary: 'How many replies each view holds' })
    .output(z.record(QueueView, Count)),
  review: route('draft.view')
    .route({ method: 'GET', path: '/drafts/{id}/review', summary: 'All that a decision needs, at once' })
    .input(z.object({ id: Id }))
    .output(ReviewShape),
  check: route('draft.write')
    .route({ method: 'POST', path: '/drafts/{id}/check', summary: 'How this text would do; writes nothing' })
    .input(z.object({ id: Id, text: z.string().max(10_000) }))
    .output(CheckShape),
  templates: route('draft.write')
    .route({
      method: 'GET',
      path: '/cases/{number}/templates',
      summary: 'The templates, filled for this case',
    })
    .input(z.object({ number: Id }))
    .output(z.array(FilledTemplateShape)),
  create: route('draft.write')
    .route({ method: 'POST', path: '/cases/{number}/drafts', successStatus: 201 })
    .input(
      z.object({
        number: Id,
        text: Text.optional(),
        templateId: z.string().max(100).optional(),
        /** Made by the caller: the same key again brings the same draft. */
        key: z.string().min(8).max(100).optional(),
      }),
    )
    .output(ReplyShape),
  edit: route('draft.write')
    .route({ method: 'PUT', path: '/drafts/{id}' })
    /**
     * `templateId`: the text is this template's from now on, or one's own words (null); its rules hold (confirmation,
     * locked text, answers or not). Absent: as before.
     */
    .input(Seen.extend({ text: Text, templateId: z.string().max(100).nullable().optional() }))
    .output(ReplyShape),
  /** "Siapa yang memastikan, kapan": a correction (klarifikasi) cannot be submitted without it. */
  confirm: move(
    'draft.write',
    'confirm',
    Seen.extend({ who: z.string().trim().min(3).max(200), at: z.coerce.date() }),
  ),
  submit: move('draft.submit', 'submit', Seen),
  requestChanges: move('draft.review', 'request-changes', SeenWithReason),
  reject: move('draft.review', 'reject', SeenWithReason),
  withdraw: move('draft.withdraw', 'withdraw', SeenWithReason),
  approve: move('draft.approve', 'approve', Seen),
  release: move('reply.release', 'release', Seen),
  undo: move('reply.undo', 'undo', Seen),
  /** "Buka dan tandai sudah dijawab": a person answered on the platform itself. */
  byHand: move('reply.by-hand', 'by-hand', Seen.extend({ url: Url.nullable().default(null) })),
  /** "Perlu keputusan petugas": it was found on the platform after all. */
  foundSent: move('reply.by-hand', 'found-sent', Seen.extend({ url: Url })),
  /** The same, and it was not found: once more by machine. */
  resend: move('reply.resend', 'resend', Seen),
  /** The same, and nothing more is to be sent. */
  giveUp: move('reply.by-hand', 'give-up', SeenWithReason),
};
