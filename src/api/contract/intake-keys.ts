import { z } from 'zod';
import { Id, route, When } from './base.ts';

/** A key without its secret words, which nobody can read again. */
const IntakeKeyShape = z.object({
  _id: z.string(),
  channelId: z.string(),
  name: z.string(),
  createdAt: When,
  by: z.string(),
  revokedAt: When.nullable(),
  lastUsedAt: When.nullable(),
});

/** Keys of programs that hand reports over: the regency's own site, a bridge to a portal. */
export const intakeKeys = {
  list: route('channel.manage')
    .route({ method: 'GET', path: '/intake-keys' })
    .output(z.array(IntakeKeyShape)),
  add: route('channel.manage')
    .route({ method: 'POST', path: '/intake-keys', summary: 'A new key; its words are shown only here' })
    .input(z.object({ channelId: Id, name: z.string().trim().min(3).max(100) }))
    .output(IntakeKeyShape.extend({ key: z.string() })),
  revoke: route('channel.manage')
    .route({ method: 'POST', path: '/intake-keys/{id}/revoke' })
    .input(z.object({ id: Id }))
    .output(z.object({ ok: z.literal(true) })),
};
