import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Collection, Db } from 'mongodb';
import { z } from 'zod';
import { type Clock, SECOND } from '../core/clock.ts';
import { ConfigError } from '../core/config.ts';
import { TransientError } from '../core/errors.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { TokenStore, Tokens } from '../domain/tokens.ts';

/** The tokens of a channel, sealed with a key that is not in the database. */
interface Secret {
  readonly _id: ChannelId;
  /** AES-256-GCM over the tokens as JSON: nonce, tag and text, base64. The channel's id is bound to it. */
  readonly sealed: string;
  /** sha256 of the tokens that were ever given in the environment; each is taken over once. */
  readonly seeds: readonly string[];
  /** Who is asking the platform for new tokens. */
  readonly lock: { readonly owner: string; readonly until: Date } | null;
  readonly updatedAt: Date;
}

function secrets(db: Db): Collection<Secret> {
  return db.collection<Secret>('secrets');
}

const StoredTokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  expiresAt: z.coerce.date().nullable(),
});

/** A holder that died gives the lock free after this: longer than any call for new tokens may take (30 s). */
const lockMs = 60 * SECOND;
const lookAgainMs = 100;

export interface SecretDeps {
  readonly db: Db;
  /** 32 bytes, hex. */
  readonly key: string;
  readonly clock: Clock;
}

/**
 * The tokens of one channel. Those of the environment are the first; after that the stored ones win, until other ones
 * are put into the environment: then a person has connected the account anew. A process that was started before that
 * does not bring the old ones back.
 *
 * @throws {ConfigError} from `read` when the key is not the one that they were sealed with
 */
export function tokenStore(deps: SecretDeps, id: ChannelId, given: Tokens): TokenStore {
  const { db, key, clock } = deps;
  const all = secrets(db);
  const seed = createHash('sha256')
    .update(`${id}\n${given.accessToken}\n${given.refreshToken}`)
    .digest('hex');
  const owner = randomUUID();
  const sealedNow = (tokens: Tokens) => ({ sealed: seal(key, id, tokens), updatedAt: clock.now() });

  const takeOver = async (): Promise<void> => {
    await all
      .updateOne(
        { _id: id, seeds: { $ne: seed } },
        { $set: sealedNow(given), $push: { seeds: seed }, $setOnInsert: { lock: null } },
        { upsert: true },
      )
      .catch((error: { code?: number }) => {
        // Somebody else has just taken them over.
        if (error.code !== 11_000) throw error;
      });
  };
  const read = async (): Promise<Tokens> => {
    const found = await all.findOne({ _id: id, seeds: seed });
    if (found) return unseal(key, id, found.sealed);
    await takeOver();
    return read();
  };
  const tryLock = async (): Promise<boolean> => {
    const now = clock.now();
    const result = await all.updateOne(
      { _id: id, $or: [{ lock: null }, { 'lock.until': { $lt: now } }] },
      { $set: { lock: { owner, until: new Date(now.getTime() + lockMs) } } },
    );
    return result.modifiedCount === 1;
  };
  return {
    read,
    async write(tokens) {
      await all.updateOne({ _id: id }, { $set: sealedNow(tokens) });
    },
    async withLock(run) {
      await read();
      const giveUp = performance.now() + lockMs;
      while (!(await tryLock())) {
        if (performance.now() > giveUp) throw new TransientError('another process is renewing the token');
        await setTimeout(lookAgainMs);
      }
      try {
        return await run();
      } finally {
        await all.updateOne({ _id: id, 'lock.owner': owner }, { $set: { lock: null } });
      }
    },
  };
}

/** AES-256-GCM: nonce, tag and text, base64. @param owner is bound to it: the text opens for nobody else */
export function sealText(key: string, owner: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'hex'), nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** @throws {Error} when the key or the owner is another one than when it was sealed */
export function unsealText(key: string, owner: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'hex'), bytes.subarray(0, 12))
    .setAAD(Buffer.from(owner))
    .setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}

function seal(key: string, id: ChannelId, tokens: Tokens): string {
  return sealText(key, id, JSON.stringify(tokens));
}

function unseal(key: string, id: ChannelId, sealed: string): Tokens {
  try {
    return StoredTokens.parse(JSON.parse(unsealText(key, id, sealed)));
  } catch {
    throw new ConfigError(
      `Token kanal ${id} tidak dapat dibuka: TANGGAP_SECRET_KEY bukan kunci yang dipakai saat menyimpannya. Kembalikan kunci lama, atau sambungkan akun lagi (token baru di .env). / The tokens of ${id} cannot be opened: TANGGAP_SECRET_KEY is not the key that sealed them. Bring the old key back, or connect the account anew.`,
    );
  }
}
