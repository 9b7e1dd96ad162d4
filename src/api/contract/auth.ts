import { z } from 'zod';
import { Id, LoginName, route, When } from './base.ts';
import { UserShape } from './shapes.ts';

const Ok = z.object({ ok: z.literal(true) });

const SessionShape = z.object({
  id: z.string(),
  createdAt: When,
  lastUsedAt: When,
  expiresAt: When,
  /** The one that asks. */
  current: z.boolean(),
});

const Password = z.string().min(1).max(200);

const FactorCode = z.string().min(1).max(40);

export const auth = {
  login: route('anyone')
    .route({ method: 'POST', path: '/auth/login', summary: 'Open a session' })
    .input(
      z.object({
        name: LoginName,
        password: Password,
        /** Of the authenticator or on paper; asked for with `needsCode` in the problem. */
        code: FactorCode.optional(),
        /** `cookie` keeps the token out of the page's reach; the answer then holds none. */
        as: z.enum(['token', 'cookie']).default('token'),
      }),
    )
    .output(z.object({ token: z.string().nullable(), user: UserShape, expiresAt: When })),
  logout: route('self.account')
    .route({ method: 'POST', path: '/auth/logout', summary: 'End this session' })
    .output(z.object({ ok: z.literal(true) })),
  me: route('self.account')
    .route({ method: 'GET', path: '/auth/me', summary: 'Who am I, and what may I do' })
    .output(z.object({ user: UserShape, acts: z.array(z.string()) })),
  changePassword: route('self.account')
    .route({ method: 'PUT', path: '/auth/password', summary: 'My own; ends my other sessions' })
    .input(z.object({ current: Password, next: Password }))
    .output(Ok),
  sessions: route('self.account')
    .route({ method: 'GET', path: '/auth/sessions', summary: 'Where I am logged in' })
    .output(z.array(SessionShape)),
  endSession: route('self.account')
    .route({ method: 'DELETE', path: '/auth/sessions/{id}' })
    .input(z.object({ id: Id }))
    .output(Ok),
  account: route('self.account')
    .route({ method: 'GET', path: '/auth/account', summary: 'My last visit and my authenticator' })
    .output(
      z.object({
        /** My last act before this login. */
        awaySince: When.nullable(),
        /** Since when the login asks for a code; null: it does not. */
        factorSince: When.nullable(),
        /** Codes on paper that are left. */
        recoveryLeft: z.number().int(),
      }),
    ),
  proposeFactor: route('self.account')
    .route({ method: 'POST', path: '/auth/factor', summary: 'A secret for my authenticator app (RFC 6238)' })
    .input(z.object({ password: Password }))
    .output(z.object({ secret: z.string(), uri: z.string() })),
  startFactor: route('self.account')
    .route({ method: 'POST', path: '/auth/factor/start', summary: 'From now on the login asks for a code' })
    .input(z.object({ code: FactorCode }))
    .output(z.object({ codes: z.array(z.string()) })),
  stopFactor: route('self.account')
    .route({ method: 'POST', path: '/auth/factor/stop' })
    .input(z.object({ password: Password, code: FactorCode }))
    .output(Ok),
  firstSuperadmin: route('anyone')
    .route({
      method: 'POST',
      path: '/auth/first-superadmin',
      successStatus: 201,
      summary: 'With the one-time code that the console showed',
    })
    .input(
      z.object({
        code: z.string().min(10).max(40),
        loginName: LoginName,
        name: z.string().trim().min(1).max(100),
        password: Password,
      }),
    )
    .output(UserShape),
};

export const users = {
  list: route('user.manage')
    .route({ method: 'GET', path: '/users' })
    /** `factorSince`: since when his login asks for a code; null without an authenticator. */
    .output(z.array(UserShape.extend({ factorSince: When.nullable() }))),
  create: route('user.manage')
    .route({ method: 'POST', path: '/users', successStatus: 201 })
    .input(
      z.object({
        loginName: LoginName,
        name: z.string().trim().min(1).max(100),
        role: UserShape.shape.role,
        agency: z.string().max(40).nullable().default(null),
        mayPublish: z.boolean().default(false),
        password: Password,
      }),
    )
    .output(UserShape),
  changeRole: route('user.manage')
    .route({ method: 'PUT', path: '/users/{id}/role' })
    .input(
      z.object({
        id: LoginName,
        role: UserShape.shape.role,
        agency: z.string().max(40).nullable(),
        mayPublish: z.boolean(),
      }),
    )
    .output(z.object({ ok: z.literal(true) })),
  setPassword: route('user.manage')
    .route({ method: 'PUT', path: '/users/{id}/password' })
    .input(z.object({ id: LoginName, password: Password }))
    .output(z.object({ ok: z.literal(true) })),
  disable: route('user.manage')
    .route({ method: 'POST', path: '/users/{id}/disable' })
    .input(z.object({ id: LoginName }))
    .output(z.object({ ok: z.literal(true) })),
  resetFactor: route('user.manage')
    .route({
      method: 'POST',
      path: '/users/{id}/reset-factor',
      summary: 'For who lost phone and paper: his login asks for no code until he sets one up again',
    })
    .input(z.object({ id: LoginName }))
    .output(Ok),
  endSessions: route('user.manage')
    .route({ method: 'POST', path: '/users/{id}/end-sessions', summary: 'Out everywhere, at once' })
    .input(z.object({ id: LoginName }))
    .output(Ok),
};
