import { setTimeout as pause } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { z } from 'zod';
import { monotonicNow } from '../../core/clock.ts';
import { RefusedError } from '../../core/errors.ts';
import type { MentionId } from '../../domain/ids.ts';
import { sentAnswersOf } from '../../store/replies.ts';
import { listSiteAnswers } from '../../store/site-answers.ts';
import { askToReopen, findTracked, rateCase } from '../../store/tracking.ts';
import type { ApiDeps } from '../deps.ts';
import { addressOf, type Env } from '../guards.ts';
import { style } from '../page/style.ts';
import { statusOf } from '../problem.ts';
import { contactBox } from './contact-box.ts';
import { contactRoutes } from './contact-routes.ts';
import { newStamp, readStamp, reportToken } from './form-stamp.ts';
import { lacakPage, type Tracked, trackedPage } from './lacak-page.ts';
import { laporPage, largestPhotoMb, mostPhotos, receiptPage, type Typed } from './lapor-page.ts';
import { publicPage, publicStylePath, tooLarge, type View, viewOf, wrongBox } from './public-layout.ts';
import { readForm, type SentForm } from './read-form.ts';
import { reportFields, reportOf } from './report.ts';
import { citizenWords } from './words.ts';

/** Three photos and the words. */
const largestReport = (mostPhotos * largestPhotoMb + 1) * 1024 * 1024;
/** Reports with photos that are read at once; further ones are asked to come back. */
const mostAtOnce = 3;

type FormPage = (view: View, typed: Typed, wrong: readonly string[]) => ReturnType<typeof laporPage>;
type Wrong = (typeof citizenWords)['id']['wrong'];

/** The pages for citizens: the form `/lapor` and the tracking page `/lacak`. No account, no script, no cookie. */
export function publicRoutes(deps: ApiDeps): Hono<Env> {
  const app = new Hono<Env>();
  const { clock, key } = deps;

  const form: FormPage = (view, typed, wrong) =>
    laporPage({ view, stamp: newStamp(key, clock.now()), places: deps.site.places, typed, wrong });

  app.get(publicStylePath, (c) => {
    c.header('cache-control', 'public, max-age=31536000, immutable');
    return c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' });
  });
  app.get('/lapor', (c) => c.html(form(viewOf(c, deps), {}, [])));

  let reading = 0;
  app.post(
    '/lapor',
    bodyLimit({
      maxSize: largestReport,
      onError: (c) => {
        const view = viewOf(c, deps);
        return c.html(
          form(view, {}, [citizenWords[view.language].wrong.photosTooLarge(largestPhotoMb)]),
          413,
        );
      },
    }),
    async (c) => {
      const view = viewOf(c, deps);
      if (reading >= mostAtOnce) return c.html(form(view, {}, [citizenWords[view.language].wrong.busy]), 503);
      reading += 1;
      try {
        return await takeReport(c, deps, form);
      } finally {
        reading -= 1;
      }
    },
  );

  app.route('/lapor/kontak', contactRoutes(deps));
  app.get('/lacak', (c) => c.html(lacakPage(viewOf(c, deps), null)));
  app.post('/lacak', smallForm, (c) => tracked(c, deps, async () => []));
  app.post('/lacak/nilai', smallForm, (c) =>
    tracked(c, deps, async ({ case: one }, fields, wrong) => {
      const stars = z.coerce.number().int().min(1).max(5).safeParse(fields.bintang);
      if (!stars.success) return [wrong.stars];
      const done = await rateCase(deps.db, one._id, { stars: stars.data, at: clock.now() });
      return done ? [] : [wrong.notAnswered];
    }),
  );
  app.post('/lacak/buka', smallForm, (c) =>
    tracked(c, deps, async ({ case: one }, fields, wrong) => {
      const reason = z.string().trim().min(10).max(1_000).safeParse(fields.alasan);
      if (!reason.success) return [wrong.reason];
      const done = await askToReopen(deps.db, one._id, { reason: reason.data, at: clock.now() });
      return done ? [] : [wrong.notFinished];
    }),
  );

  app.onError((error, c) => {
    if (!(error instanceof RefusedError)) throw error;
    const view = viewOf(c, deps);
    const { failed } = citizenWords[view.language];
    return c.html(
      publicPage(view, failed, null, html`<h1>${failed}</h1>${wrongBox([error.words[view.language]])}`),
      statusOf[error.code],
    );
  });
  return app;
}

