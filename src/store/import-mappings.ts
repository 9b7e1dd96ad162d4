import {
  type ClientSession,
  type Collection,
  type Db,
  type IndexDescription,
  MongoServerError,
} from 'mongodb';
import { ulid } from 'ulid';
import { RefusedError } from '../core/errors.ts';
import type { PortalId } from '../domain/elsewhere.ts';
import type { ImportMapping } from '../domain/import-mapping.ts';

/** `nameKey`: the name in small letters, so that no two look alike. */
type StoredMapping = ImportMapping & { readonly nameKey: string };

export const importMappingIndexes = [
  { key: { portal: 1, nameKey: 1 }, name: 'one_name', unique: true },
] satisfies IndexDescription[];

function mappings(db: Db): Collection<StoredMapping> {
  return db.collection<StoredMapping>('import_mappings');
}

/** Of one portal, the one that was saved last first. */
export function listImportMappings(db: Db, portal: PortalId): Promise<ImportMapping[]> {
  return mappings(db)
    .find({ portal }, { projection: { nameKey: 0 } })
    .sort({ at: -1 })
    .toArray();
}

function changedMeanwhile(): RefusedError {
  return new RefusedError('conflict', {
    id: 'Pemetaan ini baru saja diubah atau dihapus orang lain. Muat ulang, lalu ulangi.',
    en: 'Somebody else has just changed or removed this mapping. Reload and do it again.',
  });
}

/**
 * @param seen the mapping and version that is changed; null makes a new one
 * @throws {RefusedError} `conflict` when it changed meanwhile, or another one has this name
 */
export async function saveImportMapping(
  db: Db,
  seen: Pick<ImportMapping, '_id' | 'version'> | null,
  content: Omit<ImportMapping, '_id' | 'version'>,
  session: ClientSession,
): Promise<ImportMapping> {
  const stored = {
    ...content,
    _id: seen?._id ?? `im-${ulid(content.at.getTime())}`,
    version: (seen?.version ?? 0) + 1,
    nameKey: content.name.toLowerCase(),
  };
  try {
    if (seen === null) {
      await mappings(db).insertOne(stored, { session });
    } else {
      const { _id, portal, ...rest } = stored;
      const filter = { _id, portal, version: seen.version };
      const { matchedCount } = await mappings(db).updateOne(filter, { $set: rest }, { session });
      if (matchedCount === 0) throw changedMeanwhile();
    }
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== 11_000) throw error;
    throw new RefusedError('conflict', {
      id: `Sudah ada pemetaan bernama "${content.name}" untuk portal ini.`,
      en: `There is a mapping named "${content.name}" for this portal already.`,
    });
  }
  const { nameKey: _, ...mapping } = stored;
  return mapping;
}

/** @throws {RefusedError} `conflict` when it changed meanwhile or is gone */
export async function removeImportMapping(
  db: Db,
  { _id, version }: Pick<ImportMapping, '_id' | 'version'>,
  session: ClientSession,
): Promise<void> {
  const { deletedCount } = await mappings(db).deleteOne({ _id, version }, { session });
  if (deletedCount === 0) throw changedMeanwhile();
}
