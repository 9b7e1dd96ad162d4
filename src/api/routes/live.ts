import { MINUTE, SECOND } from '../../core/clock.ts';
import { RefusedError } from '../../core/errors.ts';
import type { Act } from '../../domain/policies.ts';
import type { User } from '../../domain/user.ts';
import { endClaim, takeClaim } from '../../store/claims.ts';
import { endPresence, notePresence } from '../../store/presence.ts';
import { type ApiContext, caller } from '../context.ts';
import { openCase, openMention, openReply } from '../desk.ts';
import { liveEvents } from '../live/stream.ts';
import { ok, os } from './base.ts';

/** Said again every 20 s by a page that is open; a closed laptop is forgotten soon. */
const presentForMs = 45 * SECOND;
const claimForMs = 2 * MINUTE;

const numberOfCase = /^[A-Z]{2,5}-\d{4}-\d{6}$/;

/** Who may see it may say that he looks at it. */
async function openSubject(context: ApiContext, act: Act, id: string): Promise<User> {
  if (numberOfCase.test(id)) return (await openCase(context, act, id)).user;
  if (id.startsWith('r-')) return (await openReply(context, act, id)).user;
  return (await openMention(context, id)).user;
}

function later(context: ApiContext, ms: number): Date {
  return new Date(context.deps.clock.now().getTime() + ms);
}

export const live = os.live.router({
  events: os.live.events.handler(({ context, lastEventId, signal }) =>
    liveEvents(context, lastEventId, signal),
  ),
  setPresence: os.live.setPresence.handler(async ({ context, input }) => {
    const { _id, name } = await openSubject(context, 'case.view', input.id);
    const until = later(context, presentForMs);
    await notePresence(context.deps.db, { subject: input.id, user: _id, name, doing: input.doing, until });
    return ok;
  }),
  endPresence: os.live.endPresence.handler(async ({ context, input }) => {
    await endPresence(context.deps.db, input.id, caller(context)._id);
    return ok;
  }),
  claim: os.live.claim.handler(async ({ context, input }) => {
    const { _id: by, name } = await openSubject(context, 'case.claim', input.id);
    const wish = { _id: input.id, by, name, until: later(context, claimForMs) };
    const held = await takeClaim(context.deps.db, wish, context.deps.clock.now());
    if (held.by === by) return { until: held.until };
    throw new RefusedError(
      'conflict',
      { id: `${held.name} sedang mengerjakan ini.`, en: `${held.name} is working on this.` },
      { by: held.by, name: held.name, until: held.until },
    );
  }),
  endClaim: os.live.endClaim.handler(async ({ context, input }) => {
    await endClaim(context.deps.db, input.id, caller(context)._id);
    return ok;
  }),
});
