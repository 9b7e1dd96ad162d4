import { randomBytes } from 'node:crypto';
import { SECOND } from '../../core/clock.ts';
import { RefusedError } from '../../core/errors.ts';
import type { UserId } from '../../domain/ids.ts';
import { keepUndo, type PutBack, takeUndo, type UndoGroup, undoGroup } from '../../store/undos.ts';
import { type ApiContext, caller } from '../context.ts';

type Asked = Pick<ApiContext, 'deps' | 'user'>;

/** The screen shows "Urungkan" for 8 s; the rest is the way there and back. */
const validMs = 12 * SECOND;

export interface Undo {
  readonly token: string;
  readonly until: Date;
}

/** Makes the token that takes these acts back. Acts of the desk change only our own data: nothing leaves the house by them. */
export async function undoFor(asked: Asked, by: UserId, groups: readonly UndoGroup[]): Promise<Undo | null> {
  if (groups.length === 0) return null;
  const { db, clock } = asked.deps;
  const undo = {
    token: randomBytes(16).toString('base64url'),
    until: new Date(clock.now().getTime() + validMs),
  };
  await keepUndo(db, { _id: undo.token, by, until: undo.until, groups });
  return undo;
}

/** Thrown inside to take a transaction back. */
class MovedOn extends Error {
  override name = 'MovedOn';
}

/** Takes the acts back, each as a whole. @throws {RefusedError} `not-found` when the time is over */
export async function undoBy(asked: Asked, token: string): Promise<{ undone: number; kept: number }> {
  const { _id: by } = caller(asked);
  const { db, clock, transaction, recordAudit } = asked.deps;
  const now = clock.now();
  const found = await takeUndo(db, token, by, now);
  if (!found) {
    throw new RefusedError('not-found', {
      id: 'Waktu untuk mengurungkan sudah lewat.',
      en: 'The time to undo is over.',
    });
  }
  let undone = 0;
  let done: PutBack = new Map();
  for (const group of found.groups) {
    const subject = group[0]?.id ?? null;
    const after = await transaction(async (session) => {
      const versions = await undoGroup(db, group, { now, by, done }, session);
      if (!versions) throw new MovedOn();
      await recordAudit({ at: now, by, act: 'desk.undo', subject, fields: {} }, session);
      return versions;
    }).catch((error: unknown) => {
      if (error instanceof MovedOn) return null;
      throw error;
    });
    if (after) undone += 1;
    done = after ?? done;
  }
  return { undone, kept: found.groups.length - undone };
}
