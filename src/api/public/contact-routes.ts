import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { RefusedError } from '../../core/errors.ts';
import type { MentionId } from '../../domain/ids.ts';
import type { ApiDeps } from '../deps.ts';
import { addressOf, type Env } from '../guards.ts';
import { type ContactWay, codePage, confirmedPage } from './contact-box.ts';
import { readReportToken } from './form-stamp.ts';
import { tooLarge, viewOf } from './public-layout.ts';
import { citizenWords } from './words.ts';

interface Asked {
  readonly id: MentionId;
  readonly token: string;
  readonly way: ContactWay;
  readonly code: string;
}

/** The citizen proves that mail or telephone are his: a code goes there, and comes back. Without an account, without a script. */
export function contactRoutes(deps: ApiDeps): Hono<Env> {
  const { publicLimits } = deps;
  const { contact } = deps.site;
  const app = new Hono<Env>();
  app.use(bodyLimit({ maxSize: 16 * 1024, onError: tooLarge }));

  app.post('/kode', async (c) => {
    const asked = await read(c, deps);
    await publicLimits.count('code', `${asked.id} ${asked.way.way}`);
    await publicLimits.count('code', addressOf(c, deps));
    await contact.sendCode(asked.id, asked.way.way);
    return c.html(codePage(viewOf(c, deps), { ...asked, wrong: [] }));
  });

  app.post('/', async (c) => {
    const asked = await read(c, deps);
    if (await contact.giveCode(asked.id, asked.way.way, asked.code))
      return c.html(confirmedPage(viewOf(c, deps), asked.way));
    await publicLimits.count('miss', addressOf(c, deps));
    const view = viewOf(c, deps);
    const wrong = [citizenWords[view.language].wrong.code];
    return c.html(codePage(view, { ...asked, wrong }), 422);
  });
  return app;
}

/** @throws {RefusedError} `invalid` for a report that was not shown to the sender, or a contact that it has not */
async function read(c: Context<Env>, deps: ApiDeps): Promise<Asked> {
  const body = await c.req.parseBody();
  const [token, lewat, code] = [body.laporan, body.lewat, body.kode].map((value) =>
    typeof value === 'string' ? value : '',
  );
  const id = readReportToken(deps.key, token ?? '');
  const way = id && (await deps.site.contact.ways(id)).find((one) => one.way === lewat);
  if (!id || !way) {
    throw new RefusedError('invalid', {
      id: 'Formulir ini tidak dikenali. Buka lagi halaman laporan Anda.',
      en: 'This form is not known. Open the page of your report again.',
    });
  }
  return { id, token: token ?? '', way, code: code ?? '' };
}
