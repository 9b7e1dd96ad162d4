import { z } from 'zod';
import { kinds } from '../../domain/classification.ts';
import { Code, Id, route } from './base.ts';
import { Platform } from './shapes.ts';

const PartScore = z.object({
  part: z.enum(['agency', 'secrecy', 'kind', 'tone', 'time']),
  points: z.number().int(),
  of: z.number().int(),
  why: z.object({ id: z.string(), en: z.string() }),
});
const Progress = z.object({
  answered: z.number().int(),
  of: z.number().int(),
  points: z.number().int(),
  outOf: z.number().int(),
});

/** "Mode latihan". The story in demo mode only: in live mode its routes are a 404; the office's own drafts in both. */
export const training = {
  next: route('training.play')
    .route({
      method: 'POST',
      path: '/training/next',
      summary: 'The next message of the story; its clock starts',
    })
    .output(
      z.object({
        /** Null: the story is over. */
        lesson: z
          .object({
            id: z.string(),
            platform: Platform,
            author: z.string(),
            text: z.string(),
            above: z.array(z.object({ author: z.string(), text: z.string(), own: z.boolean() })),
          })
          .nullable(),
        progress: Progress,
      }),
    ),
  answer: route('training.play')
    .route({ method: 'POST', path: '/training/{id}/answer', summary: 'Scored with the reasons; once' })
    .input(
      z.object({
        id: Id,
        agency: Code.nullable(),
        kind: z.enum(kinds),
        secret: z.boolean(),
        reply: z.string().trim().min(1).max(5_000).nullable().default(null),
      }),
    )
    .output(z.object({ parts: z.array(PartScore), points: z.number().int() })),
  sentBack: route('draft.view')
    .route({
      method: 'GET',
      path: '/training/sent-back',
      summary: 'Drafts of this office that came back with a reason, masked and without names; newest first',
    })
    .output(
      z.array(
        z.object({
          id: Id,
          platform: Platform,
          message: z.string().nullable(),
          draft: z.string(),
          reason: z.string(),
          /** What went out in the end, where it says something else. */
          sent: z.string().nullable(),
        }),
      ),
    ),
  again: route('training.play')
    .route({ method: 'POST', path: '/training/again', summary: 'Forget my answers and start over' })
    .output(z.object({ ok: z.literal(true) })),
};
