import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { asError, RefusedError } from '../../core/errors.ts';
import { reasonInEnglish } from '../../importing/reason-in-english.ts';
import { type IntakeKey, useIntakeKey } from '../../store/intake-keys.ts';
import type { ApiDeps } from '../deps.ts';
import type { Env } from '../guards.ts';
import { isOutage } from '../json-api.ts';
import { languageOf, problemResponse, statusOf, wordsFor } from '../problem.ts';
import { reportFields, reportOf } from './report.ts';

const largestBody = 256 * 1024;

/** A report from a program of the regency: the fields of our form, with its own id and time. */
const IntakeReport = reportFields.id.extend({
  /** The program's own number: the same one again is the same report. */
  id: z.string().trim().min(1).max(200),
  waktu: z.iso
    .datetime({ offset: true })
    .transform((at) => new Date(at))
    .optional(),
});

/** A row by the names of the portal's own columns. */
const PortalCells = z.record(z.string().max(200), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const noKey = {
  id: 'Kunci tidak sah atau sudah dicabut. Minta kunci baru kepada admin sistem.',
  en: 'No valid key. Ask the system administrator for a new one.',
};

/** @throws {RefusedError} `unauthenticated` */
async function keyOf(c: Context<Env>, deps: ApiDeps, door: 'website' | 'portal'): Promise<IntakeKey> {
  const given = /^Bearer (tk_[\w-]{20,100})$/i.exec(c.req.header('authorization') ?? '')?.[1];
  const key = given === undefined ? null : await useIntakeKey(deps.db, given, deps.clock.now());
  const isForWebsite = key?.channelId.startsWith('website-') ?? false;
  if (key && isForWebsite === (door === 'website')) return key;
  throw new RefusedError('unauthenticated', noKey);
}

/** Reports that programs hand over, with a key of theirs. JSON in, JSON out. */
export function intakeRoutes(deps: ApiDeps): Hono<Env> {
  const app = new Hono<Env>();
  const language = (c: Context) => languageOf(c.req.header('accept-language'));
  app.use(
    bodyLimit({
      maxSize: largestBody,
      onError: (c) => problemResponse({ status: 413, code: 'too-large', words: wordsFor(413) }, language(c)),
    }),
  );

  app.post('/website', async (c) => {
    const key = await keyOf(c, deps, 'website');
    await deps.publicLimits.count('intake', key._id);
    const body = IntakeReport.safeParse(await c.req.json().catch(() => null));
    if (!body.success) {
      const issues = body.error.issues.map(({ path, message }) => ({ path, message }));
      const words = { id: 'Laporan tidak dapat dibaca.', en: 'The report cannot be read.' };
      return problemResponse({ status: 422, code: 'invalid', words, details: { issues } }, language(c));
    }
    const { id, waktu, ...fields } = body.data;
    const now = deps.clock.now();
    const report = reportOf(fields, {
      // Of its own key only: no program overwrites another one's report.
      nativeId: createHash('sha256').update(`${key._id}\n${id}`).digest('hex').slice(0, 32),
      postedAt: waktu !== undefined && waktu < now ? waktu : now,
      via: key._id,
      photos: [],
      places: deps.site.places,
    });
    const receipt = await deps.site.receive(report);
    return receipt === null
      ? c.json({ nomor: null, kode: null }, 202)
      : c.json({ nomor: receipt.number, kode: receipt.code }, 201);
  });

  app.post('/portal', async (c) => {
    const key = await keyOf(c, deps, 'portal');
    await deps.publicLimits.count('intake', key._id);
    const cells = PortalCells.safeParse(await c.req.json().catch(() => null));
    const done = cells.success
      ? await deps.site.portalRow(key.channelId, cells.data)
      : { refused: 'bukan objek JSON dengan nama kolom portal' };
    if ('refused' in done) {
      const words = {
        id: `Baris ditolak: ${done.refused}.`,
        en: `The row is refused: ${reasonInEnglish(done.refused)}.`,
      };
      return problemResponse({ status: 422, code: 'invalid', words }, language(c));
    }
    return c.json({ hasil: done.stored }, done.stored === 'added' ? 201 : 200);
  });

  app.onError((thrown, c) => {
    const error = asError(thrown);
    if (error instanceof RefusedError)
      return problemResponse(
        { status: statusOf[error.code], code: error.code, words: error.words },
        language(c),
      );
    const status = isOutage(error) ? 503 : 500;
    deps.log.error('intake failed', { error });
    return problemResponse(
      { status, code: status === 503 ? 'unavailable' : 'internal', words: wordsFor(status) },
      language(c),
    );
  });
  return app;
}
