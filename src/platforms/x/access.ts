import { z } from 'zod';
import { type Clock, MINUTE } from '../../core/clock.ts';
import { ChannelBrokenError } from '../../core/errors.ts';
import type { TokenStore, Tokens } from '../../domain/tokens.ts';
import { type AccessToken, renewedAccess } from '../access.ts';
import { xClients } from './client.ts';
import { readError, refusalOf } from './trouble.ts';

export interface RefreshOptions {
  readonly store: TokenStore;
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  readonly clock: Clock;
  readonly simulator?: URL;
}

/** Refreshed this long before its end. */
const marginMs = 5 * MINUTE;

const Pair = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  expiresIn: z.number().positive(),
});

/**
 * OAuth 2.0 user tokens. An access token lives two hours, a refresh token works once: each refresh brings a new pair.
 * One whose end is not known (it comes from the environment) is refreshed at its first use.
 */
export function refreshedAccess(options: RefreshOptions): AccessToken {
  const { store, clock } = options;
  return renewedAccess({
    store,
    isGood: ({ expiresAt }) => expiresAt !== null && expiresAt.getTime() - marginMs > clock.now().getTime(),
    ask: ({ refreshToken }) => refresh(options, refreshToken ?? ''),
  });
}

/** @throws {ChannelBrokenError} when X no longer takes the refresh token: a person has to connect the account again */
async function refresh({ client, clock, simulator }: RefreshOptions, refreshToken: string): Promise<Tokens> {
  const asked = clock.now();
  try {
    const answer = await xClients(simulator)
      .writing(client, AbortSignal.timeout(30_000))
      .refreshOAuth2Token(refreshToken);
    const pair = Pair.parse(answer);
    return {
      accessToken: pair.accessToken,
      refreshToken: pair.refreshToken,
      expiresAt: new Date(asked.getTime() + pair.expiresIn * 1_000),
    };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.status === 400 || refusal?.status === 401) {
      throw new ChannelBrokenError('x: refresh token refused', 'token', refusal.words, {
        cause: new Error(refusal.words),
      });
    }
    throw readError(error, clock);
  }
}
