import type { Case } from '../../domain/case.ts';
import type { CaseNumber, MentionId, ReplyId } from '../../domain/ids.ts';
import { type Matter, may } from '../../domain/policies.ts';
import type { User } from '../../domain/user.ts';
import { cases, findCases } from '../../store/cases.ts';
import type { Change } from '../../store/changes.ts';
import type { Database } from '../../store/database.ts';
import { findMentions, mentions } from '../../store/mentions.ts';
import { replies } from '../../store/replies.ts';
import type { LiveEvent } from '../contract/live.ts';
import { matterOfMention } from '../views.ts';
import type { Addressed } from './feed.ts';

/** What this person hears of it; null = nothing. */
export function heardBy(user: User, { event, act, matter, moved }: Addressed): LiveEvent | null {
  if (may(user, act, matter ?? {})) return event;
  return moved && may(user, 'case.view', { agency: user.agency, secret: false }) ? { what: 'list' } : null;
}

/** Everything unknown counts as secret. */
function matterOf(found: { readonly [field: string]: unknown } | null | undefined): Matter {
  if (!found) return {};
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return { agency: text(found.agency), companion: text(found.companion), secret: found.secret !== false };
}

const movedFields = ['agency', 'companion', 'secret'];

function ofCase(change: Change): Addressed {
  return {
    event: { what: 'thread', id: change.key, isNew: change.kind === 'added' },
    act: 'case.view',
    matter: matterOf(change.document),
    moved: change.fields.some((field) => movedFields.includes(field)),
  };
}

function ofMention(change: Change, owners: ReadonlyMap<string, Case>): Addressed {
  const number: unknown = change.document?.caseId;
  const owner = typeof number === 'string' ? owners.get(number) : undefined;
  if (owner) {
    const event = { what: 'thread', id: owner._id, isNew: false } as const;
    return { event, act: 'case.view', matter: matterOf({ ...owner }) };
  }
  const isNew = change.fields.includes('classification') && change.document?.archived !== true;
  return {
    event: { what: 'thread', id: change.key, isNew },
    act: 'mention.view',
    matter: matterOf(change.document?.classification),
    moved: change.fields.includes('classification'),
  };
}

function ofReply(change: Change, owners: ReadonlyMap<string, Case>): Addressed | null {
  const found = change.document;
  const owner = owners.get(String(found?.caseId));
  if (!found || !owner) return null;
  const { state, version } = found;
  const event = { what: 'reply', id: change.key, caseNumber: owner._id, state, version } as const;
  return { event, act: 'draft.view', matter: matterOf({ ...owner }) };
}

/** Presence and claims are about something; its matter decides. Their own documents may be gone. */
function subjectOf(change: Change): string {
  return change.collection === 'presence' ? (change.key.split(' ')[0] ?? '') : change.key;
}

/** Matters of cases, messages and replies by id. */
async function mattersOf(deps: Pick<Database, 'db'>, ids: readonly string[]): Promise<Map<string, Matter>> {
  if (ids.length === 0) return new Map();
  const [ownCases, messages, drafts] = await Promise.all([
    findCases(cases(deps.db), ids as CaseNumber[]),
    findMentions(mentions(deps.db), ids as MentionId[]),
    replies(deps.db)
      .find({ _id: { $in: ids as ReplyId[] } })
      .project<{ _id: string; caseId: CaseNumber }>({ caseId: 1 })
      .toArray(),
  ]);
  const further = [...drafts.map((one) => one.caseId), ...messages.flatMap((one) => one.caseId ?? [])];
  const owners = new Map((await findCases(cases(deps.db), further)).map((one) => [one._id, one]));
  const known = new Map<string, Matter>(ownCases.map((one) => [one._id, matterOf({ ...one })]));
  for (const one of messages)
    known.set(one._id, matterOfMention(one, one.caseId ? (owners.get(one.caseId) ?? null) : null));
  for (const { _id, caseId } of drafts) known.set(_id, matterOf({ ...owners.get(caseId) }));
  return known;
}

const general: Readonly<Record<string, (change: Change) => Addressed | null>> = {
  channels: ({ key, fields, kind }) =>
    kind === 'changed' && fields.every((field) => quietFields.includes(field))
      ? null
      : { event: { what: 'channel', id: key }, act: 'channel.view' },
  incidents: ({ key }) => ({ event: { what: 'channel', id: key }, act: 'channel.view' }),
  meta: ({ key }) =>
    key === 'stop-switch' ? { event: { what: 'stop-switch' }, act: 'stop-switch.view' } : null,
  reference: () => ({ event: { what: 'settings' }, act: 'self.read' }),
};
/** Change with every poll and on no screen by the second. */
const quietFields = ['cursors', 'lastPolledAt', 'lastSuccessAt', 'budget', 'blockedUntil'];

/** Turns a round of changes into events, each once, with two or three look-ups for all of them. */
export async function addressed(
  deps: Pick<Database, 'db'>,
  changes: readonly Change[],
): Promise<readonly Addressed[]> {
  const withOwner = changes.flatMap(({ collection, document }) =>
    (collection === 'mentions' || collection === 'replies') && document?.caseId ? [document.caseId] : [],
  );
  const subjects = changes
    .filter(({ collection }) => collection === 'presence' || collection === 'claims')
    .map(subjectOf);
  const [found, matters] = await Promise.all([
    findCases(cases(deps.db), [...new Set(withOwner)] as CaseNumber[]),
    mattersOf(deps, [...new Set(subjects)]),
  ]);
  const owners = new Map<string, Case>(found.map((one) => [one._id, one]));
  const events = changes.map((change): Addressed | null => {
    const { collection } = change;
    if (collection === 'cases') return ofCase(change);
    if (collection === 'mentions') return ofMention(change, owners);
    if (collection === 'replies') return ofReply(change, owners);
    if (collection === 'presence' || collection === 'claims') {
      const id = subjectOf(change);
      const what = collection === 'claims' ? 'claim' : 'presence';
      return { event: { what, id }, act: 'case.view', matter: matters.get(id) ?? {} };
    }
    return general[collection]?.(change) ?? null;
  });
  return onceEach(events.filter((event) => event !== null));
}

/** Of equal events of a round the last; new and moved if one of them was. */
function onceEach(events: readonly Addressed[]): Addressed[] {
  const last = new Map<string, Addressed>();
  for (const one of events) {
    const key = `${one.event.what} ${'id' in one.event ? one.event.id : ''}`;
    const before = last.get(key);
    const isNew = before?.event.what === 'thread' && before.event.isNew;
    const event = one.event.what === 'thread' && isNew ? { ...one.event, isNew } : one.event;
    last.delete(key);
    last.set(key, { ...one, event, ...(before?.moved && { moved: true }) });
  }
  return [...last.values()];
}
