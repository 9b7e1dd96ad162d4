import { RefusedError } from '../../core/errors.ts';
import type { Case, CaseEvent } from '../../domain/case.ts';
import type { Act } from '../../domain/policies.ts';
import type { User } from '../../domain/user.ts';
import { cases, changeCase, findCase } from '../../store/cases.ts';
import type { InTransaction } from '../../store/database.ts';
import { caseStep, type UndoGroup } from '../../store/undos.ts';
import type { ApiContext } from '../context.ts';
import { openCase } from '../desk.ts';

export type Asked = Pick<ApiContext, 'deps' | 'user'>;
type Session = Parameters<Parameters<InTransaction>[0]>[0];

/** What an act did to one thread, with the way back. */
export interface Change {
  readonly id: string;
  readonly version: number;
  readonly undo: UndoGroup | null;
}

export const numberOfCase = /^[A-Z]{2,5}-\d{4}-\d{6}$/;

export function changedMeanwhile(now: Case | null): RefusedError {
  return new RefusedError(
    'conflict',
    {
      id: 'Aduan ini sudah diubah orang lain. Periksa keadaan terbarunya.',
      en: 'Somebody else changed this case.',
    },
    now ? { state: now.state, version: now.version, assignee: now.assignee } : {},
  );
}

/** The case as the person saw it. @param version null: as it is now */
export async function openSeen(
  asked: Asked,
  act: Act,
  number: string,
  version: number | null,
): Promise<{ user: User; case: Case }> {
  const opened = await openCase(asked, act, number);
  if (version !== null && opened.case.version !== version) throw changedMeanwhile(opened.case);
  return opened;
}

interface Wish {
  readonly set: Partial<Case>;
  /** In the history, and `case.<act>` in the audit log. */
  readonly what: string;
  readonly act: string;
  readonly note?: string | null;
  readonly proof?: string | undefined;
  /** Further writes of the same transaction. */
  readonly also?: (session: Session) => Promise<UndoGroup>;
}

/** Writes one change with its line in the history and its audit entry. @throws {RefusedError} `conflict` */
export async function changeBy(asked: Asked, user: User, seen: Case, wish: Wish): Promise<Change> {
  const { db, clock, transaction, recordAudit } = asked.deps;
  const [at, by] = [clock.now(), user._id];
  const { what, note = null, proof } = wish;
  const event: CaseEvent = { at, by, what, from: null, to: null, note, ...(proof && { proof }) };
  return transaction(async (session) => {
    const after = await changeCase(cases(db), seen, wish.set, event, session);
    if (!after) throw changedMeanwhile(await findCase(cases(db), seen._id));
    const further = (await wish.also?.(session)) ?? [];
    const fields = Object.fromEntries(Object.keys(wish.set).map((field) => [field, true]));
    await recordAudit({ at, by, act: `case.${wish.act}`, subject: seen._id, fields }, session);
    return { id: seen._id, version: after.version, undo: [caseStep(seen, after, at), ...further] };
  });
}
