import type { CaseKind } from '../domain/case.ts';
import type { Authority, Flag, Urgency } from '../domain/classification.ts';
import type { CaseNumber, PlatformId } from '../domain/ids.ts';
import type { Capability } from '../domain/reply.ts';
import { addressOf, type DraftValues, fill, spokenDate, unnamed } from './fill.ts';
import { type BookTemplate, type Choice, findTemplate, type TemplateBook } from './template-book.ts';

/** What a draft is made of. */
export interface DraftFacts {
  readonly caseId: CaseNumber;
  readonly platform: PlatformId;
  readonly kind: CaseKind;
  readonly authority: Authority | null;
  readonly agency: string | null;
  readonly urgency: Urgency;
  readonly flags: readonly Flag[];
  readonly secret: boolean;
  /** The case was answered or closed before, and the citizen came back. */
  readonly reopened: boolean;
  /** The agency in charge has the matter (state disposisi or later). */
  readonly forwarded: boolean;
  /** The deadline of the case has passed, or ends within a day and the citizen asked again. */
  readonly late: boolean;
  /** The citizen's message shows personal data that everybody can read. */
  readonly personalDataInPublic: boolean;
  readonly authorName: string | null;
  readonly agencyShortName: string | null;
  /** Days that may still be promised: null when none is known, or when it has passed. */
  readonly deadlines: Readonly<Record<'verifikasi' | 'tindak_lanjut' | 'tutup_otomatis', Date | null>>;
  /** Where the citizen can follow his case, or (secret) write in private. */
  readonly link: string | null;
  /** The officer's own words. */
  readonly fillIn: string | null;
}

/** What the channel can do, asked before anything is written. */
export interface DraftChannel {
  readonly capability: Capability;
  measure(text: string): { readonly used: number; readonly limit: number };
}

export interface Draft {
  readonly text: string;
  readonly templateId: string;
  readonly situation: string;
  /** How it can be sent: through the platform's API, or by a person who opens the platform. */
  readonly capability: Capability;
}

/** At or under this limit the short variants are used (X 280; Instagram's safe length 300). */
const shortLimit = 300;

/** A condition that is not given holds. */
function among<Value>(allowed: readonly Value[] | undefined, value: Value | null): boolean {
  return allowed === undefined || (value !== null && allowed.includes(value));
}

function fits(choice: Choice, facts: DraftFacts): boolean {
  return (
    (!choice.secret || facts.secret) &&
    (!choice.reopened || facts.reopened) &&
    (!choice.forwarded || facts.forwarded) &&
    (!choice.late || facts.late) &&
    (!choice.personalData || facts.personalDataInPublic) &&
    among(choice.kinds, facts.kind) &&
    among(choice.urgencies, facts.urgency) &&
    among(choice.authorities, facts.authority) &&
    among(choice.agencies, facts.agency) &&
    (choice.flags?.some((flag) => facts.flags.includes(flag)) ?? true)
  );
}

/** Spam and messages without content get no draft; an insult with a real complaint does (the book has a template). */
function deservesNone(facts: DraftFacts): boolean {
  return facts.flags.includes('spam') || facts.flags.includes('tanpa_isi');
}

/** The template for the situation; null when none should be written. */
export function chooseTemplate(book: TemplateBook, facts: DraftFacts): BookTemplate | null {
  if (deservesNone(facts)) return null;
  const choice = book.choose.find((line) => fits(line, facts));
  return choice ? findTemplate(book, choice.template) : null;
}

function valuesFor(template: BookTemplate, facts: DraftFacts, short: boolean): DraftValues {
  const deadline = template.deadline === null ? null : facts.deadlines[template.deadline];
  return {
    nama: facts.secret ? unnamed : addressOf(facts.authorName),
    // In public the number itself would tell that a secret case exists.
    nomor: facts.secret && template.public ? null : facts.caseId,
    opd: facts.agencyShortName,
    batas: deadline && spokenDate(deadline, short),
    tautan: facts.link,
    isi: facts.fillIn,
  };
}

/** "Ragam resmi" for the portals: without "nggih" and emoji, with a closing line. */
export function toFormal(book: TemplateBook, text: string): string {
  let formal = text;
  for (const [from, to] of book.formal.replace) formal = formal.replaceAll(from, to);
  formal = formal
    .replace(/\p{Extended_Pictographic}\ufe0f?/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  return `${formal}\n\n${book.formal.closing}`;
}

/**
 * Writes the text of one template. The short variant where the platform's limit is small, the normal one is too long, or
 * only the normal one would need a link that there is not.
 */
export function writeTemplate(
  book: TemplateBook,
  template: BookTemplate,
  facts: DraftFacts,
  channel: DraftChannel,
): Draft {
  const { capability } = channel;
  const made = { templateId: template._id, situation: template.situation, capability };
  if (book.formal.platforms.includes(facts.platform)) {
    return { ...made, text: toFormal(book, fill(template.normal, valuesFor(template, facts, false))) };
  }
  const normal = fill(template.normal, valuesFor(template, facts, false));
  const { used, limit } = channel.measure(normal);
  const lacksLink = normal.includes('{tautan}') && !template.short.includes('{tautan}');
  if (limit > shortLimit && used <= limit && !lacksLink) return { ...made, text: normal };
  return { ...made, text: fill(template.short, valuesFor(template, facts, true)) };
}

/**
 * A first draft for the case, by situation, kind, authority and channel; null when the message deserves none. Empty
 * variables stay visible as placeholders. A person submits it and another one approves it, always.
 */
export function writeDraft(book: TemplateBook, facts: DraftFacts, channel: DraftChannel): Draft | null {
  const template = chooseTemplate(book, facts);
  return template && writeTemplate(book, template, facts, channel);
}
