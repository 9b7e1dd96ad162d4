import type { ClientSession, Collection, Db } from 'mongodb';
import type { NoticeWay } from '../domain/forward.ts';
import type { MentionId } from '../domain/ids.ts';

/** How far a way to the citizen is proved to be his own. */
interface SiteContact {
  /** Codes sent to it, the time of the last one, and wrong tries at that one. */
  readonly codes: { readonly sent: number; readonly at: Date; readonly wrong: number };
  /** He gave the code back: answers may go there. */
  readonly confirmedAt: Date | null;
}

/** Who sent a report over our own form, kept apart from the message: no list, search or export of messages can show it. */
export interface SiteReport {
  readonly _id: MentionId;
  readonly name: string | null;
  readonly mail: string | null;
  readonly phone: string | null;
  readonly at: Date;
  /** `form`, or the id of the key that a program used. */
  readonly via: string;
  /** Absent: no code was ever asked for. */
  readonly contacts?: Partial<Record<NoticeWay, SiteContact>>;
}

function siteReports(db: Db): Collection<SiteReport> {
  return db.collection<SiteReport>('site_reports');
}

/** Stored before the message itself, so that no message of ours is without its sender. Twice is once. */
export async function keepSiteReport(db: Db, report: SiteReport): Promise<void> {
  const { _id, ...rest } = report;
  await siteReports(db).updateOne({ _id }, { $setOnInsert: rest }, { upsert: true });
}

export function findSiteReport(db: Db, id: MentionId): Promise<SiteReport | null> {
  return siteReports(db).findOne({ _id: id });
}

/** Counts a code, for one caller only. @returns its number, or null when another request was faster */
export async function countContactCode(
  db: Db,
  seen: SiteReport,
  way: NoticeWay,
  now: Date,
  session: ClientSession,
): Promise<number | null> {
  const sent = seen.contacts?.[way]?.codes.sent;
  const { modifiedCount } = await siteReports(db).updateOne(
    { _id: seen._id, [`contacts.${way}.codes.sent`]: sent ?? { $exists: false } },
    {
      $set: {
        [`contacts.${way}.codes`]: { sent: (sent ?? 0) + 1, at: now, wrong: 0 },
        [`contacts.${way}.confirmedAt`]: seen.contacts?.[way]?.confirmedAt ?? null,
      },
    },
    { session },
  );
  return modifiedCount === 1 ? (sent ?? 0) + 1 : null;
}

/** A try at the code, counted before it is compared. @returns false when there were too many, or a newer code */
export async function countContactTry(
  db: Db,
  seen: SiteReport,
  way: NoticeWay,
  most: number,
): Promise<boolean> {
  const { modifiedCount } = await siteReports(db).updateOne(
    {
      _id: seen._id,
      [`contacts.${way}.codes.sent`]: seen.contacts?.[way]?.codes.sent ?? -1,
      [`contacts.${way}.codes.wrong`]: { $lt: most },
    },
    { $inc: { [`contacts.${way}.codes.wrong`]: 1 } },
  );
  return modifiedCount === 1;
}

export async function confirmContact(db: Db, id: MentionId, way: NoticeWay, now: Date): Promise<void> {
  await siteReports(db).updateOne({ _id: id }, { $set: { [`contacts.${way}.confirmedAt`]: now } });
}
