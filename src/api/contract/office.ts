import { z } from 'zod';
import { Day, Id, LoginName, PageRequest, pageOf, route, When } from './base.ts';
import { ChannelShape, IncidentShape, Platform, RecapShape, StopSwitchShape } from './shapes.ts';

export const stopSwitch = {
  get: route('stop-switch.view').route({ method: 'GET', path: '/stop-switch' }).output(StopSwitchShape),
  set: route('stop-switch.set')
    .route({ method: 'PUT', path: '/stop-switch', summary: 'Stop or allow all sending, at once' })
    .input(z.object({ stopped: z.boolean() }))
    .output(StopSwitchShape),
};

export const channels = {
  list: route('channel.view').route({ method: 'GET', path: '/channels' }).output(z.array(ChannelShape)),
  incidents: route('channel.view')
    .route({
      method: 'GET',
      path: '/channels/incidents',
      summary: 'Alarms of the period (30 days unless asked otherwise), open ones included',
    })
    .input(z.object({ from: When.optional(), to: When.optional() }))
    .output(z.array(IncidentShape)),
  pause: route('channel.manage')
    .route({ method: 'POST', path: '/channels/{id}/pause' })
    .input(z.object({ id: Id }))
    .output(ChannelShape),
  resume: route('channel.manage')
    .route({ method: 'POST', path: '/channels/{id}/resume' })
    .input(z.object({ id: Id }))
    .output(ChannelShape),
  setSending: route('channel.manage')
    .route({ method: 'PUT', path: '/channels/{id}/sending' })
    .input(z.object({ id: Id, sending: z.boolean() }))
    .output(ChannelShape),
};

export const recap = {
  get: route('recap.read')
    .route({ method: 'GET', path: '/recap', summary: 'Cases in, answered and late of a period' })
    .input(
      z
        .object({ from: Day, to: Day, agency: z.string().max(40).optional(), platform: Platform.optional() })
        .refine((period) => period.from <= period.to, { error: 'from is after to', path: ['to'] }),
    )
    .output(RecapShape),
};

export const audit = {
  list: route('audit.verify')
    .route({
      method: 'GET',
      path: '/audit',
      summary: 'Who did what, the newest first; ids and field names only',
    })
    .input(
      z.object({
        by: LoginName.optional(),
        act: z.string().max(60).optional(),
        subject: Id.optional(),
        ...PageRequest,
      }),
    )
    .output(
      pageOf(
        z.object({
          _id: z.string(),
          at: When,
          by: z.string(),
          act: z.string(),
          subject: z.string().nullable(),
          fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()),
          sealed: z.boolean(),
        }),
      ),
    ),
  verify: route('audit.verify')
    .route({ method: 'GET', path: '/audit/verify', summary: 'Is the chain of audit entries unbroken' })
    .output(
      z.object({
        ok: z.boolean(),
        sealed: z.number().int().nullable(),
        waiting: z.number().int().nullable(),
        problem: z.string().nullable(),
        entryId: z.string().nullable(),
      }),
    ),
};

export const health = {
  get: route('anyone')
    .route({ method: 'GET', path: '/health' })
    .output(z.object({ ok: z.boolean(), mode: z.enum(['demo', 'live']) })),
};
