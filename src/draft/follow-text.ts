import type { CaseNumber, PlatformId } from '../domain/ids.ts';
import { toFormal } from './draft.ts';
import { addressOf, unnamed } from './fill.ts';
import type { TemplateBook } from './template-book.ts';

/** Whom a text speaks to, and where. */
export interface Addressee {
  readonly caseId: CaseNumber;
  readonly authorName: string | null;
  readonly platform: PlatformId;
}

/**
 * The answer to one citizen as a draft for another one with the same matter: his own number and name in the place of the
 * first one's, and the portals' register where he wrote on a portal. What else has to differ, people see and change.
 */
export function followText(book: TemplateBook, text: string, from: Addressee, to: Addressee): string {
  const called = addressOf(from.authorName);
  const numbered = text.replaceAll(from.caseId, to.caseId);
  const named = called === unnamed ? numbered : numbered.replaceAll(called, addressOf(to.authorName));
  const isFormal = ({ platform }: Addressee) => book.formal.platforms.includes(platform);
  return isFormal(to) && !isFormal(from) ? toFormal(book, named) : named;
}
