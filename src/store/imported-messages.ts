import type { AnyBulkWriteOperation, ClientSession, Db } from 'mongodb';
import type { CaseNumber, MentionId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import { cases } from './cases.ts';
import { mentions } from './mentions.ts';

/** Messages whose words a file tells otherwise than it did before, as they are stored. */
type Reworded = ReadonlyMap<MentionId, Pick<Mention, 'text' | 'version'>>;

export async function rewordedOf(
  db: Db,
  read: readonly Mention[],
  session?: ClientSession,
): Promise<Reworded> {
  const texts = new Map(read.map(({ _id, text }) => [_id, text]));
  const stored = mentions(db).find({ _id: { $in: [...texts.keys()] } }, session && { session });
  const known = await stored
    .project<Pick<Mention, '_id' | 'text' | 'version'>>({ text: 1, version: 1 })
    .toArray();
  return new Map(known.filter(({ _id, text }) => text !== texts.get(_id)).map((one) => [one._id, one]));
}

interface Told {
  readonly caseIds: ReadonlyMap<MentionId, CaseNumber>;
  /** Messages of which the file tells something else than before. */
  readonly changed: ReadonlySet<MentionId>;
  readonly reworded: Reworded;
  /** Messages whose case a person has worked on: of those the file tells the words, and nothing else. */
  readonly touched: ReadonlySet<MentionId>;
  readonly now: Date;
}

/** What a file may change on a message that came from it before; how it was read and handled since is the office's. */
function fromFile(
  { text, tokens, raw, postedAt, platform, channelId, classification }: Mention,
  isTouched: boolean,
): Partial<Mention> {
  const words = { text, tokens, raw };
  return isTouched ? words : { ...words, postedAt, platform, channelId, classification };
}

function written(mention: Mention, told: Told): AnyBulkWriteOperation<Mention> {
  const { _id } = mention;
  const old = told.reworded.get(_id);
  const edit = old && { text: old.text, version: old.version, replacedAt: told.now };
  const set = {
    caseId: told.caseIds.get(_id) ?? null,
    ...(told.changed.has(_id) && fromFile(mention, told.touched.has(_id))),
  };
  const handled = [...Object.keys(set), ...(edit ? ['edits', 'revision'] : [])];
  const first = Object.fromEntries(Object.entries(mention).filter(([field]) => !handled.includes(field)));
  return {
    updateOne: {
      filter: { _id },
      update: {
        $set: set,
        $setOnInsert: first,
        ...(edit && { $push: { edits: edit }, $inc: { revision: 1 } }),
      },
      upsert: true,
    },
  };
}

/** Writes the messages of a batch: new ones whole, known ones as far as the file tells something new. @returns how many were new */
export async function writeMessages(
  db: Db,
  read: readonly Mention[],
  told: Told,
  session: ClientSession,
): Promise<number> {
  // The file's row stands in the payload anew, with what was masked in it when the case was closed.
  await cases(db).updateMany(
    { rootMentionId: { $in: [...told.changed] }, rawMasked: true },
    { $unset: { rawMasked: '' }, $inc: { version: 1 } },
    { session },
  );
  const { upsertedCount } = await mentions(db).bulkWrite(
    read.map((mention) => written(mention, told)),
    { session, ordered: false },
  );
  return upsertedCount;
}
