import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { authenticate } from '../accounts/login.ts';
import { door } from '../api/json-api.ts';
import { router } from '../api/routes/router.ts';
import { apiDeps } from '../joins/api.ts';
import type { Installation } from './open.ts';

function sessionFile(installation: Installation): string {
  return path.join(installation.config.home, 'cli-session');
}

/**
 * The API's own routes, called in this process as the person who logged in by `tanggap login`: the same policies, audit
 * and conflicts as over HTTP.
 */
export async function openDesk(installation: Installation) {
  const deps = apiDeps(installation.services, []);
  const file = sessionFile(installation);
  const token = await readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
  const user = token === null ? null : await authenticate(deps, token, true);
  const client = createRouterClient(router, {
    context: { deps, user, token, address: 'cli', keepToken: () => {} },
    interceptors: [
      async ({ context, procedure, next }) => {
        await door(context, procedure['~orpc'].meta.act ?? null);
        return next();
      },
    ],
  });
  return {
    client,
    user,
    keep: (fresh: string) => writeFile(file, fresh, { mode: 0o600 }),
    forget: () => rm(file, { force: true }),
  };
}
