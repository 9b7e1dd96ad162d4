import { z } from 'zod';
import { RefusedError } from '../../core/errors.ts';
import type { NewPost, SimulatedPost } from '../simulator.ts';
import type { Fault, FaultRule } from './faults.ts';
import { onlyFromHere } from './loopback.ts';
import type { SimulatorApp, SimulatorContext } from './serve.ts';
import { type SimPageOptions, simPage } from './sim-view.ts';

const ticked = z.union([
  z.boolean(),
  z.literal('on').transform(() => true),
  z.literal('true').transform(() => true),
]);
const blankIsAbsent = z
  .string()
  .optional()
  .transform((text) => text?.trim() || undefined);

/** `POST /sim/posts`, as JSON or as the page's form. */
const WriteRequest = z.object({
  author: blankIsAbsent.transform((name) => name ?? 'warga_karanganyar'),
  text: z.string().trim().min(1).max(30_000),
  at: z.coerce.date().optional(),
  parentNativeId: blankIsAbsent,
  quotedNativeId: blankIsAbsent,
  asVisitor: ticked.optional(),
  /** Written by the office's own account, as when an officer answers by hand. */
  asOffice: ticked.optional(),
  media: z.array(z.url()).optional(),
});
const EditRequest = z.object({ text: z.string().trim().min(1).max(30_000) });
const SwitchRequest = z.object({ on: z.stringbool() });

const status = z.number().int().min(200).max(599);
const FaultRequest = z.object({
  method: z.string().toUpperCase().optional(),
  /** Prefix of the path. */
  path: z.string().startsWith('/').optional(),
  times: z.union([z.number().int().min(1), z.literal('always')]).optional(),
  until: z.coerce.date().optional(),
  do: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('latency'), ms: z.number().int().min(0).max(600_000) }),
    z.object({
      kind: z.literal('status'),
      status,
      body: z.unknown().optional(),
      headers: z.record(z.string(), z.string()).optional(),
    }),
    z.object({
      kind: z.literal('after-write'),
      status,
      body: z.unknown().optional(),
      headers: z.record(z.string(), z.string()).optional(),
    }),
    z.object({
      kind: z.enum([
        'hang',
        'drop',
        'reset-after-write',
        'timeout-after-write',
        'broken-json',
        'duplicate-page',
        'shuffle-page',
        'empty-page',
      ]),
    }),
  ]),
});
/** `POST /sim/faults`. */
const FaultsRequest = z.object({
  clear: z.boolean().optional(),
  lagMs: z.number().int().min(0).optional(),
  rateLimitUntil: z.coerce.date().nullable().optional(),
  add: z.array(FaultRequest).optional(),
});

/** Threads shown on the page. */
const shownThreads = 60;

/** The page for people at `/sim`, and the same as JSON for the command line. */
export function addSimPage(app: SimulatorApp, options: SimPageOptions): void {
  const { simulator, clock } = options;
  const changed = (): void => options.onChange?.();
  const released = (): readonly SimulatedPost[] => {
    const now = clock.now();
    return simulator.posts().filter((post) => post.at <= now);
  };
  app.use('/sim/*', onlyFromHere);
  app.onError((error, c) => {
    if (error instanceof z.ZodError)
      return c.json({ title: 'Permintaan tidak sah', detail: z.prettifyError(error) }, 400);
    if (error instanceof RefusedError) {
      return c.json(
        { title: error.words.id, detail: error.words.en },
        error.code === 'not-found' ? 404 : 409,
      );
    }
    if (error instanceof SyntaxError) return c.json({ title: 'Bukan JSON', detail: error.message }, 400);
    return c.json({ title: 'Simulator error', detail: error.message }, 500);
  });
  app.get('/sim', (c) => c.html(simPage({ ...options, posts: released(), shownThreads, now: clock.now() })));
  app.get('/sim/posts', (c) => c.json(released()));
  app.post('/sim/posts', async (c) => {
    const { asOffice, author, ...post } = WriteRequest.parse(await bodyOf(c));
    const given = present(post);
    const written = asOffice ? simulator.writeAsOffice(given) : simulator.write({ author, ...given });
    changed();
    return answered(c, written, 201);
  });
  app.post('/sim/posts/:id/edit', async (c) => {
    simulator.edit(c.req.param('id'), EditRequest.parse(await bodyOf(c)).text);
    changed();
    return answered(c, { ok: true });
  });
  app.post('/sim/posts/:id/delete', (c) => {
    simulator.delete(c.req.param('id'));
    changed();
    return answered(c, { ok: true });
  });
  app.post('/sim/switches/:id', async (c) => {
    const asked = SwitchRequest.parse(await bodyOf(c));
    const found = options.switches?.find(({ id }) => id === c.req.param('id'));
    if (!found) return c.notFound();
    found.turn(asked.on);
    return answered(c, { ok: true });
  });
  app.get('/sim/faults', (c) => c.json(simulator.faults.armed()));
  app.post('/sim/faults', async (c) => {
    const asked = FaultsRequest.parse(await c.req.json());
    if (asked.clear) simulator.faults.clear();
    if (asked.lagMs !== undefined) simulator.faults.lagMs = asked.lagMs;
    if (asked.rateLimitUntil !== undefined) simulator.faults.rateLimitUntil(asked.rateLimitUntil);
    for (const rule of asked.add ?? []) simulator.faults.add(faultRule(rule));
    return c.json({ armed: simulator.faults.armed().length });
  });
}

function faultRule({ method, path, times, until, do: fault }: z.infer<typeof FaultRequest>): FaultRule {
  return {
    match: { ...(method !== undefined && { method }), ...(path !== undefined && { path }) },
    ...(times !== undefined && { times }),
    ...(until !== undefined && { until }),
    do: fault as Fault,
  };
}

/** Leaves out what was not given (exactOptionalPropertyTypes). */
function present(post: Omit<z.infer<typeof WriteRequest>, 'asOffice' | 'author'>): Omit<NewPost, 'author'> {
  const { text, at, parentNativeId, quotedNativeId, asVisitor, media } = post;
  return {
    text,
    ...(at && { at }),
    ...(parentNativeId && { parentNativeId }),
    ...(quotedNativeId && { quotedNativeId }),
    ...(asVisitor && { asVisitor }),
    ...(media && { media }),
  };
}

function isForm(c: SimulatorContext): boolean {
  return !(c.req.header('content-type') ?? '').startsWith('application/json');
}

async function bodyOf(c: SimulatorContext): Promise<unknown> {
  return isForm(c) ? c.req.parseBody() : c.req.json();
}

/** A form goes back to the page; a program gets JSON. */
function answered(c: SimulatorContext, body: object, status: 200 | 201 = 200): Response {
  return isForm(c) ? c.redirect('/sim', 303) : c.json(body, status);
}
