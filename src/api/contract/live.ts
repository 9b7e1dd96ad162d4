import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { doings } from '../../domain/presence.ts';
import { Id, route, When } from './base.ts';
import { ReplyState } from './shapes.ts';

/**
 * Something changed; whoever cares asks again. Only ids, never a text.
 * `hello`: the stream begins, what is on the screen is to be asked for now · `resync`: events may be missing, ask for all ·
 * `beat`: the line stands · `list`: something left the list of the caller.
 */
export const LiveEvent = z.discriminatedUnion('what', [
  z.object({ what: z.enum(['hello', 'resync', 'beat', 'list', 'stop-switch', 'settings']) }),
  z.object({ what: z.literal('thread'), id: Id, isNew: z.boolean() }),
  z.object({
    what: z.literal('reply'),
    id: Id,
    caseNumber: Id,
    state: ReplyState.nullable(),
    version: z.number(),
  }),
  z.object({ what: z.enum(['channel', 'presence', 'claim']), id: Id }),
]);
export type LiveEvent = z.infer<typeof LiveEvent>;

const ok = z.object({ ok: z.literal(true) });

export const live = {
  events: route('self.read')
    .route({
      method: 'GET',
      path: '/events',
      summary: 'Server-sent events, one stream a browser; goes on after Last-Event-ID without loss',
    })
    .output(eventIterator(LiveEvent)),
  setPresence: route('case.view')
    .route({ method: 'PUT', path: '/presence/{id}', summary: 'I have it open; say so again within 30 s' })
    .input(z.object({ id: Id, doing: z.enum(doings).default('membaca') }))
    .output(ok),
  endPresence: route('case.view')
    .route({ method: 'DELETE', path: '/presence/{id}' })
    .input(z.object({ id: Id }))
    .output(ok),
  claim: route('case.claim')
    .route({ method: 'PUT', path: '/claims/{id}', summary: 'I work on it; others wait until the lease ends' })
    .input(z.object({ id: Id }))
    .output(z.object({ until: When })),
  endClaim: route('case.claim')
    .route({ method: 'DELETE', path: '/claims/{id}' })
    .input(z.object({ id: Id }))
    .output(ok),
};
