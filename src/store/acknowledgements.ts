import type { ClientSession, Collection, Db } from 'mongodb';
import { type Acknowledgement, type Audience, textHash } from '../domain/acknowledgement.ts';
import type { UserId } from '../domain/ids.ts';

type Acknowledgements = Collection<Acknowledgement>;

function acknowledgements(db: Db): Acknowledgements {
  return db.collection<Acknowledgement>('acknowledgements');
}

export function listAcknowledgements(db: Db): Promise<Acknowledgement[]> {
  return acknowledgements(db).find().toArray();
}

export function findAcknowledgement(db: Db, audience: Audience): Promise<Acknowledgement | null> {
  return acknowledgements(db).findOne({ _id: audience });
}

/**
 * Writes a new text; every approval of the one before is gone with it.
 * @param version the one that was seen; 0: there was none
 * @returns null when another text came first
 */
export async function writeAcknowledgement(
  db: Db,
  change: {
    readonly audience: Audience;
    readonly version: number;
    readonly text: string;
    readonly by: UserId;
    readonly at: Date;
  },
  session: ClientSession,
): Promise<Acknowledgement | null> {
  const { audience, version, text, by, at } = change;
  const written = { text, version: version + 1, writtenBy: by, writtenAt: at, approvals: [] };
  if (version > 0) {
    return acknowledgements(db).findOneAndUpdate(
      { _id: audience, version },
      { $set: written },
      { returnDocument: 'after', session },
    );
  }
  const before = await acknowledgements(db).findOneAndUpdate(
    { _id: audience },
    { $setOnInsert: written },
    { upsert: true, returnDocument: 'before', session },
  );
  return before === null ? { _id: audience, ...written } : null;
}

/** Adds an approval of exactly the text that was seen. The filter refuses its writer, and a second one of one person. */
export function approveAcknowledgement(
  db: Db,
  seen: Pick<Acknowledgement, '_id' | 'version' | 'text'>,
  by: UserId,
  at: Date,
  session: ClientSession,
): Promise<Acknowledgement | null> {
  return acknowledgements(db).findOneAndUpdate(
    { _id: seen._id, version: seen.version, writtenBy: { $ne: by }, 'approvals.by': { $ne: by } },
    { $push: { approvals: { by, at, hash: textHash(seen.text) } }, $inc: { version: 1 } },
    { returnDocument: 'after', session },
  );
}

/** Takes every approval away: from now on no receipt leaves. @returns null when it changed since `version` */
export function revokeAcknowledgement(
  db: Db,
  seen: Pick<Acknowledgement, '_id' | 'version'>,
  session: ClientSession,
): Promise<Acknowledgement | null> {
  return acknowledgements(db).findOneAndUpdate(
    { _id: seen._id, version: seen.version },
    { $set: { approvals: [] }, $inc: { version: 1 } },
    { returnDocument: 'after', session },
  );
}
