import type { Collection, Db } from 'mongodb';
import type { MentionId } from '../domain/ids.ts';

/**
 * Who sent a report over our own form, kept apart from the message: no list, search or export of messages can show it.
 * No screen shows it yet, and nothing is sent to these addresses.
 */
export interface SiteReport {
  readonly _id: MentionId;
  readonly name: string | null;
  readonly mail: string | null;
  readonly phone: string | null;
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
