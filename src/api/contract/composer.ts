import { z } from 'zod';
import { When } from './base.ts';
import { CaseShape, MentionShape, ReplyShape } from './shapes.ts';

const Words = z.object({ id: z.string(), en: z.string() });

/** How a text would do as a reply to its message. */
export const CheckShape = z.object({
  /** As the platform counts it; null when no connector knows. */
  length: z.object({ used: z.number().int(), limit: z.number().int() }).nullable(),
  /** `hand`: a person has to carry it there, and why. */
  capability: z.object({ by: z.enum(['api', 'hand']), reason: Words.nullable() }),
  /** What stops it: it cannot be submitted or approved. */
  unfit: z.array(z.object({ code: z.string(), words: Words, details: z.record(z.string(), z.unknown()) })),
  /** The santun check: hints that stop nothing. */
  warnings: z.array(z.object({ code: z.string(), found: z.string().nullable(), why: Words })),
});
export type Check = z.infer<typeof CheckShape>;

export const FilledTemplateShape = z.object({
  id: z.string(),
  situation: z.string(),
  /** When it is meant to be used. */
  when: z.string(),
  text: z.string(),
  /** Sending it answers the case. */
  answers: z.boolean(),
  /** The one that fits the situation. */
  fits: z.boolean(),
});

/** A line of the approval queue. The citizen's words are masked. */
export const QueueRowShape = z.object({
  reply: ReplyShape,
  case: CaseShape,
  author: z.string().nullable(),
  line: z.string(),
  /** What deserves a second look: `darurat`, `rahasia`, `kasar`, `ditagih`, `klaim_belum_pasti`, `data_pribadi`. */
  risks: z.array(z.string()),
});

export const ReviewShape = z.object({
  reply: ReplyShape,
  case: CaseShape,
  message: MentionShape.nullable(),
  /** Sending it answers the case; a receipt or a question does not. */
  answers: z.boolean(),
  /** What the template says for this case now; null when the text was written freely. */
  templateText: z.string().nullable(),
  /** Texts before each edit, oldest first. */
  earlier: z.array(z.object({ revision: z.number().int(), text: z.string(), by: z.string(), at: When })),
  check: CheckShape,
  /** Who confirmed the facts, when; null when nobody did. */
  confirmation: z.object({ who: z.string(), at: When, recordedBy: z.string() }).nullable(),
  needsConfirmation: z.boolean(),
  /** The account that will post it. */
  channel: z
    .object({ account: z.string(), state: z.enum(['ok', 'paused', 'broken']), sending: z.boolean() })
    .nullable(),
  /** Why the caller may not approve it, in words; null when he may. */
  whyNotApprove: Words.nullable(),
  /** The same for letting it go. */
  whyNotRelease: Words.nullable(),
});
export type Review = z.infer<typeof ReviewShape>;
