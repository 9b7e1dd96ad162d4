import type { TokenStore, Tokens } from '../domain/tokens.ts';

/**
 * The token to use now. `refused` is one that the platform has just refused: if there is a newer one, or one can be had,
 * that is returned, else the same again.
 */
export type AccessToken = (refused?: string) => Promise<string>;

export interface TokenRenewal {
  readonly store: TokenStore;
  /** Whether these still serve. */
  readonly isGood: (tokens: Tokens) => boolean;
  /** Asks the platform for new ones. @throws {ChannelBrokenError} when a person has to connect the account again */
  readonly ask: (current: Tokens) => Promise<Tokens>;
}

/**
 * Hands out the stored token, and a new one when it no longer serves or was refused. Two processes at once ask the
 * platform once: the second finds the new token when it gets the lock. New tokens are stored before they are used. When
 * the database cannot take them they are kept in memory and stored first thing at the next call: where a platform
 * rotates its tokens, the old ones are dead by then.
 */
export function renewedAccess({ store, isGood, ask }: TokenRenewal): AccessToken {
  let unsaved: Tokens | null = null;
  const save = async (fresh: Tokens): Promise<string> => {
    unsaved = fresh;
    await store.write(fresh);
    unsaved = null;
    return fresh.accessToken;
  };
  return async (refused) => {
    const serves = (tokens: Tokens) => tokens.accessToken !== refused && isGood(tokens);
    const stored = await store.read();
    if (unsaved === null && serves(stored)) return stored.accessToken;
    return store.withLock(async () => {
      if (unsaved !== null) return save(unsaved);
      const current = await store.read();
      return serves(current) ? current.accessToken : save(await ask(current));
    });
  };
}
