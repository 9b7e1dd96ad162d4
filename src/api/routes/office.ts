import type { UserId } from '../../domain/ids.ts';
import { listAudit } from '../../store/audit.ts';
import { readStopSwitch } from '../../store/stop-switch.ts';
import { caller } from '../context.ts';
import { pageBy } from '../cursor.ts';
import { changeChannel, channelsOf, incidentsOf, turnStopSwitch } from '../office-acts.ts';
import { os } from './base.ts';

export const stopSwitch = os.stopSwitch.router({
  get: os.stopSwitch.get.handler(({ context }) => readStopSwitch(context.deps.db)),
  set: os.stopSwitch.set.handler(({ context, input }) => turnStopSwitch(context, input.stopped)),
});

export const channels = os.channels.router({
  list: os.channels.list.handler(({ context }) => channelsOf(context)),
  incidents: os.channels.incidents.handler(({ context, input }) =>
    incidentsOf(context, input.from, input.to),
  ),
  pause: os.channels.pause.handler(({ context, input }) => changeChannel(context, input.id, 'pause')),
  resume: os.channels.resume.handler(({ context, input }) => changeChannel(context, input.id, 'resume')),
  setSending: os.channels.setSending.handler(({ context, input }) =>
    changeChannel(context, input.id, input.sending ? 'sending-on' : 'sending-off'),
  ),
});

export const recap = os.recap.router({
  get: os.recap.get.handler(async ({ context, input }) => {
    const user = caller(context);
    const { from, to } = input;
    // An agency's admin reads his own agency's figures, whatever he asks for.
    const agency = user.role === 'admin_opd' ? user.agency : (input.agency ?? null);
    const found = await context.deps.readRecap({ from, to, agency, platform: input.platform ?? null });
    return {
      ...found,
      byAgency: [...found.byAgency],
      byPlatform: [...found.byPlatform],
      bySubject: [...found.bySubject],
    };
  }),
});

export const audit = os.audit.router({
  list: os.audit.list.handler(async ({ context, input }) => {
    const { cursor, limit, by, ...filter } = input;
    const page = await pageBy(
      { cursor, limit },
      ({ limit: rows, after }) =>
        listAudit(
          context.deps.db,
          { ...filter, by: by as UserId | undefined },
          { limit: rows, after: after?.id ?? null },
        ),
      ({ at, _id }) => ({ at, id: _id }),
    );
    const rows = page.rows.map(({ mac: _, seal, ...entry }) => ({ ...entry, sealed: seal !== null }));
    return { ...page, rows };
  }),
  verify: os.audit.verify.handler(async ({ context }) => {
    const verdict = await context.deps.verifyAudit();
    if (verdict.ok) return { ...verdict, problem: null, entryId: null };
    return { ok: false, sealed: null, waiting: null, problem: verdict.problem, entryId: verdict.entryId };
  }),
});

export const health = os.health.router({
  get: os.health.get.handler(({ context }) => ({ ok: true, mode: context.deps.mode })),
});
