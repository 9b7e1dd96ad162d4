import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { projectRoot } from '../core/root.ts';
import { deskPath, type Env } from './guards.ts';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

interface Asset {
  readonly type: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly zipped: Uint8Array<ArrayBuffer>;
}

interface BuiltDesk {
  /** The page, with `__NONCE__` where the nonce of the request belongs. */
  readonly page: string;
  /** By file name; names carry a hash of their content. */
  readonly assets: ReadonlyMap<string, Asset>;
}

/** What Vite built, held in memory: only what lies there can be asked for. Null when it was not built. */
function readDesk(folder: string): BuiltDesk | null {
  try {
    const names = readdirSync(path.join(folder, 'assets'));
    const assets = names.map((name): [string, Asset] => {
      const plain = new Uint8Array(readFileSync(path.join(folder, 'assets', name)));
      const type = types[path.extname(name)] ?? 'application/octet-stream';
      return [name, { type, plain, zipped: new Uint8Array(gzipSync(plain)) }];
    });
    return { page: readFileSync(path.join(folder, 'index.html'), 'utf8'), assets: new Map(assets) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The desk in the browser (`web/`): one page for every address under `/meja`, and its files. */
export function web(folder: string = path.join(projectRoot, 'dist/web')): Hono<Env> {
  const app = new Hono<Env>();
  let read: BuiltDesk | null = null;
  const desk = () => {
    read ??= readDesk(folder);
    return read;
  };
  app.get('/', (c) => c.redirect(desk() ? deskPath : '/ringan', 303));
  app.get(`${deskPath}/assets/:name`, (c) => {
    const asset = desk()?.assets.get(c.req.param('name'));
    if (!asset) return c.notFound();
    const zipped = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
    c.header('content-type', asset.type);
    c.header('cache-control', 'public, max-age=31536000, immutable');
    c.header('vary', 'accept-encoding');
    if (zipped) c.header('content-encoding', 'gzip');
    return c.body(zipped ? asset.zipped : asset.plain);
  });
  // What a browser asks for by itself, also on the pages for citizens and agencies.
  app.get('/favicon.ico', (c) => {
    const icon = [...(desk()?.assets ?? [])].find(([name]) => /^icon-.*\.svg$/.test(name))?.[1];
    if (!icon) return c.notFound();
    c.header('content-type', icon.type);
    c.header('cache-control', 'public, max-age=86400');
    return c.body(icon.plain);
  });
  const page = (nonce: string) => desk()?.page.replaceAll('__NONCE__', nonce);
  app.on('GET', [deskPath, `${deskPath}/*`], (c) => {
    const built = page(c.get('secureHeadersNonce') ?? '');
    if (built !== undefined) return c.html(built);
    return c.text(
      'Meja belum dibangun / the desk was not built: npm run build:web. Meja ringan: /ringan',
      503,
    );
  });
  return app;
}
