import { Hono } from 'hono';
import type { ApiDeps } from './deps.ts';
import { type Env, loopbackOrToken } from './guards.ts';

const probeWithinMs = 3_000;

async function works(probe: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), probeWithinMs);
  });
  try {
    return await Promise.race([probe(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** For machines: is the process alive, may it get traffic, what does it count. */
export function healthRoutes(deps: ApiDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/health/live', (c) => c.json({ ok: true }));
  app.get('/health/ready', async (c) => {
    const parts = await Promise.all(
      Object.entries(deps.probes).map(async ([name, probe]) => [name, await works(probe)] as const),
    );
    const ready = parts.every(([, up]) => up);
    return c.json({ ok: ready, parts: Object.fromEntries(parts) }, ready ? 200 : 503);
  });
  app.get('/metrics', loopbackOrToken(deps), async (c) =>
    c.body(await deps.metrics.text(), 200, { 'content-type': deps.metrics.contentType }),
  );
  return app;
}
