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

type Mutable<Value> = Value extends Date | string
  ? Value
  : Value extends readonly (infer Row)[]
    ? Mutable<Row>[]
    : Value extends object
      ? { -readonly [Key in keyof Value]: Mutable<Value[Key]> }
      : Value;

/** Lists as the contract's types have them (a client that reads JSON knows no readonly); nothing is changed. */
export function answer<Value>(value: Value): Mutable<Value> {
  return value as Mutable<Value>;
}
