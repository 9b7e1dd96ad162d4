import { createHmac, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Clock } from '../core/clock.ts';
import type { UserId } from '../domain/ids.ts';
import type { Database } from '../store/database.ts';
import { findSecondFactor, type SecondFactor, takeRecoveryCode, takeStep } from '../store/second-factors.ts';
import { sealText, unsealText } from '../store/secrets.ts';

/** RFC 6238 as every app has it: SHA-1, six digits, a new code every 30 seconds. */
const period = 30;
/** Steps before and after the present one that are taken: clocks differ, fingers are slow. */
const tolerance = 1;
/** RFC 4226 asks for at least 128 bits and recommends 160. */
const secretBytes = 20;
const recoveryCodes = 10;

export interface FactorDeps {
  readonly db: Database['db'];
  readonly clock: Clock;
  readonly factorKey: string;
}

function authenticator(id: UserId, secret: Secret): TOTP {
  return new TOTP({ issuer: 'Tanggap', label: id, secret, digits: 6, period });
}

/** @returns the secret as it is kept, as a person may type it, and as an app reads it from a picture */
export function newSecret(key: string, id: UserId) {
  const secret = new Secret({ buffer: new Uint8Array(randomBytes(secretBytes)).buffer });
  return {
    sealed: sealText(key, ownerOf(id), secret.base32),
    secret: secret.base32,
    uri: authenticator(id, secret).toString(),
  };
}

function ownerOf(id: UserId): string {
  return `second factor of ${id}`;
}

/** The step that a code belongs to, near now; null when it is none of them. */
export function stepOf(
  { clock, factorKey }: Pick<FactorDeps, 'clock' | 'factorKey'>,
  { _id, sealed }: Pick<SecondFactor, '_id' | 'sealed'>,
  code: string,
): number | null {
  const secret = Secret.fromBase32(unsealText(factorKey, ownerOf(_id), sealed));
  const timestamp = clock.now().getTime();
  const away = authenticator(_id, secret).validate({ token: code, timestamp, window: tolerance });
  return away === null ? null : Math.floor(timestamp / 1000 / period) + away;
}

/** Ten codes for paper, 50 random bits each, and what is kept of them. */
export function newRecoveryCodes(key: string): { readonly codes: string[]; readonly hashes: string[] } {
  const codes = Array.from({ length: recoveryCodes }, () => {
    const letters = new Secret({ buffer: new Uint8Array(randomBytes(7)).buffer }).base32.slice(0, 10);
    return `${letters.slice(0, 5)}-${letters.slice(5)}`.toLowerCase();
  });
  return { codes, hashes: codes.map((code) => recoveryHash(key, code)) };
}

/** A fast hash will do: the codes are random, nobody chose them. */
function recoveryHash(key: string, code: string): string {
  const plain = code.toLowerCase().replaceAll(/[^a-z2-7]/gu, '');
  return createHmac('sha256', key).update(`recovery ${plain}`).digest('hex');
}

/**
 * Whether the person may come in as far as his authenticator goes. A code that was right is used up by it: the same one
 * is wrong from then on, in every process.
 */
export async function checkSecondFactor(
  deps: FactorDeps,
  id: UserId,
  typed: string | null,
): Promise<'fine' | 'missing' | 'wrong'> {
  const factor = await findSecondFactor(deps.db, id);
  if (!factor?.since) return 'fine';
  const code = typed?.replaceAll(/\s/gu, '') ?? '';
  if (code === '') return 'missing';
  if (/^\d{6}$/u.test(code)) {
    const step = stepOf(deps, factor, code);
    return step !== null && (await takeStep(deps.db, id, step)) ? 'fine' : 'wrong';
  }
  const taken = await takeRecoveryCode(deps.db, id, recoveryHash(deps.factorKey, code));
  return taken ? 'fine' : 'wrong';
}
