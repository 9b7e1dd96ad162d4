import { RefusedError } from '../core/errors.ts';
import { type Act, type Matter, may, whyNot } from '../domain/policies.ts';
import type { User } from '../domain/user.ts';
import type { ApiDeps } from './deps.ts';

/** What a handler knows of one request. */
export interface ApiContext {
  readonly deps: ApiDeps;
  readonly user: User | null;
  readonly token: string | null;
  /** Address of the caller, for throttling. */
  readonly address: string;
  /** Keeps the session's token in the browser; null forgets it. */
  readonly keepToken: (token: string | null, until: Date | null) => void;
}

/** @throws {RefusedError} `unauthenticated` */
export function caller(context: { readonly user: User | null }): User {
  if (context.user) return context.user;
  throw new RefusedError('unauthenticated', { id: 'Silakan masuk dahulu.', en: 'Please log in first.' });
}

const nothingThere = { id: 'Tidak ditemukan.', en: 'Not found.' };

/** @throws {RefusedError} `forbidden` while he has a password that somebody else set */
export function refuseBorrowedPassword(user: User): void {
  if (!user.mustChangePassword) return;
  throw new RefusedError(
    'forbidden',
    {
      id: 'Kata sandi Anda disetel ulang. Gantilah dahulu dengan kata sandi Anda sendiri.',
      en: 'Your password was reset. First change it to one of your own.',
    },
    { mustChangePassword: true },
  );
}

/** For what is not there, and for what this person must not know of: the answers are the same. */
export function notFound(): RefusedError {
  return new RefusedError('not-found', nothingThere);
}

/**
 * Lets the person through or audits the denial.
 * @param view the act of seeing it; who may not see it is told that it is not there
 * @throws {RefusedError} `not-found` or `forbidden`
 */
export async function allow(
  context: Pick<ApiContext, 'deps' | 'user'>,
  act: Act,
  view: Act,
  matter: Matter & { readonly id: string },
): Promise<User> {
  const user = caller(context);
  refuseBorrowedPassword(user);
  const words = whyNot(user, act, matter);
  if (words === null && may(user, view, matter)) return user;
  await auditDenial(context.deps, user, act, matter.id);
  if (words === null || !may(user, view, matter)) throw notFound();
  throw new RefusedError('forbidden', words);
}

export function auditDenial(deps: ApiDeps, user: User, act: Act, subject: string | null): Promise<void> {
  return deps.recordAudit({
    at: deps.clock.now(),
    by: user._id,
    act: 'denied',
    subject,
    fields: { act, role: user.role },
  });
}
