import { randomBytes } from 'node:crypto';
import { type Clock, MINUTE, SECOND } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import type { AnswerLink } from '../domain/forward.ts';
import type { CaseNumber, UserId } from '../domain/ids.ts';
import { type NewNotice, noticeFor } from './forward.ts';
import { codeOf, hashOf, isSame } from './secrets.ts';

const codeHoldsMs = 15 * MINUTE;
const codeAgainAfterMs = 60 * SECOND;
const mostCodes = 10;
const mostTries = 5;
/** In UTF-16 units. */
const longestAnswer = 4_000;

/** What the recipient may see of the case: what he needs to answer it, and not who wrote it. */
export interface CaseForAgency {
  readonly number: CaseNumber;
  readonly agency: string;
  readonly texts: readonly string[];
  readonly place: string | null;
  readonly dueAt: Date | null;
  readonly secret: boolean;
  readonly urgent: boolean;
}

export interface AnswerDeps {
  readonly clock: Clock;
  readonly key: string;
  readonly findByToken: (tokenHash: string, now: Date) => Promise<AnswerLink | null>;
  /** Counts the code and stores its notice, all or nothing; false when another request was faster. */
  readonly sendCode: (
    link: AnswerLink,
    notice: (link: AnswerLink) => NewNotice,
    now: Date,
  ) => Promise<boolean>;
  readonly countTry: (link: AnswerLink, most: number, now: Date) => Promise<AnswerLink | null>;
  /** Counts as opened from now on; the act is audited. */
  readonly openLink: (link: AnswerLink, sessionHash: string, now: Date) => Promise<void>;
  readonly readCase: (id: CaseNumber) => Promise<CaseForAgency | null>;
  /** Uses the link up and puts the answer into the case, all or nothing; null when the link is not in force. */
  readonly takeAnswer: (answer: {
    readonly link: AnswerLink;
    readonly tokenHash: string;
    readonly sessionHash: string;
    readonly answerer: UserId;
    readonly text: string;
    readonly now: Date;
  }) => Promise<'draft' | 'note' | null>;
}

/** The same for a link that never was, is over, was revoked or used, and for a wrong code. */
function notValid(): RefusedError {
  return new RefusedError('not-found', {
    id: 'Tautan atau kode tidak berlaku. Mintalah tautan baru kepada admin aduan Diskominfo.',
    en: 'The link or the code is not valid. Ask the office for a new link.',
  });
}

/** Sends a code to the link's recipient by his own way. Answers the same whether there is such a link or not. */
export async function requestCode(deps: AnswerDeps, token: string): Promise<void> {
  const now = deps.clock.now();
  const link = await deps.findByToken(hashOf(token), now);
  if (!link || link.codes.sent >= mostCodes) return;
  if (link.codes.at && now.getTime() - link.codes.at.getTime() < codeAgainAfterMs) return;
  await deps.sendCode(link, (counted) => noticeFor(counted, 'kode', counted.codes.sent), now);
}

/**
 * Shows the case to who holds the link and the code that was sent to its recipient.
 * @returns the case, and the secret of this window, which the answer must name
 * @throws {RefusedError} `not-found`
 */
export async function openCaseByCode(
  deps: AnswerDeps,
  token: string,
  code: string,
): Promise<{ readonly session: string; readonly case: CaseForAgency }> {
  const now = deps.clock.now();
  const link = await deps.findByToken(hashOf(token), now);
  if (!link?.codes.at || now.getTime() - link.codes.at.getTime() > codeHoldsMs) throw notValid();
  const tried = await deps.countTry(link, mostTries, now);
  if (!tried || !isSame(code, codeOf(deps.key, link._id, link.codes.sent))) throw notValid();
  const found = await deps.readCase(link.caseId);
  if (!found) throw notValid();
  const session = randomBytes(16).toString('base64url');
  await deps.openLink(link, hashOf(session), now);
  return { session, case: found };
}

/** Who answers: his account in Tanggap, or a name that no account can have. */
export function answererOf({ recipient }: AnswerLink): UserId {
  return recipient.user ?? (`opd:${recipient.id}` as UserId);
}

/**
 * Takes the agency's answer. It becomes a draft; who answered and who passed the case on become its authors, so that the
 * store lets neither of them approve it.
 * @returns `note` where the case's reply can no longer be changed: the answer then stands in the notes
 * @throws {RefusedError} `not-found`, `invalid`
 */
export async function answerByLink(
  deps: AnswerDeps,
  token: string,
  session: string,
  text: string,
): Promise<'draft' | 'note'> {
  const now = deps.clock.now();
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > longestAnswer) {
    throw new RefusedError('invalid', {
      id: `Tulislah jawaban, paling panjang ${longestAnswer} huruf.`,
      en: `Write an answer of at most ${longestAnswer} characters.`,
    });
  }
  const tokenHash = hashOf(token);
  const link = await deps.findByToken(tokenHash, now);
  if (!link) throw notValid();
  const answerer = answererOf(link);
  const sessionHash = hashOf(session);
  const taken = await deps.takeAnswer({ link, tokenHash, sessionHash, answerer, text: trimmed, now });
  if (!taken) throw notValid();
  return taken;
}
