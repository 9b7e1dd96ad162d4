import { Hono } from 'hono';
import { login, logout } from '../../accounts/login.ts';
import { asError, RefusedError } from '../../core/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { addressOf, type Env, keepToken } from '../guards.ts';
import { statusOf } from '../problem.ts';
import { web } from '../web.ts';
import { deskPages } from './desk-pages.ts';
import { readForm } from './form-token.ts';
import { frameOf, ownPath } from './frame.ts';
import { loginPage, refusedPage } from './login-page.ts';
import { officePages } from './office-routes.ts';
import { style, stylePath } from './style.ts';

/** Everything for browsers: the desk under `/meja`, and the light desk that needs no JavaScript. */
export function pages(deps: ApiDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.route('/ringan', lightDesk(deps));
  app.route('/', web());
  return app;
}

/** The light desk under `/ringan`: plain HTML that works without JavaScript. Every write is a form of ours, then a redirect. */
function lightDesk(deps: ApiDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.get(stylePath, (c) => {
    c.header('cache-control', 'public, max-age=31536000, immutable');
    return c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' });
  });

  app.get('/masuk', async (c) => c.html(loginPage(await frameOf(c, deps), null, ownPath(c.req.query('ke')))));
  app.post('/masuk', async (c) => {
    const form = await readForm(c);
    const to = ownPath(form.ke);
    try {
      const opened = await login(
        deps,
        form.nama ?? '',
        form.sandi ?? '',
        addressOf(c, deps),
        form.kode || null,
      );
      const [before, user] = [c.get('token'), c.get('user')];
      if (before && user) await logout(deps, before, user);
      keepToken(c, opened.token, opened.expiresAt);
      return c.redirect(to, 303);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      return c.html(loginPage(await frameOf(c, deps), error.words.id, to), statusOf[error.code]);
    }
  });
  app.post('/keluar', async (c) => {
    await readForm(c);
    const [token, user] = [c.get('token'), c.get('user')];
    if (token && user) await logout(deps, token, user);
    keepToken(c, null, null);
    return c.redirect('/ringan/masuk?ok=keluar', 303);
  });

  app.route('/', deskPages(deps));
  app.route('/', officePages(deps));

  app.notFound(async (c) =>
    c.html(
      refusedPage({ ...(await frameOf(c, deps)), path: '/ringan' }, 'Halaman tidak ditemukan.', null),
      404,
    ),
  );
  app.onError(async (thrown, c) => {
    const error = asError(thrown);
    if (!(error instanceof RefusedError)) throw error;
    if (error.code === 'unauthenticated')
      return c.redirect(`/ringan/masuk?ke=${encodeURIComponent(ownPath(c.req.path))}`, 303);
    const back = c.req.method === 'GET' ? '/ringan' : ownPath(c.req.path.split('/').slice(0, 4).join('/'));
    return c.html(
      refusedPage({ ...(await frameOf(c, deps)), path: back }, error.words.id, null),
      statusOf[error.code],
    );
  });
  return app;
}
