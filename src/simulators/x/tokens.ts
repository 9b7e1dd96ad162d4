import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { type Clock, HOUR } from '../../core/clock.ts';
import { openJournal } from '../kit/journal.ts';
import type { AuthContext } from './limits.ts';

const Entry = z.object({ access: z.string(), refresh: z.string(), at: z.coerce.date() });

/** Access tokens live 2 hours. Source: X docs, OAuth 2.0 PKCE. */
const accessLifetimeMs = 2 * HOUR;

export interface Tokens {
  /** What the bearer may do; null when the token is unknown, revoked or expired. */
  contextOf(bearer: string): AuthContext | null;
  /** A new pair; the refresh token given dies at once. Null when it is not the current one. */
  refresh(
    refreshToken: string,
  ): { readonly access: string; readonly refresh: string; readonly expiresInS: number } | null;
  /** No token works from here on, refresh tokens included. */
  revoke(): void;
  readonly currentRefresh: () => string;
  close(): void;
}

/** The rotating pair of one user, kept on disk; the first access token has no end. */
export function openTokens(
  dir: string,
  first: { readonly user: string; readonly app: string; readonly refresh: string },
  clock: Clock,
): Tokens {
  const { journal, entries } = openJournal(join(dir, 'tokens.jsonl'), (line) => Entry.parse(line));
  const issued = [...entries];
  let revoked = false;
  const current = () => issued.at(-1)?.refresh ?? first.refresh;
  return {
    contextOf(bearer) {
      if (revoked) return null;
      if (bearer === first.app) return 'app';
      if (bearer === first.user) return 'user';
      const known = issued.find((pair) => pair.access === bearer);
      return known && clock.now().getTime() < known.at.getTime() + accessLifetimeMs ? 'user' : null;
    },
    refresh(refreshToken) {
      if (revoked || refreshToken !== current()) return null;
      const serial = createHash('sha256')
        .update(`${refreshToken} ${issued.length}`)
        .digest('hex')
        .slice(0, 32);
      const pair = { access: `access-${serial}`, refresh: `refresh-${serial}`, at: clock.now() };
      journal.append(pair);
      issued.push(pair);
      return { access: pair.access, refresh: pair.refresh, expiresInS: accessLifetimeMs / 1_000 };
    },
    revoke() {
      revoked = true;
    },
    currentRefresh: current,
    close: () => journal.close(),
  };
}
