import { z } from 'zod';

/** `manifest.json` of a backup: what its files must hold. */
export const BackupManifest = z.object({
  takenAt: z.iso.datetime(),
  database: z.string(),
  /** Each file `<name>.bson.gz`. */
  collections: z.array(
    z.object({
      name: z.string().regex(/^[\w.]+$/),
      documents: z.number().int().min(0),
      /** Of the documents' bytes, before compression. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

/** A collection's documents one after the other, as `mongodump --gzip` writes them: `mongorestore --gzip` reads it too. */
export const dumpFile = (name: string): string => `${name}.bson.gz`;
