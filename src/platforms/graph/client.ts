import { createHmac } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import axios, { AxiosError, type AxiosInstance } from 'axios';
import { SECOND } from '../../core/clock.ts';
import { asError, TransientError } from '../../core/errors.ts';
import type { AccessToken } from '../access.ts';
import type { GraphAnswer } from './answer.ts';
import { throwTrouble, troubleOf } from './errors.ts';
import { readUsage } from './usage.ts';

/** Hosts that these connectors call; nothing else, ever. */
type GraphHost = 'https://graph.facebook.com' | 'https://graph.instagram.com';
/** Released 29 July 2026. */
const VERSION = 'v26.0';

export interface GraphOptions {
  readonly host: GraphHost;
  /** Asked before each call: another process may have renewed it. */
  readonly accessToken: string | AccessToken;
  /** Signs each call (`appsecret_proof`); required where the app's settings ask for it. */
  readonly appSecret?: string | undefined;
  /** Some addresses carry no version (Default: true). */
  readonly versioned?: boolean;
  /** Demo and tests only: a simulator on this machine instead of the host. */
  readonly simulator?: URL | undefined;
  /** Longest wait for one answer (Default: 15 s). */
  readonly timeoutMs?: number | undefined;
}

export type Params = Readonly<Record<string, string | number | boolean>>;

export interface GraphClient {
  /** @throws what src/core/errors.ts names; {@link GoneError} for a vanished object; TransientError for anything not JSON */
  get(path: readonly string[], params: Params, signal: AbortSignal): Promise<GraphAnswer>;
  /** One POST on a connection of its own, whatever its status. @throws AxiosError when no whole answer came, {@link NoTokenError} before it */
  post(path: readonly string[], form: Params, signal: AbortSignal): Promise<GraphAnswer>;
  /** The same with a JSON body. */
  postJson(path: readonly string[], body: object, signal: AbortSignal): Promise<GraphAnswer>;
}

/** Larger answers are refused: 100 comments of 8,000 characters each, escaped, stay below. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 15 * SECOND;

export function graphClient(options: GraphOptions): GraphClient {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const call = openAxios(options, timeoutMs);
  const { accessToken, appSecret } = options;
  const access = async () => {
    const token = typeof accessToken === 'string' ? accessToken : await accessToken();
    return { proof: proofOf(token, appSecret), headers: { Authorization: `Bearer ${token}` } };
  };
  const within = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const accessToSend = () =>
    access().catch((error: unknown) => {
      throw new NoTokenError(asError(error).message);
    });
  return {
    async get(path, params, signal) {
      const { proof, headers } = await access();
      const answer = await call
        .get<string>(pathOf(path), { params: { ...params, ...proof }, headers, signal: within(signal) })
        .then(toAnswer, (error: unknown) => {
          throw new TransientError(`no answer: ${transportWords(error)}`, { cause: withoutRequest(error) });
        });
      if (troubleOf(answer)) throwTrouble(answer);
      if (answer.body === null) throw new TransientError(`HTTP ${answer.status} whose body is not JSON`);
      return answer;
    },
    async post(path, form, signal) {
      const { proof, headers } = await accessToSend();
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries({ ...form, ...proof })) body.set(name, String(value));
      return toAnswer(
        await call.post<string>(pathOf(path), body, { ...ownConnection, headers, signal: within(signal) }),
      );
    },
    async postJson(path, body, signal) {
      const { proof, headers } = await accessToSend();
      return toAnswer(
        await call.post<string>(pathOf(path), body, {
          ...ownConnection,
          headers,
          params: proof,
          signal: within(signal),
        }),
      );
    },
  };
}

/** The token could not be had: nothing was sent. */
export class NoTokenError extends Error {
  override name = 'NoTokenError';
}

function proofOf(token: string, appSecret: string | undefined): Params {
  if (!appSecret) return {};
  return { appsecret_proof: createHmac('sha256', appSecret).update(token).digest('hex') };
}

/** A kept connection may be closed by the other side just as a POST leaves on it, and nobody knows what arrived. */
const ownConnection = {
  httpAgent: new http.Agent({ keepAlive: false }),
  httpsAgent: new https.Agent({ keepAlive: false }),
};

function openAxios(options: GraphOptions, timeoutMs: number): AxiosInstance {
  return axios.create({
    baseURL: options.versioned === false ? baseOf(options) : `${baseOf(options)}/${VERSION}`,
    timeout: timeoutMs,
    maxContentLength: MAX_ANSWER_BYTES,
    maxRedirects: 0,
    proxy: false,
    responseType: 'text',
    // Statuses and bodies are judged here, not by axios.
    validateStatus: () => true,
    transformResponse: (text: unknown) => text,
    headers: { Accept: 'application/json' },
  });
}

function baseOf({ host, simulator }: GraphOptions): string {
  if (!simulator) return host;
  if (!['127.0.0.1', '[::1]', 'localhost'].includes(simulator.hostname)) {
    throw new Error(`a simulator runs on this machine, not on ${simulator.hostname}`);
  }
  return simulator.origin;
}

function pathOf(path: readonly string[]): string {
  return `/${path.map(encodeURIComponent).join('/')}`;
}

function toAnswer(response: { status: number; data: string; headers: unknown }): GraphAnswer {
  const headers = response.headers as Readonly<Record<string, unknown>>;
  return { status: response.status, body: parseJson(response.data), usage: readUsage(headers) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) ?? null;
  } catch {
    return null;
  }
}

/** What went wrong on the way, without addresses or headers: those hold tokens. */
export function transportWords(error: unknown): string {
  if (error instanceof AxiosError) return error.code ?? 'unknown transport error';
  return asError(error).name;
}

/** An axios error carries the request with its token; only its code may travel on. */
function withoutRequest(error: unknown): Error {
  return new Error(transportWords(error));
}
