import { z } from 'zod';
import { authorities, flags, kinds, urgencies } from '../domain/classification.ts';
import { platformIds } from '../domain/ids.ts';
import { type OfficeEntry, TemplateEntry } from '../domain/office-lists.ts';

export type BookTemplate = OfficeEntry<'templates'>;

/** One line of the choice: every condition that is given must hold. */
const Choice = z.object({
  template: z.string().min(1),
  secret: z.literal(true).optional(),
  reopened: z.literal(true).optional(),
  /** The matter was passed on already (a text may say so only then). */
  forwarded: z.literal(true).optional(),
  /** The deadline has passed. */
  late: z.literal(true).optional(),
  personalData: z.literal(true).optional(),
  kinds: z.array(z.enum(kinds)).optional(),
  urgencies: z.array(z.enum(urgencies)).optional(),
  authorities: z.array(z.enum(authorities)).optional(),
  agencies: z.array(z.string()).optional(),
  flags: z.array(z.enum(flags)).optional(),
});
export type Choice = z.infer<typeof Choice>;

/** data/templates.json: the texts, which one fits, and what a polite text looks like. */
const TemplateBook = z
  .object({
    formal: z.object({
      /** Portals get "ragam resmi". */
      platforms: z.array(z.enum(platformIds)),
      replace: z.array(z.tuple([z.string().min(1), z.string()])),
      closing: z.string(),
    }),
    avoid: z.array(z.object({ words: z.string().min(1), instead: z.string().min(1) })),
    jargon: z.array(z.string().min(1)),
    blame: z.array(z.string().min(1)),
    greetings: z.array(z.string().min(1)),
    thanks: z.array(z.string().min(1)),
    /** What the santun check does not ask of a template, with the reason. */
    exceptions: z.array(
      z.object({
        template: z.string(),
        code: z.enum(['no-number', 'courtesy', 'promise-without-date']),
        why: z.string(),
      }),
    ),
    /** The first line that fits wins. */
    choose: z.array(Choice),
    templates: z.array(TemplateEntry),
  })
  .refine(
    (book) => {
      const ids = new Set(book.templates.map((template) => template._id));
      const named = [...book.choose, ...book.exceptions].map((line) => line.template);
      return ids.size === book.templates.length && named.every((id) => ids.has(id));
    },
    { error: 'A template is named that is not there, or is there twice' },
  );
export type TemplateBook = z.infer<typeof TemplateBook>;

/** @throws {z.ZodError} when the file does not hold what it should */
export function readTemplateBook(json: unknown): TemplateBook {
  return TemplateBook.parse(json);
}

export function findTemplate(book: TemplateBook, id: string): BookTemplate | null {
  return book.templates.find((template) => template._id === id) ?? null;
}

/**
 * Whether the text is exactly that of a locked template: with no name but "Bapak/Ibu", and a link. The only public reply
 * that a secret case may get.
 */
export function isLockedText(book: TemplateBook, templateId: string | null, text: string): boolean {
  const template = templateId === null ? null : findTemplate(book, templateId);
  if (!template?.locked) return false;
  return [template.normal, template.short].some((locked) => {
    const pattern = locked
      .replace(/[.*+?^$()|[\]\\]/gu, '\\$&')
      .replace('{nama}', 'Bapak/Ibu')
      .replace('{tautan}', 'https?://[^\\s,]+');
    return new RegExp(`^${pattern}$`, 'u').test(text);
  });
}
