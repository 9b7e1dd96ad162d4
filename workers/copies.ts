import { goesRound } from '../src/cases/copied.ts';
import type { MentionId } from '../src/domain/ids.ts';
import type { Mention } from '../src/domain/mention.ts';
import type { Services } from '../src/services.ts';
import { copiesOf, fingerprinted, keepFingerprints } from '../src/store/fingerprints.ts';

/**
 * Keeps by what the copies of these messages are found, and tells which of them go round already. Kept before it is
 * looked: of copies that are judged side by side each sees the others.
 */
export async function noteCopies(
  { database: { db } }: Services,
  job: readonly Mention[],
): Promise<ReadonlySet<MentionId>> {
  const current = job.filter((mention) => !mention.archived);
  const prints = current.flatMap((mention) => fingerprinted(mention) ?? []);
  const kept = new Set(prints.map(({ _id }) => _id));
  const gone = current.filter(({ _id, edits }) => edits.length > 0 && !kept.has(_id)).map(({ _id }) => _id);
  await keepFingerprints(db, prints, gone);
  const copies = await copiesOf(db, prints);
  const round = prints.filter(({ _id, by }) => goesRound(by, copies.get(_id) ?? []));
  return new Set(round.map(({ _id }) => _id));
}
