import { createHash, randomInt } from 'node:crypto';
import { HOUR } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import { systemUser } from '../domain/ids.ts';
import type { User } from '../domain/user.ts';
import { freeFirstCode, keepFirstCode, takeFirstCode } from '../store/first-code.ts';
import { countSuperadmins } from '../store/users.ts';
import { type AccountsDeps, createUser } from './accounts.ts';
import type { Throttle } from './throttle.ts';

/** Letters and digits that nobody mixes up when he types them from a screen. */
const signs = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const validMs = HOUR;

function hashOf(code: string): string {
  return createHash('sha256')
    .update(code.replace(/[^A-Z0-9]/gi, '').toUpperCase())
    .digest('hex');
}

/** A code for the console of an installation without a superadmin; null when there is one. A new code ends the old one. */
export async function firstCode(deps: Pick<AccountsDeps, 'db' | 'clock'>): Promise<string | null> {
  if ((await countSuperadmins(deps.db)) > 0) return null;
  const code = Array.from({ length: 20 }, () => signs[randomInt(signs.length)]).join('');
  await keepFirstCode(deps.db, hashOf(code), new Date(deps.clock.now().getTime() + validMs));
  return code.replace(/(.{5})(?=.)/g, '$1-');
}

/**
 * Whoever reads the console makes the first superadmin, once.
 * @throws {RefusedError} `forbidden` when the code is wrong, used or over, `throttled`, or as `createUser`
 */
export async function createFirstSuperadmin(
  deps: AccountsDeps & { readonly throttle: Throttle },
  wish: {
    readonly code: string;
    readonly loginName: string;
    readonly name: string;
    readonly password: string;
  },
  address: string,
): Promise<User> {
  await deps.throttle.count({ name: 'first-superadmin', address, known: false });
  const hash = hashOf(wish.code);
  const taken =
    (await countSuperadmins(deps.db)) === 0 && (await takeFirstCode(deps.db, hash, deps.clock.now()));
  if (!taken) {
    throw new RefusedError('forbidden', {
      id: 'Kode salah, sudah dipakai, atau sudah lewat. Mulai ulang Tanggap untuk kode baru.',
      en: 'The code is wrong, used or over. Start Tanggap again for a new one.',
    });
  }
  const { loginName, name, password } = wish;
  const rights = { role: 'superadmin', agency: null, mayPublish: false } as const;
  try {
    return await createUser(deps, { loginName, name, password, ...rights }, systemUser);
  } catch (error) {
    // A weak password costs no code.
    await freeFirstCode(deps.db, hash);
    throw error;
  }
}
