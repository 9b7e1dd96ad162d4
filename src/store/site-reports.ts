import type { Collection, Db } from 'mongodb';
import type { MentionId } from '../domain/ids.ts';

/**
 * Who sent a report over our own form, kept apart from the message: no list, search or export of messages can show it.
 * Only `personal-data.view` on the case leads here.
 */
export interface SiteReport {
  readonly _id: MentionId;
  readonly name: string | null;
  readonly mail: string | null;
  readonly phone: string | null;
  /** The owner typed the code that was sent to the address; only then anything else is sent there. */
  readonly mailConfirmedAt: Date | null;
  /** sha256 of the code that was sent; null: none is waiting. */
  readonly mailCodeHash: string | null;
  /** Wrong codes so far; after five a new one must be asked for. */
  readonly mailTries: number;
  readonly at: Date;
  /** `form`, or the id of the key that a program used. */
  readonly via: string;
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
