import { z } from 'zod';
import { handoverStates, handoverViews } from '../../domain/handover.ts';
import { Count, route, When } from './base.ts';
import { QueueView } from './drafts.ts';

/** Every number is the inbox's (or the approval queue's) for the same filter. */
const HandoverShape = z.object({
  at: When,
  /** "Tonight" ends: the next eight o'clock in WIB. */
  tonight: When,
  views: z.record(z.enum(handoverViews), Count),
  /** Cases that wait, by who has them and how far they are; first those that nobody has (null). */
  people: z.array(
    z.object({
      id: z.string().nullable(),
      name: z.string().nullable(),
      states: z.array(z.object({ state: z.enum(handoverStates), count: z.number().int() })),
      total: z.number().int(),
      /** Of all that he has: near the deadline or past it. */
      near: z.number().int(),
    }),
  ),
  /** The soonest deadlines of "Hampir lewat batas". */
  soonest: z.array(
    z.object({
      number: z.string(),
      agencyName: z.string().nullable(),
      dueAt: When,
      assigneeName: z.string().nullable(),
      secret: z.boolean(),
    }),
  ),
  /** "Ingatkan nanti" that ends tonight. */
  waking: Count,
  /** "OPD belum menjawab". */
  silent: z.array(
    z.object({
      agency: z.string().nullable(),
      name: z.string().nullable(),
      count: z.number().int(),
      oldestAt: When,
    }),
  ),
  replies: z.record(QueueView, Count),
  sendingStopped: z.boolean(),
  /** For WhatsApp, in Indonesian: numbers, deadlines and colleagues; nothing of a citizen, no secret number. */
  text: z.string(),
});
export type HandoverShape = z.infer<typeof HandoverShape>;

export const handover = {
  get: route('case.view')
    .route({ method: 'GET', path: '/handover', summary: '"Serah terima": what waits for whom' })
    .output(HandoverShape),
};
