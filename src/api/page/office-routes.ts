import { Hono } from 'hono';
import { z } from 'zod';
import { DAY } from '../../core/clock.ts';
import { RefusedError } from '../../core/errors.ts';
import { roleMay } from '../../domain/policies.ts';
import type { ReplyState } from '../../domain/reply.ts';
import { listRepliesWithCase } from '../../store/threads.ts';
import { caller } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import type { Env } from '../guards.ts';
import { type ChannelChange, changeChannel, channelsOf, turnStopSwitch } from '../office-acts.ts';
import { readForm } from './form-token.ts';
import { askedBy, frameOf, namesOf, ownPath, scopeOfCaller } from './frame.ts';
import { approvalPage, channelsPage, recapPage } from './office-pages.ts';

const queues: readonly { readonly title: string; readonly state: ReplyState }[] = [
  { title: 'Menunggu persetujuan', state: 'submitted' },
  { title: 'Siap dikirim', state: 'approved' },
  { title: 'Perlu keputusan petugas', state: 'needs_person' },
  { title: 'Dikembalikan', state: 'changes_requested' },
  { title: 'Draf', state: 'draft' },
  { title: 'Gagal kirim', state: 'failed' },
];

const longestQueue = 100;
const ChannelChanges = z.enum([
  'pause',
  'resume',
  'sending-on',
  'sending-off',
]) satisfies z.ZodType<ChannelChange>;

/** `2026-11-24` in WIB. */
function dayInWib(at: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta' }).format(at);
}

/** Approval queue, channels, recap and the stop switch. */
export function officePages(deps: ApiDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/persetujuan', async (c) => {
    const { user, scope } = scopeOfCaller(c);
    const filled = await Promise.all(
      queues.map(async ({ title, state }) => ({
        title,
        rows: await listRepliesWithCase(deps.db, { state, scope }, { limit: longestQueue, after: null }),
      })),
    );
    return c.html(approvalPage(await frameOf(c, deps), user, filled, namesOf(deps)));
  });

  app.get('/saluran', async (c) => {
    const user = caller({ user: c.get('user') });
    if (!roleMay(user, 'channel.view')) {
      throw new RefusedError('forbidden', {
        id: 'Peran Anda tidak melihat saluran.',
        en: 'Your role does not see channels.',
      });
    }
    return c.html(channelsPage(await frameOf(c, deps), user, await channelsOf(askedBy(c, deps))));
  });
  app.post('/saluran/:id/:change', async (c) => {
    const change = ChannelChanges.safeParse(c.req.param('change'));
    if (!change.success) return c.notFound();
    await readForm(c);
    await changeChannel(askedBy(c, deps), c.req.param('id'), change.data);
    return c.redirect('/ringan/saluran?ok=saluran', 303);
  });

  app.get('/rekap', async (c) => {
    const user = caller({ user: c.get('user') });
    const now = deps.clock.now();
    const period = z
      .object({
        from: z.iso.date().catch(dayInWib(new Date(now.getTime() - 30 * DAY))),
        to: z.iso.date().catch(dayInWib(now)),
      })
      .parse(c.req.query());
    const agency = user.role === 'admin_opd' ? user.agency : null;
    const recap = await deps.readRecap({ ...period, agency, platform: null });
    return c.html(recapPage(await frameOf(c, deps), recap, namesOf(deps)));
  });

  app.post('/hentikan', async (c) => {
    const form = await readForm(c);
    const stopped = form.berhenti === 'ya';
    await turnStopSwitch(askedBy(c, deps), stopped);
    return c.redirect(`${ownPath(form.kembali)}?ok=${stopped ? 'berhenti' : 'lanjut'}`, 303);
  });
  return app;
}
