import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { contract } from './contract/contract.ts';
import type { Env } from './guards.ts';

const require = createRequire(import.meta.url);

/** The parts of Swagger UI that the page loads; nothing else of the package is served. */
const files = { 'swagger-ui.css': 'text/css', 'swagger-ui-bundle.js': 'text/javascript' } as const;

function generate() {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(contract, {
    info: {
      title: 'Tanggap',
      version: '1',
      description: 'Errors are problem+json (RFC 9457) with words in Indonesian and English.',
    },
    servers: [{ url: '/api' }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{ token: [] }],
  });
}

/** `/api/openapi.json`, made from the contract, and `/api/docs`, a page about it with everything from our own origin. */
export function openapiRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  let document: ReturnType<typeof generate> | null = null;
  app.get('/api/openapi.json', async (c) => {
    document ??= generate();
    return c.json(await document);
  });
  app.get('/api/docs', (c) => {
    const nonce = c.get('secureHeadersNonce') ?? '';
    return c.html(html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <title>Tanggap API</title>
          <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
        </head>
        <body>
          <div id="docs"></div>
          <script nonce="${nonce}" src="/api/docs/swagger-ui-bundle.js"></script>
          <script nonce="${nonce}">
            SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', supportedSubmitMethods: [] });
          </script>
        </body>
      </html>`);
  });
  for (const [name, type] of Object.entries(files)) {
    app.get(`/api/docs/${name}`, async (c) => {
      const folder = path.dirname(require.resolve('swagger-ui-dist/package.json'));
      const file = await readFile(path.join(folder, name));
      return c.body(new Uint8Array(file), 200, { 'content-type': `${type}; charset=utf-8` });
    });
  }
  return app;
}
