import { changeRole, createUser, disableUser, setPassword } from '../../accounts/accounts.ts';
import { createFirstSuperadmin } from '../../accounts/first-superadmin.ts';
import { login, logout, sessionId } from '../../accounts/login.ts';
import { changeOwnPassword, openSessions, revokeSession } from '../../accounts/own-account.ts';
import {
  proposeOwnFactor,
  readOwnFactor,
  resetFactor,
  startOwnFactor,
  stopOwnFactor,
} from '../../accounts/own-factor.ts';
import type { UserId } from '../../domain/ids.ts';
import { acts, roleMay } from '../../domain/policies.ts';
import { factorsInUse } from '../../store/second-factors.ts';
import { awaySince, listUsers } from '../../store/users.ts';
import { type ApiContext, caller, refuseBorrowedPassword } from '../context.ts';
import { ok, os } from './base.ts';

function ownSession({ token }: Pick<ApiContext, 'token'>): string | null {
  return token === null ? null : sessionId(token);
}

export const auth = os.auth.router({
  login: os.auth.login.handler(async ({ context, input }) => {
    const { token, user, expiresAt } = await login(
      context.deps,
      input.name,
      input.password,
      context.address,
      input.code ?? null,
    );
    if (input.as === 'token') return { token, user, expiresAt };
    context.keepToken(token, expiresAt);
    return { token: null, user, expiresAt };
  }),
  logout: os.auth.logout.handler(async ({ context }) => {
    if (context.token) await logout(context.deps, context.token, caller(context));
    context.keepToken(null, null);
    return ok;
  }),
  me: os.auth.me.handler(({ context }) => {
    const user = caller(context);
    return { user, acts: acts.filter((act) => roleMay(user, act)) };
  }),
  changePassword: os.auth.changePassword.handler(async ({ context, input }) => {
    const at = { address: context.address, keep: ownSession(context) };
    await changeOwnPassword(context.deps, caller(context), input, at);
    return ok;
  }),
  sessions: os.auth.sessions.handler(async ({ context }) => {
    const own = ownSession(context);
    const open = await openSessions(context.deps, caller(context)._id);
    return open.map((one) => ({ ...one, current: one.id === own }));
  }),
  endSession: os.auth.endSession.handler(async ({ context, input }) => {
    const { _id } = caller(context);
    await revokeSession(context.deps, _id, input.id, _id);
    return ok;
  }),
  account: os.auth.account.handler(async ({ context }) => {
    const { _id } = caller(context);
    const { since, recoveryLeft } = await readOwnFactor(context.deps, _id);
    return { awaySince: await awaySince(context.deps.db, _id), factorSince: since, recoveryLeft };
  }),
  proposeFactor: os.auth.proposeFactor.handler(({ context, input }) => {
    const user = caller(context);
    refuseBorrowedPassword(user);
    return proposeOwnFactor(context.deps, user, input.password, context.address);
  }),
  startFactor: os.auth.startFactor.handler(async ({ context, input }) => {
    const user = caller(context);
    refuseBorrowedPassword(user);
    const at = { address: context.address, keep: ownSession(context) };
    return { codes: await startOwnFactor(context.deps, user, input.code, at) };
  }),
  stopFactor: os.auth.stopFactor.handler(async ({ context, input }) => {
    await stopOwnFactor(context.deps, caller(context), input, context.address);
    return ok;
  }),
  firstSuperadmin: os.auth.firstSuperadmin.handler(({ context, input }) =>
    createFirstSuperadmin(context.deps, input, context.address),
  ),
});

export const users = os.users.router({
  list: os.users.list.handler(async ({ context: { deps } }) => {
    const [people, factors] = await Promise.all([listUsers(deps.db), factorsInUse(deps.db)]);
    return people.map((user) => ({ ...user, factorSince: factors.get(user._id) ?? null }));
  }),
  create: os.users.create.handler(({ context, input }) =>
    createUser(context.deps, input, caller(context)._id),
  ),
  changeRole: os.users.changeRole.handler(async ({ context, input }) => {
    const { id, ...rights } = input;
    await changeRole(context.deps, id as UserId, rights, caller(context)._id);
    return ok;
  }),
  setPassword: os.users.setPassword.handler(async ({ context, input }) => {
    await setPassword(context.deps, input.id as UserId, input.password, caller(context)._id);
    return ok;
  }),
  disable: os.users.disable.handler(async ({ context, input }) => {
    await disableUser(context.deps, input.id as UserId, caller(context)._id);
    return ok;
  }),
  resetFactor: os.users.resetFactor.handler(async ({ context, input }) => {
    await resetFactor(context.deps, input.id as UserId, caller(context)._id);
    return ok;
  }),
  endSessions: os.users.endSessions.handler(async ({ context, input }) => {
    await revokeSession(context.deps, input.id as UserId, null, caller(context)._id);
    return ok;
  }),
});
