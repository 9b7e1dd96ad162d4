import { type Algorithm, hash, verify } from '@node-rs/argon2';
import { RefusedError } from '../core/errors.ts';

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane (about 40 ms on the measured machine). */
const options = {
  algorithm: 2 satisfies Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

export function hashPassword(password: string): Promise<string> {
  return hash(password, options);
}

/** The hash of nobody's password: the work for a name that does not exist. */
let nobody: Promise<string> | null = null;

/** Takes the same time whether there is a hash or not, so that nobody learns which names exist. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password');
  const matches = await verify(passwordHash ?? (await nobody), password);
  return passwordHash !== null && matches;
}

const shortest = 12;
const longest = 200;
const common = [
  'password',
  'kata sandi',
  'katasandi',
  'karanganyar',
  'tanggap',
  'diskominfo',
  'rahasia',
  'qwerty',
  '123456',
];

/** @throws {RefusedError} `invalid` with the reason; ASVS 6.2.1 and 6.2.4 */
export function refuseWeakPassword(password: string, loginName: string): void {
  if (password.length < shortest || password.length > longest) {
    throw new RefusedError('invalid', {
      id: `Kata sandi harus ${shortest} sampai ${longest} karakter.`,
      en: `A password has ${shortest} to ${longest} characters.`,
    });
  }
  const core = password.toLowerCase().replace(/[\W\d_]+/g, '');
  const guessable =
    new Set(password).size < 5 ||
    [...common, loginName.toLowerCase()].some((word) => core === word.replace(/[\W\d_]+/g, ''));
  if (guessable) {
    throw new RefusedError('invalid', {
      id: 'Kata sandi ini terlalu mudah ditebak.',
      en: 'This password is too easy to guess.',
    });
  }
}
