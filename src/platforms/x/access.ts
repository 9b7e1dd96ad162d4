import { z } from 'zod';
import { type Clock, MINUTE } from '../../core/clock.ts';
import { ChannelBrokenError } from '../../core/errors.ts';
import { xClients } from './client.ts';
import { readError, refusalOf } from './trouble.ts';

/**
 * The token to use now. `refused` is one that X has just answered with 401: if there is a newer one, or one can be had,
 * that is returned, else the same again.
 */
export type AccessToken = (refused?: string) => Promise<string>;

/** OAuth 2.0 user tokens. The refresh token works once: each refresh brings a new pair. */
export interface XTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: Date;
}

/** Where the pair is kept, shared by all processes of the installation. */
export interface XTokenStore {
  /** @throws when there is none: the account was never connected */
  read(): Promise<XTokens>;
  write(tokens: XTokens): Promise<void>;
  /** Runs for one process at a time; the others wait. */
  withLock<Value>(run: () => Promise<Value>): Promise<Value>;
}

export interface RefreshOptions {
  readonly store: XTokenStore;
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
 * Hands out the stored token and refreshes it when it is about to end or was refused. Two processes at once make one
 * refresh call: the second finds the new pair when it gets the lock. The new pair is stored before it is used.
 */
export function refreshedAccess(options: RefreshOptions): AccessToken {
  const { store, clock } = options;
  const isGood = (tokens: XTokens, refused: string | undefined): boolean =>
    tokens.accessToken !== refused && tokens.expiresAt.getTime() - marginMs > clock.now().getTime();
  return async (refused) => {
    const stored = await store.read();
    if (isGood(stored, refused)) return stored.accessToken;
    return store.withLock(async () => {
      const current = await store.read();
      if (isGood(current, refused)) return current.accessToken;
      const fresh = await refresh(options, current.refreshToken);
      await store.write(fresh);
      return fresh.accessToken;
    });
  };
}

/** @throws {ChannelBrokenError} when X no longer takes the refresh token: a person has to connect the account again */
async function refresh({ client, clock, simulator }: RefreshOptions, refreshToken: string): Promise<XTokens> {
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
