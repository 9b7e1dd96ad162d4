import { buildApi } from '../api/build-api.ts';
import { type ListeningApi, serveApi } from '../api/serve-api.ts';
import { ConfigError } from '../core/config.ts';
import { apiDeps } from '../joins/api.ts';
import { freePort } from '../servers/ports.ts';
import type { Services } from '../services.ts';

/**
 * The API and the pages, on the loopback if nothing else is configured; a proxy in front of it is named by PUBLIC_URL.
 * A demo takes another port when the wished one is taken, and prints it.
 * @throws {ConfigError} in live mode: the proxy would not find us on another port
 */
export async function listenWith(
  services: Services,
  wishedPort: number,
): Promise<ListeningApi & { readonly url: URL }> {
  const port = await freePort(wishedPort);
  const { publicUrl, listenAddress, mode } = services.config;
  if (mode === 'live' && wishedPort !== 0 && port !== wishedPort) {
    throw new ConfigError(
      `Port ${wishedPort} sudah dipakai program lain: hentikan program itu, atau beri port lain lewat PORT. / Port ${wishedPort} is in use: stop the other program, or give another one by PORT.`,
    );
  }
  const origins = [
    `http://127.0.0.1:${port}`,
    `http://localhost:${port}`,
    ...(publicUrl ? [new URL(publicUrl).origin] : []),
  ];
  const api = await serveApi(buildApi(apiDeps(services, origins)), { hostname: listenAddress, port });
  return { ...api, url: new URL(`http://127.0.0.1:${port}`) };
}
