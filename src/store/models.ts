import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { type ClientSession, type Collection, type Db, GridFSBucket, type IndexDescription } from 'mongodb';
import { RefusedError } from '../core/errors.ts';
import type { Model, ModelId, ModelMove } from '../domain/model.ts';
import type { InTransaction } from './database.ts';

export const modelIndexes = [
  { key: { at: -1 }, name: 'newest' },
  // One model is in use, whatever runs side by side.
  {
    key: { state: 1 },
    name: 'one_champion',
    unique: true,
    partialFilterExpression: { state: 'champion' },
  },
] satisfies IndexDescription[];

/** Beside the one in use, so that there is something to go back to. */
const keptModels = 10;

function models(db: Db): Collection<Model> {
  return db.collection<Model>('models');
}

/** A model's bytes are a file under the model's own id. */
function files(db: Db): GridFSBucket {
  return new GridFSBucket(db, { bucketName: 'model_files' });
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Keeps a new model, its bytes first: who dies in between leaves a file that {@link dropOldModels} finds. */
export async function addModel(db: Db, model: Model, bytes: Uint8Array): Promise<void> {
  const upload = files(db).openUploadStreamWithId(model._id as never, model._id);
  await pipeline([bytes], upload);
  await models(db).insertOne(model);
}

/** The model in use; null: rules and Naive Bayes alone. */
export function activeModel(db: Db, session?: ClientSession): Promise<Model | null> {
  return models(db).findOne({ state: 'champion' }, session ? { session } : {});
}

/** @throws {RefusedError} `not-found` */
export async function findModel(db: Db, id: ModelId): Promise<Model> {
  const model = await models(db).findOne({ _id: id });
  if (model) return model;
  throw new RefusedError('not-found', { id: `Model ${id} tidak ada.`, en: `There is no model ${id}.` });
}

/** Newest first. */
export function listModels(db: Db): Promise<Model[]> {
  return models(db).find().sort({ at: -1, _id: -1 }).limit(50).toArray();
}

/** @throws {RefusedError} `not-possible` when the file is not there whole */
export async function readModel(db: Db, { _id, sha256: expected }: Model): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of files(db).openDownloadStream(_id as never)) chunks.push(chunk as Buffer);
  } catch {
    // Not there: the sum below differs.
  }
  const bytes = Buffer.concat(chunks);
  if (sha256(bytes) === expected) return bytes;
  throw new RefusedError('not-possible', {
    id: `Berkas model ${_id} tidak utuh di basis data. Pakai model lain atau latih ulang.`,
    en: `The file of model ${_id} is not whole in the database. Use another model, or train again.`,
  });
}

interface Change {
  /** The model that is in use as far as the caller knows. */
  readonly seen: ModelId | null;
  readonly at: Date;
  /** By hand: kept with the model that the person moved. */
  readonly move?: ModelMove | undefined;
  /** Further writes of the same transaction. */
  readonly also?: (session: ClientSession) => Promise<void>;
}

const changedMeanwhile = () =>
  new RefusedError('conflict', {
    id: 'Model yang dipakai sudah berganti. Muat ulang dahulu.',
    en: 'Another model is in use by now. Load it again.',
  });

async function retire(db: Db, { seen, at }: Change, session: ClientSession): Promise<void> {
  const active = await activeModel(db, session);
  if ((active?._id ?? null) !== seen) throw changedMeanwhile();
  if (active) {
    await models(db).updateOne(
      { _id: active._id, state: 'champion' },
      { $set: { state: 'retired', retiredAt: at } },
      { session },
    );
  }
}

/**
 * The model takes over, and the one in use so far is what one can go back to.
 * @throws {RefusedError} `conflict` when another one is in use than was seen, or it is in use itself
 */
export function promoteModel(
  transaction: InTransaction,
  db: Db,
  id: ModelId,
  change: Change,
): Promise<Model> {
  return transaction(async (session) => {
    await retire(db, change, session);
    const promoted = await models(db).findOneAndUpdate(
      { _id: id, state: { $ne: 'champion' } },
      {
        $set: { state: 'champion', promotedAt: change.at, retiredAt: null, before: change.seen },
        ...(change.move && { $push: { moves: change.move } }),
      },
      { session, returnDocument: 'after' },
    );
    if (!promoted) throw changedMeanwhile();
    await change.also?.(session);
    return promoted;
  });
}

/**
 * Back to the model before the one in use; with none before it to rules and Naive Bayes alone.
 * @returns the model that is in use now
 * @throws {RefusedError} `conflict` when another one is in use than was seen, `not-possible` when none is
 */
export function rollBackModel(transaction: InTransaction, db: Db, change: Change): Promise<Model | null> {
  return transaction(async (session) => {
    const active = await activeModel(db, session);
    if (!active) {
      throw new RefusedError('not-possible', {
        id: 'Tidak ada model terlatih yang dipakai: aturan dan Naive Bayes saja.',
        en: 'No trained model is in use: rules and Naive Bayes alone.',
      });
    }
    await retire(db, change, session);
    if (change.move)
      await models(db).updateOne({ _id: active._id }, { $push: { moves: change.move } }, { session });
    await change.also?.(session);
    if (active.before === null) return null;
    // It keeps what was before it, so that one can go back further.
    return models(db).findOneAndUpdate(
      { _id: active.before },
      { $set: { state: 'champion', promotedAt: change.at, retiredAt: null } },
      { session, returnDocument: 'after' },
    );
  });
}

/** Forgets what nobody will go back to: all but the newest, the one in use and the one before it. */
export async function dropOldModels(db: Db, now: Date): Promise<void> {
  const active = await activeModel(db);
  const kept = new Set<string | null>([active?._id ?? null, active?.before ?? null]);
  const all = await models(db).find().sort({ at: -1 }).project<Pick<Model, '_id'>>({ _id: 1 }).toArray();
  const old = all.filter(({ _id }, at) => at >= keptModels && !kept.has(_id)).map(({ _id }) => _id);
  await models(db).deleteMany({ _id: { $in: old }, state: { $ne: 'champion' } });
  const known = new Set<unknown>(
    (await models(db).find().project({ _id: 1 }).toArray()).map(({ _id }) => _id),
  );
  // A file without its model: dropped just now, or its training died. A young one may be on its way.
  const yesterday = new Date(now.getTime() - 24 * 3_600_000);
  for (const file of await files(db).find().toArray()) {
    const isOld = old.includes(file._id as unknown as ModelId) || file.uploadDate < yesterday;
    if (!known.has(file._id) && isOld) await files(db).delete(file._id);
  }
}
/** Which model has judged the undecided messages again, so that each does it once. */
interface Pass {
  readonly _id: 'undecided';
  readonly model: ModelId | null;
}

function passes(db: Db): Collection<Pass> {
  return db.collection<Pass>('model_passes');
}

/** @returns the model by which the undecided messages were asked again last; null also when they never were */
export async function lastPass(db: Db): Promise<ModelId | null> {
  return (await passes(db).findOne({ _id: 'undecided' }))?.model ?? null;
}

export async function notePass(db: Db, model: ModelId | null): Promise<void> {
  await passes(db).updateOne({ _id: 'undecided' }, { $set: { model } }, { upsert: true });
}
