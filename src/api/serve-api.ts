import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Env } from './guards.ts';

export interface ListeningApi extends AsyncDisposable {
  readonly port: number;
}

/** Open requests get this long to end when the server is closed. */
const closeWithinMs = 5_000;

/** Listens until disposed. @param at port 0 takes a free one @throws {Error} EADDRINUSE when the port is taken */
export function serveApi(app: Hono<Env>, at: { hostname: string; port: number }): Promise<ListeningApi> {
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: app.fetch, hostname: at.hostname, port: at.port },
      (address: AddressInfo) => {
        resolve({
          port: address.port,
          [Symbol.asyncDispose]: () =>
            new Promise((closed) => {
              server.close(() => closed());
              if ('closeIdleConnections' in server) server.closeIdleConnections();
              const force = setTimeout(() => {
                if ('closeAllConnections' in server) server.closeAllConnections();
              }, closeWithinMs);
              force.unref();
            }),
        });
      },
    );
    server.once('error', reject);
  });
}
