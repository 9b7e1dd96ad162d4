import { buildApi } from '../api/build-api.ts';
import { type ListeningApi, serveApi } from '../api/serve-api.ts';
import { apiDeps } from '../joins/api.ts';
import { freePort } from '../servers/ports.ts';
import type { Services } from '../services.ts';

/** The API and the pages, on the loopback if nothing else is configured; a proxy in front of it is named by PUBLIC_URL. */
export async function listenWith(
  services: Services,
  wishedPort: number,
): Promise<ListeningApi & { readonly url: URL }> {
  const port = await freePort(wishedPort);
  const { publicUrl, listenAddress } = services.config;
  const origins = [
    `http://127.0.0.1:${port}`,
    `http://localhost:${port}`,
    ...(publicUrl ? [new URL(publicUrl).origin] : []),
  ];
  const api = await serveApi(buildApi(apiDeps(services, origins)), { hostname: listenAddress, port });
  return { ...api, url: new URL(`http://127.0.0.1:${port}`) };
}
