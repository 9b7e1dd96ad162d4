/** What lets a program act as an account. */
export interface Tokens {
  readonly accessToken: string;
  /** Works once where the platform rotates it. Null: the platform has none. */
  readonly refreshToken: string | null;
  /** Null: not known. */
  readonly expiresAt: Date | null;
}

/** Where the tokens of one account are kept, shared by all processes of the installation. */
export interface TokenStore {
  readonly read: () => Promise<Tokens>;
  /** Resolves when they are on disk. */
  readonly write: (tokens: Tokens) => Promise<void>;
  /** Runs for one process at a time; the others wait. */
  readonly withLock: <Value>(run: () => Promise<Value>) => Promise<Value>;
}
