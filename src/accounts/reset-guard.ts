import { DAY } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import type { Reply } from '../domain/reply.ts';
import type { User } from '../domain/user.ts';
import { findResets } from '../store/users.ts';
import type { AccountsDeps } from './accounts.ts';

/** Who sets a password knows it: for this long the account's hands may be his. */
const doubtMs = DAY;

/**
 * Two accounts whose passwords one person has just set are not two persons: one of them may not approve what the other
 * wrote, nor what the person himself wrote.
 * @throws {RefusedError} `forbidden`
 */
export async function refuseHandsOfOne(
  deps: Pick<AccountsDeps, 'db' | 'clock'>,
  approver: User,
  reply: Pick<Reply, 'authors'>,
): Promise<void> {
  const since = new Date(deps.clock.now().getTime() - doubtMs);
  const resets = await findResets(deps.db, [approver._id, ...reply.authors], since);
  const by = resets.get(approver._id);
  if (by === undefined) return;
  const sameHands = reply.authors.some((author) => author === by || resets.get(author) === by);
  if (!sameHands) return;
  throw new RefusedError('forbidden', {
    id: 'Kata sandi Anda dan penulis balasan ini baru disetel ulang oleh orang yang sama. Mintalah penyetuju lain, atau tunggu 24 jam.',
    en: 'Your password and the author’s were just reset by the same person. Ask another approver, or wait 24 hours.',
  });
}
