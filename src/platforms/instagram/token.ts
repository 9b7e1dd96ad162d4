import { z } from 'zod';
import { type Clock, DAY, SECOND } from '../../core/clock.ts';
import type { TokenStore } from '../../domain/tokens.ts';
import { renewedAccess } from '../access.ts';
import { type GraphOptions, graphClient } from '../graph/client.ts';
import { readObject } from '../graph/listing.ts';

/** A token lives 60 days; this much is left when it is renewed, so that weeks of refusals can be sat out. */
const RENEWED_BELOW_MS = 45 * DAY;

const Renewed = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/**
 * `GET /refresh_access_token?grant_type=ig_refresh_token`: 60 more days, for a token that is at least a day old and not
 * dead. The old one works on, so a process that is killed before the new one is stored loses nothing. Instagram tells
 * nobody when a token ends: one from the environment is renewed at once. Source: Instagram Platform, "Refresh a token";
 * it shows the token as a parameter, here it stays in the header as in every other call [U].
 */
export function tokenRenewal(
  options: Omit<GraphOptions, 'host' | 'accessToken'> & { readonly clock: Clock },
  store: TokenStore,
): (signal: AbortSignal) => Promise<void> {
  const { clock } = options;
  return async (signal) => {
    const renewed = renewedAccess({
      store,
      isGood: ({ expiresAt }) =>
        expiresAt !== null && expiresAt.getTime() - clock.now().getTime() > RENEWED_BELOW_MS,
      ask: async ({ accessToken }) => {
        const asked = clock.now().getTime();
        const client = graphClient({
          ...options,
          host: 'https://graph.instagram.com',
          accessToken,
          versioned: false,
        });
        const { body } = await client.get(
          ['refresh_access_token'],
          { grant_type: 'ig_refresh_token' },
          signal,
        );
        const { access_token, expires_in } = readObject(Renewed, body);
        const expiresAt = new Date(asked + expires_in * SECOND);
        return { accessToken: access_token, refreshToken: null, expiresAt };
      },
    });
    await renewed();
  };
}
