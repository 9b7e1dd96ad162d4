import type { Db } from 'mongodb';
import type { Case } from '../domain/case.ts';
import { maskPersonalData } from '../text/personal-data.ts';
import { cases } from './cases.ts';
import { mentions } from './mentions.ts';

/** A long number without quotes would be masked to something that is no JSON: what a platform sends as one stays. */
function maskParsed(value: unknown): unknown {
  if (typeof value === 'string') return maskPersonalData(value);
  if (Array.isArray(value)) return value.map(maskParsed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, maskParsed(part)]));
}

/** The payload with each piece of personal data in its texts replaced by a fixed word. */
function maskRaw(raw: string): string {
  try {
    return JSON.stringify(maskParsed(JSON.parse(raw)));
  } catch {
    return maskPersonalData(raw);
  }
}

async function maskMessages(db: Db, one: Case): Promise<number> {
  const ids = [...new Set([...one.mentionIds, ...one.supporterIds])];
  let masked = 0;
  for await (const { _id, raw } of mentions(db)
    .find({ _id: { $in: ids } })
    .project<{ _id: Case['rootMentionId']; raw: string }>({ raw: 1 })) {
    const now = maskRaw(raw);
    if (now === raw) continue;
    masked += (await mentions(db).updateOne({ _id, raw }, { $set: { raw: now } })).modifiedCount;
  }
  return masked;
}

/**
 * What platforms delivered for cases that are closed: personal data in it is masked for good. The text itself stays, since
 * the desk may open it with a reason. A message that comes after the closing is done in its turn. Safe to run twice.
 * @param limit cases at once
 * @returns how many cases were done, and messages changed
 */
export async function maskClosedPayloads(
  db: Db,
  limit: number,
): Promise<{ readonly cases: number; readonly messages: number }> {
  const closed = await cases(db)
    .find({ closedAt: { $type: 'date' }, rawMasked: { $exists: false } })
    .limit(limit)
    .toArray();
  let messages = 0;
  for (const one of closed) {
    messages += await maskMessages(db, one);
    // Only as it was seen: a message that joined meanwhile is done the next time.
    await cases(db).updateOne({ _id: one._id, version: one.version }, { $set: { rawMasked: true } });
  }
  return { cases: closed.length, messages };
}
