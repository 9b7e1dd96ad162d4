import type { Collection, Db, IndexDescription } from 'mongodb';
import type { UserId } from '../domain/ids.ts';

/** One message of the story shown to one trainee. */
interface TrainingTurn<Score> {
  /** `<user> <lesson>`: each message once a trainee. */
  readonly _id: string;
  readonly user: UserId;
  readonly lessonId: string;
  readonly shownAt: Date;
  readonly answeredAt: Date | null;
  readonly score: Score | null;
}

export const trainingIndexes = [{ key: { user: 1 }, name: 'user' }] satisfies IndexDescription[];

function turns<Score>(db: Db): Collection<TrainingTurn<Score>> {
  return db.collection<TrainingTurn<Score>>('training');
}

export function turnsOf<Score>(db: Db, user: UserId): Promise<TrainingTurn<Score>[]> {
  return turns<Score>(db)
    .find({ user } as never)
    .toArray() as Promise<TrainingTurn<Score>[]>;
}

/** The clock runs from the first time that it is shown. */
export async function showLesson(db: Db, user: UserId, lessonId: string, now: Date): Promise<void> {
  await turns(db).updateOne(
    { _id: `${user} ${lessonId}` },
    { $setOnInsert: { user, lessonId, shownAt: now, answeredAt: null, score: null } },
    { upsert: true },
  );
}

/** @returns false when it was not shown, or was answered already */
export async function keepScore<Score>(
  db: Db,
  user: UserId,
  lessonId: string,
  result: { readonly at: Date; readonly score: Score },
): Promise<boolean> {
  const { modifiedCount } = await turns(db).updateOne(
    { _id: `${user} ${lessonId}`, answeredAt: null },
    { $set: { answeredAt: result.at, score: result.score } },
  );
  return modifiedCount === 1;
}

export async function forgetTurns(db: Db, user: UserId): Promise<void> {
  await turns(db).deleteMany({ user });
}
