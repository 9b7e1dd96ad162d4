import type { Context } from 'hono';
import { RefusedError } from '../../core/errors.ts';
import { scopeOf } from '../../domain/policies.ts';
import type { User } from '../../domain/user.ts';
import type { CaseScope } from '../../store/case-list.ts';
import { readStopSwitch } from '../../store/stop-switch.ts';
import { caller } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import type { Env } from '../guards.ts';
import { formToken } from './form-token.ts';
import type { Names } from './inbox-page.ts';
import type { Frame } from './layout.ts';
import { doneWords } from './words.ts';

/** Everything that a page shows around its content. */
export async function frameOf(c: Context<Env>, deps: ApiDeps): Promise<Frame> {
  const user = c.get('user');
  return {
    user,
    nonce: c.get('secureHeadersNonce') ?? '',
    formToken: formToken(c),
    mode: deps.mode,
    stop: user ? await readStopSwitch(deps.db) : { stopped: false, by: null, at: null },
    now: deps.clock.now(),
    calendar: deps.clocks.calendar,
    done: doneWords[c.req.query('ok') ?? ''] ?? null,
    path: c.req.path,
  };
}

export function askedBy(c: Context<Env>, deps: ApiDeps): { deps: ApiDeps; user: User | null } {
  return { deps, user: c.get('user') };
}

/** @throws {RefusedError} `unauthenticated` or `forbidden` */
export function scopeOfCaller(c: Context<Env>): { user: User; scope: CaseScope } {
  const user = caller({ user: c.get('user') });
  const scope = scopeOf(user);
  if (scope) return { user, scope };
  throw new RefusedError('forbidden', {
    id: 'Peran Anda tidak melihat aduan.',
    en: 'Your role does not see cases.',
  });
}

export function namesOf(deps: ApiDeps): Names {
  return {
    agency: (id) => (id === null ? null : (deps.agencyNames.get(id) ?? id)),
    subject: (id) => (id === null ? null : (deps.subjectNames.get(id) ?? id)),
  };
}

export interface AgencyChoice {
  readonly id: string;
  readonly name: string;
  readonly isOurs: boolean;
}

export function agencyChoices(deps: ApiDeps): AgencyChoice[] {
  return [...deps.agencyNames]
    .map(([id, name]) => ({ id, name, isOurs: deps.authorities.get(id) === 'ours' }))
    .sort((a, b) => a.name.localeCompare(b.name, 'id'));
}

/** A path of ours to go back to; anything else is the light inbox. */
export function ownPath(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])[\w/.-]{0,200}$/.test(path) ? path : '/ringan';
}
