import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Clock } from '../../core/clock.ts';
import type { Faults, PageFault, RequestFaults } from './faults.ts';
import type { Ledger, WriteRecord } from './ledger.ts';

/** What a route tells the frame around it. */
export interface SimulatorEnv {
  Bindings: HttpBindings;
  Variables: {
    /** What is to go wrong with this page; a route that pages reads it. */
    pageFault: PageFault | null;
    /** Ids of the posts in the answer; a route that serves posts sets it. */
    servedIds: readonly string[];
    /** The simulator does not know such a request. */
    refused: boolean;
    /** What was written or refused; a route that writes sets it. */
    received: Omit<WriteRecord, 'at' | 'told'> | null;
  };
}
export type SimulatorContext = Context<SimulatorEnv>;
export type SimulatorApp = Hono<SimulatorEnv>;

export interface ServeOptions {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly ledger: Ledger;
  /** 0 or absent: a free one. */
  readonly port?: number;
  /** The platform's own routes. */
  readonly routes: (app: SimulatorApp) => void;
  /** The page for people (`addSimPage`). Never hit by faults, never in the ledger. */
  readonly page: (app: SimulatorApp) => void;
  /** The platform's answer to a request that it does not know. */
  readonly unknown: (c: SimulatorContext) => Response;
  /** The platform's answer while `faults.rateLimitUntil` is in force. */
  readonly rateLimited: (c: SimulatorContext, until: Date) => Response;
}

export interface SimulatorServer extends AsyncDisposable {
  readonly baseUrl: URL;
}

/** Serves a simulator on 127.0.0.1. Disposing it cuts every open connection, so it never waits. */
export async function serveSimulator(options: ServeOptions): Promise<SimulatorServer> {
  const app: SimulatorApp = new Hono<SimulatorEnv>();
  options.page(app);
  app.use('*', recorded(options));
  app.use('*', troubled(options));
  options.routes(app);
  app.notFound((c) => {
    c.set('refused', true);
    return options.unknown(c);
  });
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  server.keepAliveTimeout = 60_000;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    baseUrl: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** An answer that never comes; the connection stays open until the simulator is disposed or the client gives up. */
function noAnswer(): Promise<never> {
  return new Promise<never>(() => {});
}

/** Writes each request and each write into the ledger, with what the client was told. */
function recorded({ clock, ledger }: ServeOptions): MiddlewareHandler<SimulatorEnv> {
  return async (c, next) => {
    c.set('pageFault', null);
    c.set('servedIds', []);
    c.set('refused', false);
    c.set('received', null);
    await next();
    enter(c, { clock, ledger }, c.res.status);
  };
}

function enter(
  c: SimulatorContext,
  { clock, ledger }: Pick<ServeOptions, 'clock' | 'ledger'>,
  told: number | null,
): void {
  const url = new URL(c.req.url);
  const received = c.get('received');
  if (received) ledger.addWrite({ ...received, at: clock.now(), told });
  ledger.addRequest({
    at: clock.now(),
    method: c.req.method,
    path: url.pathname,
    query: withoutTokens(url.searchParams),
    host: c.req.header('host') ?? '',
    status: told,
    servedIds: c.get('servedIds'),
    refused: c.get('refused'),
  });
}

const secretParameters = [
  'access_token',
  'appsecret_proof',
  'client_secret',
  'fb_exchange_token',
  'input_token',
];
function withoutTokens(query: URLSearchParams): string {
  const shown = new URLSearchParams(query);
  for (const name of secretParameters) if (shown.has(name)) shown.set(name, '…');
  return shown.toString();
}

/** Lets happen what the test (or the person at `/sim`) scripted. */
function troubled(options: ServeOptions): MiddlewareHandler<SimulatorEnv> {
  return async (c, next) => {
    const limitedUntil = options.faults.limitNow();
    if (limitedUntil) return options.rateLimited(c, limitedUntil);
    const { latencyMs, page, act } = options.faults.take(c.req.method, new URL(c.req.url).pathname);
    c.set('pageFault', page);
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    if (act) return suffer(c, next, act, options);
    return next();
  };
}

async function suffer(
  c: SimulatorContext,
  next: () => Promise<void>,
  act: NonNullable<RequestFaults['act']>,
  options: ServeOptions,
): Promise<Response | undefined> {
  if (act.kind === 'status') return scripted(act);
  if (act.kind === 'hang' || act.kind === 'drop') {
    enter(c, options, null);
    if (act.kind === 'drop') c.env.incoming.socket.destroy();
    return noAnswer();
  }
  await next();
  if (act.kind === 'after-write') {
    c.res = undefined;
    c.res = scripted(act);
    return undefined;
  }
  if (act.kind === 'broken-json') {
    const whole = await c.res.text();
    const { status } = c.res;
    const headers = new Headers(c.res.headers);
    headers.delete('content-length');
    c.res = undefined;
    c.res = new Response(whole.slice(0, Math.ceil(whole.length / 2)), { status, headers });
    return undefined;
  }
  enter(c, options, null);
  if (act.kind === 'reset-after-write') c.env.incoming.socket.destroy();
  return noAnswer();
}

function scripted(act: { status: number; body?: unknown; headers?: Record<string, string> }): Response {
  const isText = typeof act.body === 'string';
  const body = act.body === undefined ? null : isText ? (act.body as string) : JSON.stringify(act.body);
  return new Response(body, {
    status: act.status,
    headers: {
      'content-type': isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
      ...act.headers,
    },
  });
}
