import { dueAtWith, stepCase } from '../cases/step.ts';
import { RefusedError } from '../core/errors.ts';
import type { Case, CaseVerb } from '../domain/case.ts';
import type { UserId } from '../domain/ids.ts';
import { addNote, applyMove, cases, claimCase, findCase, setOversight } from '../store/cases.ts';
import { type FeedbackAct, recordFeedback } from '../store/feedback.ts';
import { userNames } from '../store/users.ts';
import type { ApiContext } from './context.ts';
import { notFound } from './context.ts';
import { openCase } from './desk.ts';

/** The moves that say whether the classifier had found the right agency. */
const teaches: Partial<Record<CaseVerb, FeedbackAct>> = {
  disposisi: 'disposisi',
  'bukan wewenang': 'bukan_wewenang',
};

type Asked = Pick<ApiContext, 'deps' | 'user'>;
type Authorities = ApiContext['deps']['authorities'];

function changedMeanwhile(now: Case): RefusedError {
  return new RefusedError(
    'conflict',
    {
      id: 'Aduan ini sudah diubah orang lain. Periksa keadaan terbarunya.',
      en: 'Somebody else changed this case.',
    },
    { state: now.state, version: now.version, assignee: now.assignee },
  );
}

/** Another OPD of ours is a disposisi. */
function refuseOwn(
  authorities: Authorities,
  { verb, agency }: { verb: CaseVerb; agency: string | null },
): void {
  if (verb !== 'bukan wewenang' || agency === null || authorities.get(agency) !== 'ours') return;
  throw new RefusedError('invalid', {
    id: 'OPD ini milik kabupaten sendiri: pakai Disposisi.',
    en: 'This agency is the regency’s own: assign the case instead.',
  });
}

/** One of LAPOR's actions, with its audit entry. @throws {RefusedError} `conflict` when the case changed since `version` */
export async function moveCaseBy(
  asked: Asked,
  number: string,
  move: { version: number; verb: CaseVerb; agency: string | null; note: string | null },
): Promise<Case> {
  const { user, case: seen } = await openCase(asked, 'case.move', number);
  if (seen.version !== move.version) throw changedMeanwhile(seen);
  const { db, clock, clocks, transaction, recordAudit } = asked.deps;
  const { verb, note, agency } = move;
  refuseOwn(asked.deps.authorities, move);
  const [at, by] = [clock.now(), user._id];
  const step = { verb, by, at, note, ...(agency && { agency }) };
  const after = stepCase(clocks, seen, step);
  return transaction(async (session) => {
    const moved = await applyMove(cases(db), seen, step, after, session);
    if (!moved) throw changedMeanwhile((await findCase(cases(db), seen._id)) ?? seen);
    const fields = { from: seen.state, to: moved.state, agency: moved.agency };
    await recordAudit({ at, by, act: 'case.move', subject: seen._id, fields }, session);
    const act = teaches[verb];
    if (act) {
      const label = { at, by, act, mentionId: seen.rootMentionId, before: seen, after: moved };
      await recordFeedback(db, label, session);
    }
    if (verb === 'disposisi') await asked.deps.forwarding.forward(moved, by, session);
    return moved;
  });
}

/** Mine from now on. @throws {RefusedError} `conflict` when somebody else has it or it changed */
export async function claimCaseBy(asked: Asked, number: string, version: number): Promise<Case> {
  const { user, case: seen } = await openCase(asked, 'case.claim', number);
  const { db, clock, transaction, recordAudit } = asked.deps;
  return transaction(async (session) => {
    const claimed = await claimCase(cases(db), seen._id, user._id, version, session);
    if (!claimed) throw changedMeanwhile((await findCase(cases(db), seen._id)) ?? seen);
    await recordAudit(
      { at: clock.now(), by: user._id, act: 'case.claim', subject: seen._id, fields: {} },
      session,
    );
    return claimed;
  });
}

/**
 * "Berkadar pengawasan": the complaint calls for an inspection, or it does not after all. Its deadline follows.
 * @throws {RefusedError} `conflict` when the case changed since `version`, `not-possible` where it is no complaint
 */
export async function setOversightOf(
  asked: Asked,
  number: string,
  { version, oversight, note }: { version: number; oversight: boolean; note: string },
): Promise<Case> {
  const { user, case: seen } = await openCase(asked, 'case.move', number);
  if (seen.version !== version) throw changedMeanwhile(seen);
  if (seen.kind !== 'pengaduan') {
    throw new RefusedError('not-possible', {
      id: 'Hanya pengaduan yang dapat berkadar pengawasan.',
      en: 'Only a complaint can call for an inspection.',
    });
  }
  const { db, clock, clocks, transaction, recordAudit } = asked.deps;
  const [at, by] = [clock.now(), user._id];
  const what = oversight ? 'berkadar pengawasan' : 'tidak berkadar pengawasan';
  const change = { oversight, dueAt: dueAtWith(clocks, seen, oversight) };
  return transaction(async (session) => {
    const changed = await setOversight(cases(db), seen, change, { at, by, what, note }, session);
    if (!changed) throw changedMeanwhile((await findCase(cases(db), seen._id)) ?? seen);
    const fields = { oversight, dueAt: changed.dueAt?.toISOString() ?? null };
    await recordAudit({ at, by, act: 'case.oversight', subject: seen._id, fields }, session);
    return changed;
  });
}

/** A remark for colleagues; the citizen never sees it. */
export async function noteOnCase(asked: Asked, number: string, text: string): Promise<Case> {
  const { user, case: seen } = await openCase(asked, 'case.note', number);
  const { db, clock, transaction, recordAudit } = asked.deps;
  const [at, by] = [clock.now(), user._id];
  const named = [...text.matchAll(/(?<![\w.])@([a-z][a-z0-9._-]{1,31})/g)].map(([, name]) =>
    name?.replace(/[._-]+$/, ''),
  );
  const mentions = [...(await userNames(db, named as UserId[])).keys()] as UserId[];
  await transaction(async (session) => {
    if (!(await addNote(cases(db), seen._id, { at, by, text, mentions }, session))) throw notFound();
    await recordAudit({ at, by, act: 'case.note', subject: seen._id, fields: {} }, session);
  });
  const now = await findCase(cases(db), seen._id);
  if (!now) throw notFound();
  return now;
}