const smallForm = bodyLimit({ maxSize: 16 * 1024, onError: tooLarge });

async function takeReport(c: Context<Env>, deps: ApiDeps, form: FormPage): Promise<Response> {
  const view = viewOf(c, deps);
  const say = citizenWords[view.language].wrong;
  const caps = { files: mostPhotos, fileBytes: largestPhotoMb * 1024 * 1024 };
  const sent = await readForm(c.req.raw, caps).catch(() => null);
  if (sent === null) return c.html(form(view, {}, [say.unreadable]), 400);
  await using read = sent;
  const typed: Typed = read.fields;
  const again = (wrong: readonly string[]) => c.html(form(view, typed, wrong), 422);

  const stamp = readStamp(deps.key, typed.cap ?? '', deps.clock.now());
  if ('why' in stamp) return again([say.stamp[stamp.why]]);
  // Filled in by programs, sometimes by a browser for a person: nothing is thrown away.
  if (typed.situs) return again([say.hidden]);
  const fields = reportFields[view.language].safeParse(typed);
  const wrong = fields.success ? [] : fields.error.issues.map((issue) => issue.message);
  wrong.push(...wrongWithFiles(say, read));
  if (typed.setuju !== 'ya') wrong.push(say.consent);
  if (!fields.success || wrong.length > 0) return again(wrong);

  try {
    await deps.publicLimits.count('report', addressOf(c, deps));
    const rest = { nativeId: stamp.id, postedAt: deps.clock.now(), via: 'form', photos: read.files };
    const receipt = await deps.site.receive(reportOf(fields.data, { ...rest, places: deps.site.places }));
    const contact = receipt === null ? '' : await contactOf(deps, view, receipt.mentionId);
    return c.html(receiptPage(view, receipt, contact), receipt === null ? 202 : 201);
  } catch (error) {
    // Nothing that was typed is lost; photos have to be chosen again, browsers allow no other way.
    if (!(error instanceof RefusedError)) throw error;
    return c.html(form(view, typed, [error.words[view.language]]), statusOf[error.code]);
  }
}

function wrongWithFiles(say: Wrong, { tooMany, tooLarge: large }: SentForm): string[] {
  return [
    ...(tooMany ? [say.tooManyPhotos(mostPhotos)] : []),
    ...large.map((place) => say.photoTooLarge(place + 1, largestPhotoMb)),
  ];
}

/** Every miss takes this long, in milliseconds: how fast the answer comes tells nothing. */
const missTakes = 250;

async function tracked(
  c: Context<Env>,
  deps: ApiDeps,
  act: (found: Tracked, fields: Typed, wrong: Wrong) => Promise<readonly string[]>,
): Promise<Response> {
  const startedAt = monotonicNow();
  const view = viewOf(c, deps);
  const say = citizenWords[view.language].wrong;
  const fields = (await c.req.parseBody()) as Typed;
  const found = await findForCitizen(deps, view, fields);
  if (found === null) {
    await deps.publicLimits.count('miss', addressOf(c, deps));
    await pause(Math.max(0, missTakes - (monotonicNow() - startedAt)));
    return c.html(lacakPage(view, say.miss), 404);
  }
  const wrong = await act(found, fields, say);
  const now = (await findForCitizen(deps, view, fields)) ?? found;
  return c.html(trackedPage(view, now, wrong), wrong.length > 0 ? 422 : 200);
}

async function findForCitizen(deps: ApiDeps, view: View, fields: Typed): Promise<Tracked | null> {
  const [number, code] = [fields.nomor, fields.kode].map((word) =>
    typeof word === 'string' ? word.trim().toUpperCase().slice(0, 40) : '',
  );
  const one = await findTracked(deps.db, number ?? '', code ?? '');
  if (one === null) return null;
  const answers =
    one.platform === 'website'
      ? await listSiteAnswers(deps.db, one.mentionIds)
      : await sentAnswersOf(deps.db, one._id);
  return {
    case: one,
    code: one.trackingCode,
    agency: one.agency === null ? null : (deps.agencyNames.get(one.agency) ?? null),
    answers,
    contact: one.platform === 'website' ? await contactOf(deps, view, one.rootMentionId) : '',
  };
}

async function contactOf(deps: ApiDeps, view: View, id: MentionId) {
  return contactBox(view, reportToken(deps.key, id), await deps.site.contact.ways(id));
}
