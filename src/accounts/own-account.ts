import { RefusedError } from '../core/errors.ts';
import type { UserId } from '../domain/ids.ts';
import type { User } from '../domain/user.ts';
import { endOtherSessions, endSessionOf, listSessions, type SessionDocument } from '../store/sessions.ts';
import { changeUser, findUserForLogin } from '../store/users.ts';
import type { AccountsDeps } from './accounts.ts';
import { type LoginDeps, lastUseOf } from './login.ts';
import { hashPassword, passwordMatches, refuseWeakPassword } from './passwords.ts';

type Deps = LoginDeps & Pick<AccountsDeps, 'transaction'>;

/**
 * Changes one's own password and ends every other session of the person. Guesses count like those of the login.
 * @param keep id of the session that goes on
 * @throws {RefusedError} `unauthenticated` when the present password is wrong, `throttled`, `invalid`
 */
export async function changeOwnPassword(
  deps: Deps,
  user: User,
  words: { readonly current: string; readonly next: string },
  at: { readonly address: string; readonly keep: string | null },
): Promise<void> {
  await refuseWrongPassword(deps, user._id, words.current, at.address);
  if (words.current === words.next) {
    throw new RefusedError('invalid', {
      id: 'Kata sandi baru harus lain dari yang sekarang.',
      en: 'The new password must differ from the present one.',
    });
  }
  refuseWeakPassword(words.next, user._id);
  const passwordHash = await hashPassword(words.next);
  const now = deps.clock.now();
  await deps.transaction(async (session) => {
    const change = { passwordHash, passwordChangedAt: now, mustChangePassword: false };
    await changeUser(deps.db, user._id, change, session);
    await endOtherSessions(deps.db, user._id, at.keep, session);
    const entry = { at: now, by: user._id, act: 'user.change-own-password', subject: user._id, fields: {} };
    await deps.recordAudit(entry, session);
  });
}

/**
 * Before one's own account is changed. Guesses count like those of the login.
 * @throws {RefusedError} `invalid` or `throttled`
 */
export async function refuseWrongPassword(
  deps: Pick<Deps, 'db' | 'throttle'>,
  user: UserId,
  password: string,
  address: string,
): Promise<void> {
  const guess = { name: user, address, known: true };
  await deps.throttle.count(guess);
  const found = await findUserForLogin(deps.db, user);
  if (!found || !(await passwordMatches(found.passwordHash, password))) {
    throw new RefusedError('invalid', {
      id: 'Kata sandi sekarang salah.',
      en: 'The present password is wrong.',
    });
  }
  await deps.throttle.forgive(guess);
}

export interface OpenSession {
  /** sha256 of the token: opens nothing. */
  readonly id: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
}

function sessionView(session: SessionDocument): OpenSession {
  const { _id: id, createdAt, expiresAt } = session;
  return { id, createdAt, expiresAt, lastUsedAt: lastUseOf(session) };
}

/** The sessions of a person that are open now, the newest first. */
export async function openSessions(deps: Pick<Deps, 'db' | 'clock'>, user: UserId): Promise<OpenSession[]> {
  return (await listSessions(deps.db, user, deps.clock.now())).map(sessionView);
}

/** Ends one session, or with null all of a person, at once. @throws {RefusedError} `not-found` */
export async function revokeSession(deps: Deps, of: UserId, id: string | null, by: UserId): Promise<void> {
  await deps.transaction(async (session) => {
    if (id === null) await endOtherSessions(deps.db, of, null, session);
    else if (!(await endSessionOf(deps.db, of, id, session))) {
      throw new RefusedError('not-found', { id: 'Sesi tidak ditemukan.', en: 'There is no such session.' });
    }
    const entry = { at: deps.clock.now(), by, act: 'session.end', subject: of, fields: { all: id === null } };
    await deps.recordAudit(entry, session);
  });
}
