import { type Clock, DAY } from '../core/clock.ts';
import type { Case } from '../domain/case.ts';
import { type AnswerLink, askedAtOf, type Notice, type Recipient } from '../domain/forward.ts';
import type { CaseNumber, LinkId, UserId } from '../domain/ids.ts';
import { hashOf, newLinkId, tokenOf } from './secrets.ts';

/** How long a link may be used. */
const linkHoldsMs = 7 * DAY;

export type NewNotice = Pick<
  Notice,
  '_id' | 'kind' | 'caseId' | 'linkId' | 'recipient' | 'codeNumber' | 'incidentId'
> & {
  /** Not before then; absent: now. */
  readonly dueAt?: Date;
};

export interface ForwardDeps {
  readonly clock: Clock;
  /** Makes tokens and codes; not in the database. */
  readonly key: string;
  readonly recipients: readonly Recipient[];
  /** Revokes what was there and stores these, all or nothing. */
  readonly replaceLinks: (
    caseId: CaseNumber,
    links: readonly AnswerLink[],
    notices: readonly NewNotice[],
    now: Date,
  ) => Promise<void>;
}

/** First step of the chain: who answers for the agency. */
const answering = 'admin_opd';

/**
 * Passes a case on: each of the agency's recipients gets a link of his own, by his way. Links of an earlier passing on
 * are revoked.
 * @returns to whom; empty where the office has entered nobody for the agency
 */
export async function forwardCase(
  deps: ForwardDeps,
  one: Pick<Case, '_id' | 'agency'>,
  by: UserId,
): Promise<readonly Recipient[]> {
  const { agency } = one;
  if (agency === null) return [];
  const to = deps.recipients.filter(
    (recipient) => recipient.agency === agency && recipient.role === answering,
  );
  const now = deps.clock.now();
  const links = to.map((recipient) => newLink(deps, { caseId: one._id, agency, recipient, by, now }));
  const notices = links.map((link) => noticeFor(link, 'disposisi', null));
  await deps.replaceLinks(one._id, links, notices, now);
  return to;
}

/**
 * A new link for the recipient of an older one that is no longer in force, with its own seven days. The agency is as
 * silent as before: reminders go on where they were.
 */
export function renewedLink(
  deps: Pick<ForwardDeps, 'clock' | 'key'>,
  old: AnswerLink,
  by: UserId,
): { readonly link: AnswerLink; readonly notice: NewNotice } {
  const { caseId, agency, recipient } = old;
  const made = newLink(deps, { caseId, agency, recipient, by, now: deps.clock.now() });
  const link = { ...made, askedAt: askedAtOf(old), steps: old.steps };
  return { link, notice: noticeFor(link, 'disposisi', null) };
}

function newLink(
  deps: Pick<ForwardDeps, 'key'>,
  made: {
    readonly caseId: CaseNumber;
    readonly agency: string;
    readonly recipient: Recipient;
    readonly by: UserId;
    readonly now: Date;
  },
): AnswerLink {
  const id = newLinkId();
  return {
    _id: id,
    tokenHash: hashOf(tokenOf(deps.key, id)),
    caseId: made.caseId,
    agency: made.agency,
    recipient: made.recipient,
    createdBy: made.by,
    createdAt: made.now,
    expiresAt: new Date(made.now.getTime() + linkHoldsMs),
    revokedAt: null,
    openedAt: null,
    codes: { sent: 0, at: null, wrong: 0 },
    sessionHash: null,
    answeredAt: null,
    replyId: null,
    steps: 0,
  };
}

/** @param number of the code that it carries */
export function noticeFor(
  link: Pick<AnswerLink, '_id' | 'caseId' | 'recipient'>,
  kind: 'disposisi' | 'kode',
  number: number | null,
): NewNotice {
  const part = number === null ? '' : `-${number}`;
  return {
    _id: `n-${kind}-${link._id}${part}`,
    kind,
    caseId: link.caseId,
    linkId: link._id as LinkId,
    recipient: link.recipient,
    codeNumber: kind === 'kode' ? number : null,
  };
}
