import { randomBytes } from 'node:crypto';
import type { SimulatorContext } from '../kit/serve.ts';

/** A Graph error as its body shows it. Source of the shape: Graph API, "Handle errors", and recorded answers. */
export interface GraphErrorWords {
  readonly message: string;
  readonly code: number;
  readonly subcode?: number;
  readonly type?: 'OAuthException' | 'GraphMethodException';
  readonly isTransient?: boolean;
}

/** Thrown by a route; the frame answers it as Graph does. */
export class GraphRefusal extends Error {
  override name = 'GraphRefusal';
  readonly words: GraphErrorWords;
  readonly status: number;
  constructor(words: GraphErrorWords, status = 400) {
    super(words.message);
    this.words = words;
    this.status = status;
  }
}

/** The body of an error, also for a scripted fault: `faults.add({do: {kind: 'status', status: 400, body: graphErrorBody({…})}})`. */
export function graphErrorBody(words: GraphErrorWords): object {
  return {
    error: {
      message: words.message,
      type: words.type ?? 'OAuthException',
      code: words.code,
      ...(words.subcode !== undefined && { error_subcode: words.subcode }),
      ...(words.isTransient !== undefined && { is_transient: words.isTransient }),
      fbtrace_id: `A${randomBytes(8).toString('hex')}`,
    },
  };
}

export function missingObject(id: string): GraphRefusal {
  return new GraphRefusal({
    message: `Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
    type: 'GraphMethodException',
    code: 100,
    subcode: 33,
  });
}

export function badParameter(message: string): GraphRefusal {
  return new GraphRefusal({ message: `(#100) ${message}`, code: 100 });
}

/** Answers in Meta's way: `\/` and `\uXXXX` in the JSON, its header names, and an error also in WWW-Authenticate. */
export function graphJson(c: SimulatorContext, body: object, status = 200): Response {
  c.header('content-type', 'application/json; charset=UTF-8');
  c.header('facebook-api-version', 'v26.0');
  c.header('x-fb-request-id', `A${randomBytes(8).toString('hex')}`);
  c.header('x-fb-trace-id', randomBytes(6).toString('base64url'));
  c.header('x-fb-rev', '1028000000');
  return c.body(metaJson(body), status as 200);
}

export function graphError(c: SimulatorContext, refusal: GraphRefusal): Response {
  const { words, status } = refusal;
  const about = words.code === 190 ? 'invalid_token' : 'invalid_request';
  const printable = words.message.replaceAll(/[^\x20-\x7e]|"/g, '?');
  c.header('WWW-Authenticate', `OAuth "Facebook Platform" "${about}" "${printable}"`);
  return graphJson(c, graphErrorBody(words), status);
}

function metaJson(body: object): string {
  return JSON.stringify(body)
    .replaceAll('/', '\\/')
    .replaceAll(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
