import * as https from 'node:https';
import * as net from 'node:net';
import type { Duplex } from 'node:stream';
import { type ITwitterApiClientPlugin, TwitterApi } from 'twitter-api-v2';

/**
 * Speaks plain HTTP to a simulator while URL, Host and signature stay `https://api.x.com`: twitter-api-v2 has no
 * setting for another address, and `httpAgent` is inherited by every client made from the first.
 */
class SimulatorAgent extends https.Agent {
  readonly #target: { readonly host: string; readonly port: number };
  constructor(target: { host: string; port: number }, keepAlive: boolean) {
    super({ keepAlive });
    this.#target = target;
  }
  override createConnection(): Duplex {
    return net.connect(this.#target);
  }
}

/** Silence for this long ends a request; twitter-api-v2 itself waits for ever. */
const silenceMs = 15_000;

type ClientCredentials = string | { readonly clientId: string; readonly clientSecret: string };

export interface XClients {
  /** For reads: connections are kept. */
  reading(credentials: ClientCredentials, signal: AbortSignal): TwitterApi;
  /**
   * For writes: a new connection each time, so that a reset never means "the kept connection had gone stale". No plugin
   * here may repeat a request (`plugin-token-refresher` does, on 401 and 403).
   */
  writing(credentials: ClientCredentials, signal: AbortSignal): TwitterApi;
}

/** @param simulator where a simulator listens (demo only); absent: api.x.com */
export function xClients(simulator?: URL): XClients {
  if (simulator && simulator.hostname !== '127.0.0.1')
    throw new Error('x: a simulator lives on 127.0.0.1 only');
  const agent = (keepAlive: boolean): https.Agent =>
    simulator
      ? new SimulatorAgent({ host: simulator.hostname, port: Number(simulator.port) }, keepAlive)
      : new https.Agent({ keepAlive });
  const kept = agent(true);
  const fresh = agent(false);
  return {
    reading: (credentials, signal) => open(credentials, kept, signal),
    writing: (credentials, signal) => open(credentials, fresh, signal),
  };
}

function open(credentials: ClientCredentials, httpAgent: https.Agent, signal: AbortSignal): TwitterApi {
  const bounded: ITwitterApiClientPlugin = {
    onBeforeRequest({ requestOptions }) {
      requestOptions.timeout = silenceMs;
      requestOptions.signal = signal;
    },
  };
  const settings = { httpAgent, plugins: [bounded] };
  return typeof credentials === 'string'
    ? new TwitterApi(credentials, settings)
    : new TwitterApi({ ...credentials }, settings);
}
