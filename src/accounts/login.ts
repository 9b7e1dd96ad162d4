import { createHash, createHmac, randomBytes } from 'node:crypto';
import { HOUR, MINUTE } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import { systemUser, type UserId } from '../domain/ids.ts';
import type { Words } from '../domain/policies.ts';
import type { User } from '../domain/user.ts';
import { isKnownPlace, rememberPlace } from '../store/login-attempts.ts';
import { addSession, endSession, findSession, keepSession } from '../store/sessions.ts';
import { findUser, findUserForLogin, noteActive, noteLogin } from '../store/users.ts';
import type { AccountsDeps } from './accounts.ts';
import { passwordMatches } from './passwords.ts';
import { checkSecondFactor } from './second-factor.ts';
import type { Throttle } from './throttle.ts';

export interface LoginDeps extends Omit<AccountsDeps, 'mode' | 'transaction'> {
  readonly throttle: Throttle;
  /** Key for hashes of names and addresses (audit, known places). From the configuration. */
  readonly key: string;
  /** Seals the secrets of authenticators: 64 hex digits, never in the database. */
  readonly factorKey: string;
}

/** A session ends after a working day, and after two hours without use. */
const absoluteMs = 12 * HOUR;
const idleMs = 2 * HOUR;
/** The end of an idle session moves at most this often. */
const keepEveryMs = MINUTE;

export interface Login {
  /** 256 random bits; the only copy there is. */
  readonly token: string;
  readonly user: User;
  readonly expiresAt: Date;
}

/** Id of the session in the database; the token itself is nowhere. */
export function sessionId(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function hashed(key: string, ...parts: string[]): string {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}

/** To the minute. */
export function lastUseOf({ idleUntil }: { readonly idleUntil: Date }): Date {
  return new Date(idleUntil.getTime() - idleMs);
}

function needsCode(words: Words): RefusedError {
  return new RefusedError('unauthenticated', { ...words }, { needsCode: true });
}

async function openSession(deps: LoginDeps, user: User): Promise<Login> {
  const now = deps.clock.now();
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + absoluteMs);
  const idleUntil = new Date(now.getTime() + idleMs);
  await addSession(deps.db, {
    _id: sessionId(token),
    userId: user._id,
    createdAt: now,
    expiresAt,
    idleUntil,
  });
  return { token, user, expiresAt };
}

/**
 * A wrong name, a wrong password and a disabled account look alike, take the same work and count alike. Who has an
 * authenticator is asked for its code once the password was right; a wrong code counts like a wrong password.
 * @param code of the authenticator, or one on paper; null: none was typed
 * @throws {RefusedError} `unauthenticated` (with `needsCode` when only the code is missing or wrong) or `throttled`
 */
export async function login(
  deps: LoginDeps,
  name: string,
  password: string,
  address: string,
  code: string | null = null,
): Promise<Login> {
  const loginName = name.trim().toLowerCase().slice(0, 64);
  const place = hashed(deps.key, 'place', loginName, address);
  const guess = { name: loginName, address, known: await isKnownPlace(deps.db, place) };
  const event = (act: string, by: UserId, subject: string | null) =>
    deps.recordAudit({
      at: deps.clock.now(),
      by,
      act,
      subject,
      fields: { address: hashed(deps.key, address) },
    });
  try {
    await deps.throttle.count(guess);
  } catch (error) {
    await event('login.throttled', systemUser, `name:${hashed(deps.key, loginName)}`);
    throw error;
  }
  const found = await findUserForLogin(deps.db, loginName as UserId);
  const matches = await passwordMatches(found?.passwordHash ?? null, password);
  if (!found || !matches || found.disabledAt !== null) {
    // Names that nobody has may be passwords typed in the wrong box: only their hash is kept.
    await event('login.failed', systemUser, found ? found._id : `name:${hashed(deps.key, loginName)}`);
    throw new RefusedError('unauthenticated', {
      id: 'Nama masuk atau kata sandi salah.',
      en: 'The login name or the password is wrong.',
    });
  }
  const factor = await checkSecondFactor(deps, found._id, code);
  if (factor === 'wrong') {
    await event('login.code-failed', systemUser, found._id);
    throw needsCode({
      id: 'Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya.',
      en: 'The code is wrong or was used already. Wait for the next one.',
    });
  }
  await deps.throttle.forgive(guess);
  if (factor === 'missing') {
    throw needsCode({
      id: 'Masukkan kode enam angka dari aplikasi autentikator Anda.',
      en: 'Type the six digits that your authenticator app shows.',
    });
  }
  await rememberPlace(deps.db, place, deps.clock.now());
  await event('login.ok', found._id, found._id);
  await noteLogin(deps.db, found._id, deps.clock.now());
  const { _id, name: called, role, agency, mayPublish, demo, disabledAt, mustChangePassword = false } = found;
  const user = { _id, name: called, role, agency, mayPublish, demo, disabledAt, mustChangePassword };
  return openSession(deps, user);
}

/**
 * @param byPerson false for requests that a page makes by itself: they do not keep an idle session alive
 * @returns null when the token opens nothing (any more)
 */
export async function authenticate(
  deps: Pick<LoginDeps, 'db' | 'clock'>,
  token: string,
  byPerson: boolean,
): Promise<User | null> {
  if (token.length > 100) return null;
  const now = deps.clock.now();
  const session = await findSession(deps.db, sessionId(token), now);
  if (!session) return null;
  const user = await findUser(deps.db, session.userId);
  if (!user || user.disabledAt !== null) return null;
  const idleUntil = new Date(now.getTime() + idleMs);
  const stale = idleUntil.getTime() - session.idleUntil.getTime() >= keepEveryMs;
  if (byPerson && stale) {
    await keepSession(deps.db, session._id, idleUntil);
    await noteActive(deps.db, user._id, now);
  }
  return user;
}

/** The token is worthless from here on. */
export async function logout(deps: LoginDeps, token: string, user: User): Promise<void> {
  await endSession(deps.db, sessionId(token));
  await deps.recordAudit({
    at: deps.clock.now(),
    by: user._id,
    act: 'logout',
    subject: user._id,
    fields: {},
  });
}
