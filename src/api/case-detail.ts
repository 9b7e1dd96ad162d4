import { mostAlike } from '../cases/similar.ts';
import { DAY } from '../core/clock.ts';
import type { Case } from '../domain/case.ts';
import { may } from '../domain/policies.ts';
import type { User } from '../domain/user.ts';
import { type CaseScope, casesAround, casesOfMessages } from '../store/case-list.ts';
import { cases, findCases } from '../store/cases.ts';
import { copiesOf, fingerprinted } from '../store/fingerprints.ts';
import { findMention, findMentions, mentions } from '../store/mentions.ts';
import { presentAt } from '../store/presence.ts';
import { listRepliesWithCase, messagesOf } from '../store/threads.ts';
import { askedOf } from './acts/links.ts';
import type { ApiContext } from './context.ts';
import type { ApiDeps } from './deps.ts';
import { mask, oneLine } from './masking.ts';
import { presentView } from './thread-lists.ts';
import { caseView, matterOfCase, mentionView, replyView } from './views.ts';
import { agencyName, subjectName, whyOf } from './why.ts';

/** Cases of one matter come within a week. */
const aroundMs = 7 * DAY;
const similarShown = 8;
/** Of the copies of a broadcast text. */
const copiesCompared = 50;

/** Cases whose first message is worded nearly the same, the likest first, whatever they were taken for. */
async function copiesOfCase(deps: ApiDeps, one: Case, scope: CaseScope): Promise<Case[]> {
  const root = await findMention(mentions(deps.db), one.rootMentionId);
  const print = root && fingerprinted(root);
  if (!print) return [];
  const likest = ((await copiesOf(deps.db, [print])).get(print._id) ?? []).slice(0, copiesCompared);
  const place = new Map(likest.map(({ _id }, at) => [_id, at]));
  const placeOf = (other: Case) => place.get(other.rootMentionId) ?? copiesCompared;
  const found = await casesOfMessages(cases(deps.db), [...place.keys()], scope);
  return found.filter((other) => other._id !== one._id).sort((a, b) => placeOf(a) - placeOf(b));
}

/** What may be the same matter: linked already, worded nearly the same, or alike in subject, time, words and place. */
async function similarTo(deps: ApiDeps, one: Case, scope: CaseScope) {
  const collection = cases(deps.db);
  const linkedIds = [...(one.lead ? [one.lead] : []), ...(one.followers ?? [])];
  const [linked, around, copies] = await Promise.all([
    findCases(collection, linkedIds),
    casesAround(collection, one, scope, aroundMs),
    copiesOfCase(deps, one, scope),
  ]);
  const known = new Set<string>(linkedIds);
  const copied = new Set<string>(copies.map(({ _id }) => _id));
  const free = copies.filter((other) => !known.has(other._id)).slice(0, similarShown);
  const alike = mostAlike(
    one,
    around.filter((other) => !known.has(other._id) && !copied.has(other._id)),
    similarShown,
  );
  // A link may lead to another agency's case; it is shown only to who may see that one.
  const visible = linked.filter(
    (other) =>
      (scope.agency === null || other.agency === scope.agency || other.companion === scope.agency) &&
      (scope.secret || !other.secret),
  );
  const shown = [...visible, ...free, ...alike];
  const roots = await findMentions(
    mentions(deps.db),
    shown.map((other) => other.rootMentionId),
  );
  const textOf = new Map(roots.map((mention) => [mention._id, mention.text]));
  return shown.map((other) => ({
    caseNumber: other._id,
    line: oneLine(mask(textOf.get(other.rootMentionId) ?? ''), 120),
    platform: other.platform,
    agencyName: agencyName(deps, other.agency),
    state: other.state,
    postedAt: other.openedAt,
    linked: known.has(other._id),
    copy: copied.has(other._id),
    version: other.version,
  }));
}

/** Everything that a decision on the case needs, on one screen. */
export async function caseDetail(
  { deps }: Pick<ApiContext, 'deps'>,
  user: User,
  one: Case,
  scope: CaseScope,
) {
  const asking = { user: user._id, now: deps.clock.now() };
  const [messages, replies, similar, present, asked] = await Promise.all([
    messagesOf(deps.db, one),
    listRepliesWithCase(deps.db, { caseId: one._id, scope }, { limit: 100, after: null }),
    similarTo(deps, one, scope),
    presentAt(deps.db, [one._id], asking),
    askedOf(deps, one._id),
  ]);
  const open = may(user, 'personal-data.view', matterOfCase(one));
  const root = messages.find((mention) => mention._id === one.rootMentionId);
  return {
    ...caseView(one),
    trackingCode: open ? one.trackingCode : null,
    notes: open ? one.notes.map((note) => ({ ...note, mentions: [...(note.mentions ?? [])] })) : [],
    history: [...one.history],
    messages: messages.map((mention) => mentionView(mention, one)),
    replies: replies.map(({ reply }) => replyView(reply)),
    agencyName: agencyName(deps, one.agency),
    subjectName: subjectName(deps, one.subject),
    flags: [...(one.flags ?? [])],
    snoozedUntil: one.snooze?.until ?? null,
    lead: one.lead ?? null,
    followers: [...(one.followers ?? [])],
    asked,
    why: whyOf(deps, root?.classification ?? null, open),
    similar,
    present: presentView(present.get(one._id)),
  };
}
