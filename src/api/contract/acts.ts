import { z } from 'zod';
import { caseVerbs } from '../../domain/case.ts';
import { kinds } from '../../domain/classification.ts';
import { capturedVia, hideReasons, openReasons } from '../../domain/desk-words.ts';
import { Code, Id, LoginName, Reason, route, Version } from './base.ts';
import { AskedShape, CaseShape, MentionShape, ReplyShape, UndoShape } from './shapes.ts';

const Text = z.string().trim().min(1).max(10_000);
const Link = z.url({ protocol: /^https?$/ }).max(500);
const Moment = z.coerce.date();

const Correction = {
  agency: Code.optional(),
  subject: Code.optional(),
  kind: z.enum(kinds).optional(),
  kecamatan: z.string().trim().max(60).optional(),
  /** Desa, kelurahan or spot. */
  place: z.string().trim().max(100).optional(),
};

const Done = z.object({
  /** Of the thread now: a message that was made a complaint has a case from here on. */
  id: z.string(),
  version: z.number().int(),
  /** Null when it cannot be taken back. */
  undo: UndoShape.nullable(),
});

const Until = Moment.nullable();

export const threadActs = {
  correct: route('case.move')
    .route({
      method: 'POST',
      path: '/threads/{id}/correct',
      summary: 'Another agency, subject, kind or place; also an example for the classifier',
    })
    /** `version`: of the case, or the revision of a message without one. */
    .input(z.object({ id: Id, version: Version, ...Correction }))
    .output(Done),
  snooze: route('case.move')
    .route({ method: 'PUT', path: '/threads/{id}/snooze', summary: '"Ingatkan nanti"; null brings it back' })
    .input(z.object({ id: Id, until: Until }))
    .output(Done),
  bulk: route('case.move')
    .route({ method: 'POST', path: '/threads/bulk', summary: 'One act on many, with a result for each' })
    .input(
      z.object({
        items: z
          .array(z.object({ id: Id, version: Version }))
          .min(1)
          .max(100),
        do: z.discriminatedUnion('act', [
          z.object({
            act: z.literal('move'),
            verb: z.enum(caseVerbs),
            agency: Code.optional(),
            note: Reason.optional(),
          }),
          z.object({ act: z.literal('correct'), ...Correction }),
          z.object({ act: z.literal('link'), lead: Id }),
          z.object({ act: z.literal('snooze'), until: Until }),
        ]),
      }),
    )
    .output(
      z.object({
        results: z.array(
          z.object({
            id: z.string(),
            ok: z.boolean(),
            version: z.number().int().nullable(),
            words: z.object({ id: z.string(), en: z.string() }).nullable(),
          }),
        ),
        /** Takes back all that succeeded. */
        undo: UndoShape.nullable(),
      }),
    ),
  undo: route('case.move')
    .route({ method: 'POST', path: '/undo/{token}', summary: 'Takes the act back, as far as nobody went on' })
    .input(z.object({ token: Id }))
    .output(z.object({ undone: z.number().int(), kept: z.number().int() })),
};

export const caseActs = {
  link: route('case.move')
    .route({ method: 'POST', path: '/cases/{number}/link', summary: 'Follows the answer of another case' })
    .input(z.object({ number: Id, version: Version, lead: Id }))
    .output(Done),
  unlink: route('case.move')
    .route({ method: 'POST', path: '/cases/{number}/unlink' })
    .input(z.object({ number: Id, version: Version }))
    .output(Done),
  capture: route('mention.capture')
    .route({
      method: 'POST',
      path: '/cases/capture',
      successStatus: 201,
      summary: '"Catat aduan": from phone, letter, newspaper or a link',
    })
    .input(
      z.object({
        /** Made by the caller once for what he types: sent twice, it is one message. */
        key: z.string().min(8).max(100),
        text: Text,
        url: Link.optional(),
        via: z.enum(capturedVia),
        authorName: z.string().trim().min(1).max(100).optional(),
        writtenAt: Moment.optional(),
      }),
    )
    .output(z.object({ mentionId: z.string(), added: z.boolean(), caseNumber: z.string().nullable() })),
  groupText: route('case.view')
    .route({
      method: 'GET',
      path: '/cases/{number}/group-text',
      summary: '"Salin untuk grup WA", without a link',
    })
    .input(z.object({ number: Id }))
    .output(z.object({ text: z.string() })),
  reminderText: route('case.view')
    .route({
      method: 'POST',
      path: '/cases/reminder-text',
      summary: 'The reminder of silent agencies, one text each, ready to copy; writes nothing',
    })
    .input(z.object({ numbers: z.array(Id).min(1).max(100) }))
    .output(z.array(z.object({ agency: z.string().nullable(), text: z.string() }))),
  revokeLink: route('case.move')
    .route({
      method: 'POST',
      path: '/cases/{number}/links/{link}/revoke',
      summary: '"Cabut tautan" of an agency’s recipient, at once',
    })
    .input(z.object({ number: Id, link: Id }))
    .output(z.array(AskedShape)),
  resendLink: route('case.move')
    .route({
      method: 'POST',
      path: '/cases/{number}/links/{link}/resend',
      summary: 'A new link for the same recipient; the older one is revoked',
    })
    .input(z.object({ number: Id, link: Id }))
    .output(z.array(AskedShape)),
  groupAnswer: route('draft.write')
    .route({
      method: 'POST',
      path: '/cases/{number}/group-answer',
      successStatus: 201,
      summary: '"Catat jawaban dari grup": becomes a draft that neither writer nor answerer may approve',
    })
    .input(
      z.object({
        number: Id,
        text: Text,
        answeredBy: z.string().trim().min(2).max(100),
        /** His account, when he has one. */
        answeredByLogin: LoginName.optional(),
        answeredAt: Moment,
        /** Link to the screenshot, or where it lies. */
        proof: z.string().trim().min(3).max(500).optional(),
      }),
    )
    .output(ReplyShape),
};

export const mentionActs = {
  open: route('personal-data.view')
    .route({
      method: 'POST',
      path: '/mentions/{id}/open',
      summary: '"Buka data pribadi": the words as they were written, with a reason that is audited',
    })
    .input(z.object({ id: Id, reason: z.enum(openReasons) }))
    .output(
      MentionShape.extend({
        contact: z
          .object({ name: z.string().nullable(), mail: z.string().nullable(), phone: z.string().nullable() })
          .nullable(),
      }),
    ),
  hiding: route('mention.view')
    .route({
      method: 'GET',
      path: '/mentions/{id}/hiding',
      summary: 'Whether its platform can hide it, and what that means for an answer',
    })
    .input(z.object({ id: Id }))
    .output(
      z.object({
        possible: z.boolean(),
        /** Why a hidden one cannot be answered there; null when it can. */
        noAnswer: z.object({ id: z.string(), en: z.string() }).nullable(),
      }),
    ),
  hide: route('comment.hide')
    .route({
      method: 'POST',
      path: '/mentions/{id}/hide',
      summary: '"Sembunyikan komentar" on its platform; criticism is no reason',
    })
    .input(z.object({ id: Id, reason: z.enum(hideReasons) }))
    .output(MentionShape),
  show: route('comment.hide')
    .route({ method: 'POST', path: '/mentions/{id}/show', summary: '"Tampilkan lagi"' })
    .input(z.object({ id: Id }))
    .output(MentionShape),
};

export const MovedCase = CaseShape.extend({ undo: UndoShape.nullable() });
