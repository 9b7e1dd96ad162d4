import type { Clock } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import { systemUser, type UserId } from '../domain/ids.ts';
import type { Role, User } from '../domain/user.ts';
import type { RecordAudit } from '../store/audit.ts';
import type { Database, InTransaction } from '../store/database.ts';
import { endSessionsOf } from '../store/sessions.ts';
import { addUser, changeUser, type UserChange } from '../store/users.ts';
import { hashPassword, refuseWeakPassword } from './passwords.ts';

export interface AccountsDeps {
  readonly db: Database['db'];
  readonly transaction: InTransaction;
  readonly recordAudit: RecordAudit;
  readonly clock: Clock;
  readonly mode: 'demo' | 'live';
}

export interface NewUser {
  readonly loginName: string;
  readonly name: string;
  readonly role: Role;
  readonly agency: string | null;
  readonly mayPublish: boolean;
  readonly password: string;
  /** An account for a visitor of the demo, or one that the demo plays itself; refused in live mode. */
  readonly demo?: 'visitor' | 'played';
}

const loginNamePattern = /^[a-z][a-z0-9._-]{1,31}$/;
const neverPublish: readonly Role[] = ['superadmin', 'analis', 'pimpinan'];

function invalid(id: string, en: string): RefusedError {
  return new RefusedError('invalid', { id, en });
}

function refuseOddRights(role: Role, agency: string | null, mayPublish: boolean): void {
  if (role === 'admin_opd' && !agency) {
    throw invalid('Admin aduan OPD harus punya perangkat daerah.', 'An agency admin needs an agency.');
  }
  if (role !== 'admin_opd' && agency) {
    throw invalid(
      'Hanya admin aduan OPD yang terikat pada satu perangkat daerah.',
      'Only an agency admin has an agency.',
    );
  }
  if (mayPublish && neverPublish.includes(role)) {
    throw invalid('Peran ini tidak boleh mengirim balasan.', 'This role may not publish replies.');
  }
}

/** @throws {RefusedError} `invalid` (name, rights, password) or `conflict` (name is taken) */
export async function createUser(deps: AccountsDeps, user: NewUser, by: UserId): Promise<User> {
  if (!loginNamePattern.test(user.loginName) || user.loginName === systemUser) {
    throw invalid(
      'Nama masuk: 2–32 huruf kecil, angka, titik, garis; diawali huruf.',
      'A login name has 2 to 32 lower-case letters, digits, dots or dashes and starts with a letter.',
    );
  }
  if (user.demo && deps.mode === 'live') {
    throw invalid(
      'Akun peran demo tidak boleh ada di mode live.',
      'Demo accounts cannot exist in live mode.',
    );
  }
  refuseOddRights(user.role, user.agency, user.mayPublish);
  refuseWeakPassword(user.password, user.loginName);
  const now = deps.clock.now();
  const created: User = {
    _id: user.loginName as UserId,
    name: user.name,
    role: user.role,
    agency: user.agency,
    mayPublish: user.mayPublish,
    demo: user.demo === 'played',
    disabledAt: null,
  };
  const passwordHash = await hashPassword(user.password);
  await deps.transaction(async (session) => {
    const added = await addUser(
      deps.db,
      { ...created, passwordHash, createdAt: now, passwordChangedAt: now, forDemo: user.demo !== undefined },
      session,
    );
    if (!added) {
      throw new RefusedError('conflict', {
        id: 'Nama masuk ini sudah dipakai.',
        en: 'This login name is taken.',
      });
    }
    const fields = { role: user.role, agency: user.agency, mayPublish: user.mayPublish, demo: created.demo };
    await deps.recordAudit({ at: now, by, act: 'user.create', subject: created._id, fields }, session);
  });
  return created;
}

/** Writes the change and ends every session of that person, together. */
async function change(
  deps: AccountsDeps,
  act: string,
  id: UserId,
  by: UserId,
  what: UserChange,
): Promise<void> {
  await deps.transaction(async (session) => {
    if (!(await changeUser(deps.db, id, what, session))) {
      throw new RefusedError('not-found', { id: 'Akun tidak ditemukan.', en: 'There is no such account.' });
    }
    await endSessionsOf(deps.db, id, session);
    const { role, agency, mayPublish } = what;
    const fields = {
      ...(role && { role }),
      ...(agency !== undefined && { agency }),
      ...(mayPublish !== undefined && { mayPublish }),
    };
    await deps.recordAudit({ at: deps.clock.now(), by, act, subject: id, fields }, session);
  });
}

/** Out at once: his sessions end in the same transaction. Accounts are never deleted; their acts stay readable. */
export function disableUser(deps: AccountsDeps, id: UserId, by: UserId): Promise<void> {
  if (id === by) {
    return Promise.reject(
      invalid('Anda tidak dapat menonaktifkan akun sendiri.', 'You cannot disable your own account.'),
    );
  }
  return change(deps, 'user.disable', id, by, { disabledAt: deps.clock.now() });
}

export async function changeRole(
  deps: AccountsDeps,
  id: UserId,
  rights: { role: Role; agency: string | null; mayPublish: boolean },
  by: UserId,
): Promise<void> {
  refuseOddRights(rights.role, rights.agency, rights.mayPublish);
  await change(deps, 'user.change-role', id, by, rights);
}

export async function setPassword(
  deps: AccountsDeps,
  id: UserId,
  password: string,
  by: UserId,
): Promise<void> {
  refuseWeakPassword(password, id);
  const passwordHash = await hashPassword(password);
  const at = deps.clock.now();
  // Who sets another's password knows it: it opens nothing but the change of it.
  const byAnother = by !== id && { mustChangePassword: true, reset: { by, at } };
  await change(deps, 'user.set-password', id, by, { passwordHash, passwordChangedAt: at, ...byAnother });
}
