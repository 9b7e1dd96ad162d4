import { randomBytes } from 'node:crypto';
import type { Collection, Db } from 'mongodb';
import { ConfigError, type Mode } from '../core/config.ts';
import { markLateness } from './cases.ts';
import { nameConnectedAt } from './channels.ts';
import { nameImportedElsewhere } from './elsewhere.ts';
import { sayIncidentsInBoth } from './incidents.ts';

interface Stamp {
  readonly _id: 'stamp';
  readonly mode: Mode;
  readonly schemaVersion: number;
  /** Made once per database; keys of the demo are derived from it. */
  readonly installation: string;
  readonly createdAt: Date;
}

function meta(db: Db): Collection<Stamp> {
  return db.collection<Stamp>('meta');
}

/** Version of what this program reads and writes. Raise it with a migration below. */
const schemaVersion = 5;

/** One step from `to - 1`. May be cut off and run again. */
interface Migration {
  readonly to: number;
  readonly run: (db: Db) => Promise<void>;
}

const migrations: readonly Migration[] = [
  { to: 2, run: nameImportedElsewhere },
  { to: 3, run: sayIncidentsInBoth },
  { to: 4, run: nameConnectedAt },
  { to: 5, run: markLateness },
];

/**
 * Stamps the database with the mode at the first start and refuses one of the other mode, or one that a newer program
 * wrote; then runs the migrations that are missing, each recorded when it is done.
 * @throws {ConfigError}
 */
export async function openStamped(db: Db, mode: Mode, now: Date): Promise<{ installation: string }> {
  await meta(db).updateOne(
    { _id: 'stamp' },
    { $setOnInsert: { mode, schemaVersion, installation: randomBytes(16).toString('hex'), createdAt: now } },
    { upsert: true },
  );
  await refuseHalfRestored(db);
  const stamp = await meta(db).findOne({ _id: 'stamp' });
  if (!stamp) throw new Error('the database lost its stamp');
  if (stamp.mode !== mode) {
    const words = { demo: 'data DEMO (simulasi)', live: 'data SUNGGUHAN' } as const;
    throw new ConfigError(
      [
        `Basis data "${db.databaseName}" berisi ${words[stamp.mode]}, tetapi Tanggap dijalankan dalam mode ${mode}. Keduanya tidak boleh bercampur: pakai basis data lain.`,
        `The database "${db.databaseName}" holds ${stamp.mode} data, but Tanggap was started in ${mode} mode. They never mix: use another database.`,
      ].join('\n'),
    );
  }
  if (stamp.schemaVersion > schemaVersion) {
    throw new ConfigError(
      `Basis data ditulis oleh Tanggap yang lebih baru (skema ${stamp.schemaVersion}, program ini ${schemaVersion}). / The database was written by a newer Tanggap (schema ${stamp.schemaVersion}, this is ${schemaVersion}).`,
    );
  }
  for (const step of migrations.filter((migration) => migration.to > stamp.schemaVersion)) {
    await step.run(db);
    await meta(db).updateOne({ _id: 'stamp' }, { $set: { schemaVersion: step.to } });
  }
  return { installation: stamp.installation };
}

interface UnfinishedRestore {
  readonly _id: 'restore';
  readonly startedAt: Date;
}

function restores(db: Db): Collection<UnfinishedRestore> {
  return db.collection<UnfinishedRestore>('meta');
}

/** Nobody may work on the database until the restore is over. */
export async function beginRestore(db: Db, now: Date): Promise<void> {
  await restores(db).insertOne({ _id: 'restore', startedAt: now });
}

export async function endRestore(db: Db): Promise<void> {
  await restores(db).deleteOne({ _id: 'restore' });
}

async function refuseHalfRestored(db: Db): Promise<void> {
  const unfinished = await restores(db).findOne({ _id: 'restore' });
  if (!unfinished) return;
  throw new ConfigError(
    `Pemulihan "${db.databaseName}" belum selesai: hapus basis data itu, lalu pulihkan lagi. / The restore of "${db.databaseName}" did not end: drop that database and restore again.`,
  );
}
