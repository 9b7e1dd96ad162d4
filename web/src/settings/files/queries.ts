import { api } from '../../shared/api.ts';
import type { Portal } from './words.ts';

export type Run = Awaited<ReturnType<typeof api.imports.runs>>[number];
export type Mapping = Awaited<ReturnType<typeof api.imports.mappings>>[number];

const lookEveryMs = 1_000;

/** Asked again and again while a file is being read, so that whoever comes back sees how far it is. */
export const runsQuery = {
  queryKey: ['imports'],
  queryFn: () => api.imports.runs({}),
  refetchInterval: ({ state }: { readonly state: { readonly data?: readonly Run[] | undefined } }) =>
    state.data?.some((run) => run.state === 'running') ? lookEveryMs : (false as const),
};

export function mappingsQuery(portal: Portal) {
  return { queryKey: ['import-mappings', portal], queryFn: () => api.imports.mappings({ portal }) };
}

/** As the server knows them (src/domain/import-mapping.ts). */
export type PortalColumn = keyof Mapping['columns'];
export const portalColumns = [
  ...(['externalId', 'postedAt', 'title', 'text', 'category', 'kind'] as const),
  ...(['source', 'agency', 'state', 'answeredAt', 'secret'] as const),
] satisfies readonly PortalColumn[];
export const needed = ['externalId', 'postedAt', 'text', 'state'] as const satisfies readonly PortalColumn[];
