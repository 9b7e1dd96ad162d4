import { type Context, Hono } from 'hono';
import { html, raw } from 'hono/html';
import { z } from 'zod';
import { RefusedError } from '../../core/errors.ts';
import { answerByLink, openCaseByCode, requestCode } from '../../forward/answer.ts';
import type { ApiDeps } from '../deps.ts';
import type { Env } from '../guards.ts';
import { problemResponse, statusOf, wordsFor } from '../problem.ts';
import { stylePath } from './style.ts';

const Token = z.string().regex(/^[\w-]{22}$/);
const CodeRequest = z.object({ token: Token });
const OpenRequest = z.object({ token: Token, code: z.string().regex(/^\d{6}$/) });
const AnswerRequest = z.object({ token: Token, session: z.string().max(100), text: z.string().max(20_000) });

/**
 * The agency's side of a link: `/jawab#<token>`. The token stands in the fragment, which no browser sends and no log
 * holds. GET shows a button and nothing else, so that previews and scanners of mail programs open nothing; the code, the
 * case and the answer are POSTs.
 */
export function answerRoutes(deps: Pick<ApiDeps, 'forwarding' | 'log'>): Hono<Env> {
  const app = new Hono<Env>();
  const { answer } = deps.forwarding;
  app.get('/jawab', (c) => c.html(page(c.get('secureHeadersNonce') ?? '')));
  app.post('/jawab/kode', (c) =>
    asked(c, CodeRequest, async ({ token }) => {
      await requestCode(answer, token);
      return { sent: true };
    }),
  );
  app.post('/jawab/buka', (c) =>
    asked(c, OpenRequest, ({ token, code }) => openCaseByCode(answer, token, code)),
  );
  app.post('/jawab/kirim', (c) =>
    asked(c, AnswerRequest, async ({ token, session, text }) => ({
      taken: await answerByLink(answer, token, session, text),
    })),
  );
  return app;
}

async function asked<Body>(
  c: Context<Env>,
  schema: z.ZodType<Body>,
  work: (body: Body) => Promise<object>,
): Promise<Response> {
  c.header('cache-control', 'no-store');
  const body = schema.safeParse(await c.req.json().catch(() => null));
  if (!body.success) return problemResponse({ status: 400, code: 'invalid', words: wordsFor(400) }, 'id');
  try {
    return c.json(await work(body.data));
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return problemResponse({ status: statusOf[error.code], code: error.code, words: error.words }, 'id');
  }
}

const script = `
const token = location.hash.slice(1), $ = (id) => document.getElementById(id);
let session = '';
const say = (words) => { $('kabar').textContent = words; };
const post = async (path, body) => {
  const answer = await fetch('/jawab/' + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token, ...body }) }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (!answer?.ok) { say(said?.title ?? said?.detail ?? 'Gagal. Coba lagi sebentar lagi.'); return null; }
  return said;
};
const step = (form, work) => $(form).addEventListener('submit', async (event) => { event.preventDefault(); say(''); await work(); });
const line = (words) => { const p = document.createElement('p'); p.textContent = words; p.style.whiteSpace = 'pre-wrap'; $('isi').append(p); };
step('minta', async () => { if (await post('kode', {})) { $('buka').hidden = false; say('Kode dikirim ke mail atau WhatsApp Anda.'); $('kode').focus(); } });
step('buka', async () => {
  const said = await post('buka', { code: $('kode').value.trim() });
  if (!said) return;
  session = said.session; $('isi').replaceChildren();
  line('Aduan ' + said.case.number + ' untuk ' + said.case.agency + (said.case.secret ? ' · RAHASIA' : '') + (said.case.urgent ? ' · DARURAT' : ''));
  if (said.case.place) line('Tempat: ' + said.case.place);
  if (said.case.dueAt) line('Batas: ' + new Date(said.case.dueAt).toLocaleDateString('id-ID', { dateStyle: 'full', timeZone: 'Asia/Jakarta' }));
  for (const text of said.case.texts) line(text);
  $('minta').hidden = $('buka').hidden = true; $('kirim').hidden = false; $('jawaban').focus();
});
step('kirim', async () => {
  const said = await post('kirim', { session, text: $('jawaban').value });
  if (!said) return;
  $('kirim').hidden = true; $('isi').replaceChildren();
  say('Matur nuwun. Jawaban Anda diterima dan diperiksa dahulu sebelum dikirim kepada warga.');
});`;

function page(nonce: string) {
  return html`<!doctype html>
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>Jawab aduan · Tanggap</title>
        <link rel="stylesheet" href="/ringan${stylePath}" />
      </head>
      <body>
        <main>
          <h1>Jawab aduan</h1>
          <form id="minta">
            <p>Tautan ini hanya untuk Anda. Kode untuk membukanya dikirim kepada Anda.</p>
            <button>Kirim kode kepada saya</button>
          </form>
          <form id="buka" hidden>
            <label>Kode enam angka <input id="kode" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" required /></label>
            <button>Buka aduan</button>
          </form>
          <section id="isi" aria-live="polite"></section>
          <form id="kirim" hidden>
            <label>Jawaban untuk warga <textarea id="jawaban" rows="8" maxlength="4000" required></textarea></label>
            <button>Kirim jawaban</button>
          </form>
          <p id="kabar" role="status"></p>
          <noscript><p>Halaman ini memerlukan JavaScript, supaya isi tautan tidak pernah terkirim ke peladen lain.</p></noscript>
        </main>
        <script nonce="${nonce}">
          ${raw(script)}
        </script>
      </body>
    </html>`;
}
