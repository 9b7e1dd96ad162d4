import { ChannelBrokenError, TransientError } from '../../core/errors.ts';
import type { Probe } from '../connector.ts';
import type { Account } from './found.ts';
import { type Spent, userReadMicros } from './price.ts';
import { type ReadDeps, read } from './read.ts';
import { MeAnswer } from './schema.ts';

/** Who the token speaks for. A token without a user can read but not answer; that is a warning, not an error. */
export async function probeAccount(
  deps: ReadDeps & { readonly account: Account; readonly spent: Spent },
  signal: AbortSignal,
): Promise<Probe> {
  const { account } = deps;
  let body: unknown;
  try {
    ({ body } = await read(deps, 'users/me', {}, signal));
  } catch (error) {
    if (!(error instanceof ChannelBrokenError) || !/Application-Only/i.test(error.platformWords)) throw error;
    const warnings = [
      'Token aplikasi saja: bisa membaca, tidak bisa membalas. / App-only token: reads, cannot reply.',
    ];
    return { account: { id: account.id, name: account.handle }, expiresAt: null, warnings };
  }
  await deps.spent(userReadMicros);
  const me = MeAnswer.safeParse(body);
  if (!me.success) throw new TransientError('x: unreadable account', { cause: new Error(me.error.message) });
  const { id, username } = me.data.data;
  const warnings =
    id === account.id
      ? []
      : [`Token milik akun @${username}, bukan @${account.handle}. / Token of another account.`];
  return { account: { id, name: username }, expiresAt: null, warnings };
}
