import { implement } from '@orpc/server';
import { RefusedError } from '../../core/errors.ts';
import { scopeOf } from '../../domain/policies.ts';
import type { CaseScope } from '../../store/case-list.ts';
import { type ApiContext, caller } from '../context.ts';
import { contract } from '../contract/contract.ts';

/** The contract to implement. Whether the caller may use a route at all was asked at the door (json-api.ts). */
export const os = implement(contract).$context<ApiContext>();

/** What the caller sees of everything. @throws {RefusedError} `forbidden` */
export function callersScope(context: ApiContext): CaseScope {
  const scope = scopeOf(caller(context));
  if (scope) return scope;
  throw new RefusedError('forbidden', {
    id: 'Peran Anda tidak melihat aduan.',
    en: 'Your role does not see cases.',
  });
}

export const ok = { ok: true as const };
