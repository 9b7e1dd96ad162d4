import type { ClientSession, Collection, Db } from 'mongodb';
import type { UserId } from '../domain/ids.ts';

/** "Hentikan semua pengiriman". */
export interface StopSwitch {
  readonly stopped: boolean;
  /** Who turned it last; null when nobody ever did. */
  readonly by: UserId | null;
  readonly at: Date | null;
}

type StopSwitchDocument = StopSwitch & { readonly _id: 'stop-switch' };

function meta(db: Db): Collection<StopSwitchDocument> {
  return db.collection<StopSwitchDocument>('meta');
}

/** Read by the publisher after its claim, right before each POST. */
export async function readStopSwitch(db: Db): Promise<StopSwitch> {
  const found = await meta(db).findOne({ _id: 'stop-switch' });
  return found ?? { stopped: false, by: null, at: null };
}

/** Holds from the next POST on: the write is on the majority when this returns. */
export async function setStopSwitch(
  db: Db,
  turn: { readonly stopped: boolean; readonly by: UserId; readonly at: Date },
  session?: ClientSession,
): Promise<void> {
  const { stopped, by, at } = turn;
  await meta(db).updateOne(
    { _id: 'stop-switch' },
    { $set: { stopped, by, at } },
    { upsert: true, ...(session && { session }) },
  );
}
