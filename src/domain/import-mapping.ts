import type { CaseState } from './case.ts';
import type { PortalId } from './elsewhere.ts';
import type { UserId } from './ids.ts';

/** What a row of a portal's file may tell, by our names. */
export const portalColumns = [
  'externalId',
  'postedAt',
  'title',
  'text',
  'category',
  'kind',
  'source',
  'agency',
  'state',
  'answeredAt',
  'secret',
] as const;
export type PortalColumn = (typeof portalColumns)[number];

/** Without these no row can be taken in. */
export const neededColumns = [
  'externalId',
  'postedAt',
  'text',
  'state',
] as const satisfies readonly PortalColumn[];

/**
 * How the files of one office call things, saved under a name by somebody who had such a file before him. It is chosen by
 * itself for every later file that has all its columns: in the browser, in the watched folder, by `tanggap import`.
 */
export interface ImportMapping {
  /** `im-<ulid>` */
  readonly _id: string;
  readonly portal: PortalId;
  readonly name: string;
  /** Our names → the file's own. */
  readonly columns: Readonly<Partial<Record<PortalColumn, string>>>;
  /** States by their bare letters, beside those that are known of the portal. */
  readonly states: Readonly<Record<string, CaseState>>;
  readonly version: number;
  readonly by: UserId;
  readonly at: Date;
}
