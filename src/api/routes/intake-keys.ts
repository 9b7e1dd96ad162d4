import { RefusedError } from '../../core/errors.ts';
import type { ChannelId } from '../../domain/ids.ts';
import { findChannel } from '../../store/channels.ts';
import { addIntakeKey, listIntakeKeys, revokeIntakeKey } from '../../store/intake-keys.ts';
import { allow, notFound } from '../context.ts';
import { ok, os } from './base.ts';

export const intakeKeys = os.intakeKeys.router({
  list: os.intakeKeys.list.handler(({ context }) => listIntakeKeys(context.deps.db)),

  add: os.intakeKeys.add.handler(async ({ context, input }) => {
    const user = await allow(context, 'channel.manage', 'self.read', { id: input.channelId });
    const { db, clock, transaction, recordAudit } = context.deps;
    const channelId = input.channelId as ChannelId;
    if (!(await findChannel(db, channelId))) {
      throw new RefusedError('not-found', {
        id: `Tidak ada kanal "${input.channelId}".`,
        en: `There is no channel "${input.channelId}".`,
      });
    }
    const [at, by] = [clock.now(), user._id];
    return transaction(async (session) => {
      const made = await addIntakeKey(db, { channelId, name: input.name, createdAt: at, by }, session);
      const subject = made.stored._id;
      await recordAudit({ at, by, act: 'intake-key.add', subject, fields: { channel: channelId } }, session);
      return { ...made.stored, key: made.key };
    });
  }),

  revoke: os.intakeKeys.revoke.handler(async ({ context, input }) => {
    const user = await allow(context, 'channel.manage', 'self.read', { id: input.id });
    const { db, clock, transaction, recordAudit } = context.deps;
    const [at, by] = [clock.now(), user._id];
    await transaction(async (session) => {
      if (!(await revokeIntakeKey(db, input.id, at, session))) throw notFound();
      await recordAudit({ at, by, act: 'intake-key.revoke', subject: input.id, fields: {} }, session);
    });
    return ok;
  }),
});
