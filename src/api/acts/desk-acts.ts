import { DAY } from '../../core/clock.ts';
import { RefusedError } from '../../core/errors.ts';
import type { Case, CaseVerb } from '../../domain/case.ts';
import { cases, changeCase, findCases } from '../../store/cases.ts';
import { snoozeMention } from '../../store/mentions.ts';
import { caseStep, messageStep, type UndoGroup } from '../../store/undos.ts';
import { moveCaseBy } from '../case-acts.ts';
import { allow } from '../context.ts';
import { openCase, openMention } from '../desk.ts';
import { matterOfMention } from '../views.ts';
import { type Asked, type Change, changeBy, changedMeanwhile, numberOfCase, openSeen } from './change.ts';
import { type Correction, correctBy } from './correct.ts';
import { type Undo, undoFor } from './undo.ts';

function invalid(id: string, en: string): RefusedError {
  return new RefusedError('invalid', { id, en });
}

/** One of LAPOR's actions with its way back. */
export async function moveWithUndo(
  asked: Asked,
  number: string,
  move: Parameters<typeof moveCaseBy>[2],
): Promise<{ case: Case; undo: UndoGroup }> {
  const { case: seen } = await openCase(asked, 'case.move', number);
  const since = asked.deps.clock.now();
  const moved = await moveCaseBy(asked, number, move);
  // The move itself asks for the version that was seen, so `seen` is what it moved.
  return { case: moved, undo: seen.version === move.version ? [caseStep(seen, moved, since)] : [] };
}

const longestSnoozeMs = 90 * DAY;

/** "Ingatkan nanti", or back to the desk with null. No clock stops by it. */
export async function snoozeBy(asked: Asked, id: string, until: Date | null): Promise<Change> {
  const now = asked.deps.clock.now();
  if (until && (until <= now || until.getTime() - now.getTime() > longestSnoozeMs)) {
    throw invalid('Pilih waktu dalam 90 hari ke depan.', 'Choose a time within the next 90 days.');
  }
  if (numberOfCase.test(id)) {
    const { user, case: seen } = await openSeen(asked, 'case.move', id, null);
    const snooze = until && { until, by: user._id };
    return changeBy(asked, user, seen, { set: { snooze }, what: 'ingatkan nanti', act: 'snooze' });
  }
  const { mention, case: owner } = await openMention(asked, id);
  const user = await allow(asked, 'case.move', 'mention.view', matterOfMention(mention, owner));
  if (owner) throw invalid('Pesan ini sudah punya aduan.', 'This message has a case.');
  await snoozeMention(asked.deps.db, mention._id, until && { until, by: user._id });
  return { id, version: mention.revision, undo: [messageStep(mention, now)] };
}

/** The case at the head: a case that follows another leads to that one. */
async function leadOf(asked: Asked, number: string): Promise<Case> {
  const { case: found } = await openCase(asked, 'case.move', number);
  return found.lead ? (await openCase(asked, 'case.move', found.lead)).case : found;
}

/** Follows the answer of another case from now on, with all that followed it. Linking now, merging never. */
export async function linkBy(asked: Asked, number: string, version: number, lead: string): Promise<Change> {
  const { user, case: seen } = await openSeen(asked, 'case.move', number, version);
  const head = await leadOf(asked, lead);
  if (head._id === seen._id)
    throw invalid('Aduan tidak dapat mengikuti dirinya.', 'A case cannot follow itself.');
  if (head.secret !== seen.secret) {
    throw invalid(
      'Aduan rahasia dan aduan biasa tidak dapat digabungkan.',
      'A secret case and an open one cannot be joined.',
    );
  }
  const { db, clock } = asked.deps;
  const event = { at: clock.now(), by: user._id, what: 'gabung', from: null, to: null, note: head._id };
  const own = await findCases(cases(db), seen.followers ?? []);
  return changeBy(asked, user, seen, {
    set: { lead: head._id, followers: [] },
    what: 'gabung',
    act: 'link',
    note: head._id,
    also: async (session) => {
      const steps = [];
      const followers = [...new Set([...(head.followers ?? []), seen._id, ...own.map((one) => one._id)])];
      const sets = [
        ...own.map((one) => ({ one, set: { lead: head._id } })),
        { one: head, set: { followers } },
      ];
      for (const { one, set } of sets) {
        const after = await changeCase(cases(db), one, set, event, session);
        if (!after) throw changedMeanwhile(one);
        steps.push(caseStep(one, after, event.at));
      }
      return steps;
    },
  });
}

/** Goes its own way again. */
export async function unlinkBy(asked: Asked, number: string, version: number): Promise<Change> {
  const { user, case: seen } = await openSeen(asked, 'case.move', number, version);
  const [head] = seen.lead ? await findCases(cases(asked.deps.db), [seen.lead]) : [];
  if (!head) throw invalid('Aduan ini tidak mengikuti aduan lain.', 'This case follows no other.');
  const event = {
    ...{ at: asked.deps.clock.now(), by: user._id, what: 'pisah', from: null, to: null },
    note: seen._id,
  };
  return changeBy(asked, user, seen, {
    set: { lead: null },
    what: 'pisah',
    act: 'unlink',
    note: head._id,
    also: async (session) => {
      const followers = (head.followers ?? []).filter((one) => one !== seen._id);
      const after = await changeCase(cases(asked.deps.db), head, { followers }, event, session);
      if (!after) throw changedMeanwhile(head);
      return [caseStep(head, after, event.at)];
    },
  });
}

export type BulkDo =
  | {
      readonly act: 'move';
      readonly verb: CaseVerb;
      readonly agency?: string | undefined;
      readonly note?: string | undefined;
    }
  | ({ readonly act: 'correct' } & Correction)
  | { readonly act: 'link'; readonly lead: string }
  | { readonly act: 'snooze'; readonly until: Date | null };

interface Item {
  readonly id: string;
  readonly version: number;
}

async function doOne(asked: Asked, { id, version }: Item, wish: BulkDo): Promise<Change> {
  switch (wish.act) {
    case 'move': {
      const { verb, agency = null, note = null } = wish;
      const moved = await moveWithUndo(asked, id, { version, verb, agency, note });
      return { id, version: moved.case.version, undo: moved.undo };
    }
    case 'correct':
      return correctBy(asked, id, version, wish);
    case 'link':
      return linkBy(asked, id, version, wish.lead);
    case 'snooze':
      return snoozeBy(asked, id, wish.until);
    default:
      return wish satisfies never;
  }
}

/** One act on many, one after the other; what is refused says why and stops nothing. One undo for all. */
export async function bulkBy(asked: Asked, items: readonly Item[], wish: BulkDo) {
  const results = [];
  const groups: UndoGroup[] = [];
  for (const item of items) {
    try {
      const { id, version, undo } = await doOne(asked, item, wish);
      // The last act is taken back first: of a linked group each step stands on the one before.
      if (undo && undo.length > 0) groups.unshift(undo);
      results.push({ id, ok: true, version, words: null });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      results.push({ id: item.id, ok: false, version: null, words: error.words });
    }
  }
  const by = asked.user?._id;
  return { results, undo: by ? await undoFor(asked, by, groups) : null };
}

/** What a one-key act answers. */
export async function doneWith(
  asked: Asked,
  { id, version, undo }: Change,
): Promise<{ id: string; version: number; undo: Undo | null }> {
  const by = asked.user?._id;
  return { id, version, undo: by && undo ? await undoFor(asked, by, [undo]) : null };
}
