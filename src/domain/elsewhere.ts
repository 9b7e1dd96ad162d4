import type { Elsewhere } from './case.ts';
import type { PlatformId } from './ids.ts';

/** The complaint portals without an API: reports come in files, answers are carried back by a person. */
export const portalIds = ['sp4n', 'laporgub', 'sapamas'] as const satisfies readonly PlatformId[];
export type PortalId = (typeof portalIds)[number];

export const portalNames: Readonly<Record<PortalId, string>> = {
  sp4n: 'SP4N-LAPOR!',
  laporgub: 'LaporGub',
  sapamas: 'SAPAMAS',
};

/** @param given as a file or a person writes it; portals print `#1916449` */
export function elsewhereOf(source: string, given: string): Elsewhere {
  const externalId = given.trim().replace(/^#\s*/, '');
  return { key: `${source}/${externalId}`, source, externalId, state: null };
}
