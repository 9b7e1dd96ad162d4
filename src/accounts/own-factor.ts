import { RefusedError } from '../core/errors.ts';
import type { UserId } from '../domain/ids.ts';
import type { User } from '../domain/user.ts';
import {
  findSecondFactor,
  proposeSecondFactor,
  removeSecondFactor,
  startSecondFactor,
} from '../store/second-factors.ts';
import { endOtherSessions, endSessionsOf } from '../store/sessions.ts';
import { changeUser } from '../store/users.ts';
import type { AccountsDeps } from './accounts.ts';
import type { LoginDeps } from './login.ts';
import { refuseWrongPassword } from './own-account.ts';
import { checkSecondFactor, newRecoveryCodes, newSecret, stepOf } from './second-factor.ts';

type Deps = LoginDeps & Pick<AccountsDeps, 'transaction'>;

const wrongCode = {
  id: 'Kode tidak cocok. Periksa jam di ponsel Anda, lalu coba kode berikutnya.',
  en: 'The code does not fit. Check the clock of your phone and try the next one.',
};

export async function readOwnFactor(deps: Pick<Deps, 'db'>, id: UserId) {
  const found = await findSecondFactor(deps.db, id);
  return { since: found?.since ?? null, recoveryLeft: found?.since ? found.recovery.length : 0 };
}

/**
 * A new secret for one's app; nothing is asked before {@link startOwnFactor}.
 * @throws {RefusedError} `invalid`, `throttled`, `conflict` when one is in use
 */
export async function proposeOwnFactor(deps: Deps, user: User, password: string, address: string) {
  await refuseWrongPassword(deps, user._id, password, address);
  const { sealed, ...shown } = newSecret(deps.factorKey, user._id);
  if (await proposeSecondFactor(deps.db, user._id, sealed)) return shown;
  throw new RefusedError('conflict', {
    id: 'Autentikator sudah menyala. Matikan dahulu yang lama.',
    en: 'An authenticator is on already. Turn the old one off first.',
  });
}

/**
 * The person showed a code of his app: from now on the login asks for one. His other sessions end.
 * @returns the codes for paper, which nobody can read again
 * @throws {RefusedError} `invalid`, `throttled`
 */
export async function startOwnFactor(
  deps: Deps,
  user: User,
  code: string,
  at: { readonly address: string; readonly keep: string | null },
): Promise<string[]> {
  const guess = { name: user._id, address: at.address, known: true };
  await deps.throttle.count(guess);
  const proposed = await findSecondFactor(deps.db, user._id);
  const step = proposed && proposed.since === null ? stepOf(deps, proposed, code) : null;
  if (!proposed || step === null) throw new RefusedError('invalid', wrongCode);
  await deps.throttle.forgive(guess);
  const { codes, hashes } = newRecoveryCodes(deps.factorKey);
  const now = deps.clock.now();
  await deps.transaction(async (session) => {
    const start = { since: now, lastStep: step, recovery: hashes };
    if (!(await startSecondFactor(deps.db, proposed, start, session)))
      throw new RefusedError('invalid', wrongCode);
    await endOtherSessions(deps.db, user._id, at.keep, session);
    const entry = { at: now, by: user._id, act: 'user.factor-on', subject: user._id, fields: {} };
    await deps.recordAudit(entry, session);
  });
  return codes;
}

/** @throws {RefusedError} `invalid` when password or code is wrong, `throttled` */
export async function stopOwnFactor(
  deps: Deps,
  user: User,
  { password, code }: { readonly password: string; readonly code: string },
  address: string,
): Promise<void> {
  await refuseWrongPassword(deps, user._id, password, address);
  const guess = { name: user._id, address, known: true };
  await deps.throttle.count(guess);
  if ((await checkSecondFactor(deps, user._id, code)) !== 'fine')
    throw new RefusedError('invalid', wrongCode);
  await deps.throttle.forgive(guess);
  await deps.transaction(async (session) => {
    await removeSecondFactor(deps.db, user._id, session);
    const entry = {
      at: deps.clock.now(),
      by: user._id,
      act: 'user.factor-off',
      subject: user._id,
      fields: {},
    };
    await deps.recordAudit(entry, session);
  });
}

/**
 * For who lost phone and paper. Out everywhere; and like a password that somebody else set, it counts as a reset: for a
 * day the account's hands may be those of whoever did it (reset-guard.ts).
 * @throws {RefusedError} `invalid` for one's own, `not-found` when there is none
 */
export async function resetFactor(deps: AccountsDeps, id: UserId, by: UserId): Promise<void> {
  if (id === by) {
    throw new RefusedError('invalid', {
      id: 'Autentikator sendiri dimatikan di Akun saya, dengan kodenya.',
      en: 'Turn your own authenticator off in My account, with its code.',
    });
  }
  const at = deps.clock.now();
  await deps.transaction(async (session) => {
    if (!(await removeSecondFactor(deps.db, id, session))) {
      throw new RefusedError('not-found', {
        id: 'Akun ini tidak memakai autentikator.',
        en: 'This account has no authenticator.',
      });
    }
    await changeUser(deps.db, id, { reset: { by, at } }, session);
    await endSessionsOf(deps.db, id, session);
    await deps.recordAudit({ at, by, act: 'user.reset-factor', subject: id, fields: {} }, session);
  });
}
