import type { SimulatorApp, SimulatorContext } from '../kit/serve.ts';
import { type Access, admit } from './access.ts';
import { badParameter, GraphRefusal, graphError, graphJson } from './answers.ts';
import { type Field, FieldError, parseFields } from './fields.ts';

/** One call that was let in. */
export interface GraphCall {
  readonly c: SimulatorContext;
  /** Query and body together, as Graph takes them. */
  readonly parameters: URLSearchParams;
  readonly fields: readonly Field[];
  readonly owner: 'account' | 'user';
}

export interface GraphRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** After the version: `/:id/comments`. */
  readonly path: string;
  /** Parameters that it knows beside fields, limit, cursors, token and proof; others are refused. */
  readonly parameters: readonly string[];
  readonly handle: (call: GraphCall) => object;
}

const everywhere = ['access_token', 'appsecret_proof', 'fields', 'limit', 'after', 'before', 'format'];

/** Registers routes under `/v26.0` with the checks that every Graph call goes through. */
export function addGraphRoutes(app: SimulatorApp, access: Access, routes: readonly GraphRoute[]): void {
  for (const route of routes) {
    app.on(route.method, `/:version{v[0-9]+\\.[0-9]+}${route.path}`, (c) =>
      answerCall(c, () => inFrame(c, access, route)),
    );
  }
}

/** Turns what a route throws into Graph's answers. */
export async function answerCall(c: SimulatorContext, work: () => Promise<object>): Promise<Response> {
  try {
    return graphJson(c, await work());
  } catch (error) {
    if (error instanceof GraphRefusal) return graphError(c, error);
    if (error instanceof FieldError) return graphError(c, badParameter(error.message));
    throw error;
  }
}

export function unknownPath(c: SimulatorContext): Response {
  const message = `Unknown path components: ${new URL(c.req.url).pathname}`;
  return graphError(c, new GraphRefusal({ message, code: 2500 }));
}

async function inFrame(c: SimulatorContext, access: Access, route: GraphRoute): Promise<object> {
  const parameters = await parametersOf(c);
  const owner = admit(c, access, parameters);
  for (const name of parameters.keys()) {
    if (everywhere.includes(name) || route.parameters.includes(name)) continue;
    c.set('refused', true);
    throw badParameter(
      `Unexpected parameter "${name}" on this edge (known to the simulator: ${route.parameters.join(', ')})`,
    );
  }
  const asked = parameters.get('fields');
  return route.handle({
    c,
    parameters,
    owner,
    fields: asked === null || asked === '' ? [] : parseFields(asked),
  });
}

/** Query, form or JSON: Graph takes each. */
export async function parametersOf(c: SimulatorContext): Promise<URLSearchParams> {
  const parameters = new URLSearchParams(new URL(c.req.url).searchParams);
  if (c.req.method === 'GET') return parameters;
  for (const [name, value] of Object.entries(await bodyOf(c)))
    parameters.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  return parameters;
}

async function bodyOf(c: SimulatorContext): Promise<object> {
  if (!(c.req.header('content-type') ?? '').includes('json')) return c.req.parseBody();
  try {
    const body: unknown = await c.req.json();
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    throw badParameter('The request body is not valid JSON');
  }
}

/** The message of a write. @throws {GraphRefusal} when it is missing or empty */
export function messageOf({ parameters }: GraphCall): string {
  const message = parameters.get('message') ?? '';
  if (message.trim() === '') throw badParameter('param message must be non-empty.');
  return message;
}

export function flagOf({ parameters }: GraphCall, name: string): boolean | null {
  const given = parameters.get(name);
  if (given === null) return null;
  if (given === 'true' || given === '1') return true;
  if (given === 'false' || given === '0') return false;
  throw badParameter(`param ${name} must be a boolean`);
}

/** `2017-08-31T19:16:02+0000` */
export function metaTime(at: Date): string {
  return at.toISOString().replace(/\.\d{3}Z$/, '+0000');
}
