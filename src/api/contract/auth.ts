import { z } from 'zod';
import { LoginName, route, When } from './base.ts';
import { UserShape } from './shapes.ts';

const Password = z.string().min(1).max(200);

export const auth = {
  login: route('anyone')
    .route({ method: 'POST', path: '/auth/login', summary: 'Open a session' })
    .input(
      z.object({
        name: LoginName,
        password: Password,
        /** `cookie` keeps the token out of the page's reach; the answer then holds none. */
        as: z.enum(['token', 'cookie']).default('token'),
      }),
    )
    .output(z.object({ token: z.string().nullable(), user: UserShape, expiresAt: When })),
  logout: route('self.read')
    .route({ method: 'POST', path: '/auth/logout', summary: 'End this session' })
    .output(z.object({ ok: z.literal(true) })),
  me: route('self.read')
    .route({ method: 'GET', path: '/auth/me', summary: 'Who am I, and what may I do' })
    .output(z.object({ user: UserShape, acts: z.array(z.string()) })),
};

export const users = {
  list: route('user.manage').route({ method: 'GET', path: '/users' }).output(z.array(UserShape)),
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
};
