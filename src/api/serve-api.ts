import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
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
              for (const socket of unasked) socket.destroy();
              const force = setTimeout(() => {
                if ('closeAllConnections' in server) server.closeAllConnections();
              }, closeWithinMs);
              force.unref();
            }),
        });
      },
    );
    server.once('error', reject);
    // Node holds a connection that never asked for anything (a browser opens some in advance) for busy.
    const unasked = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      unasked.add(socket);
      socket.once('close', () => unasked.delete(socket));
    });
    server.on('request', ({ socket }: IncomingMessage) => unasked.delete(socket));
  });
}
