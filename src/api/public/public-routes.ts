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
import { publicPage, publicStylePath, wrongBox } from './public-layout.ts';
import { readForm, type SentForm } from './read-form.ts';
import { ReportFields, reportOf } from './report.ts';

/** Three photos and the words. */
const largestReport = (mostPhotos * largestPhotoMb + 1) * 1024 * 1024;
/** Reports with photos that are read at once; further ones are asked to come back. */
const mostAtOnce = 3;

const stampWords = {
  foreign: 'Formulir ini tidak dikenali. Isian Anda masih ada: periksa, lalu kirim sekali lagi.',
  'too-old': 'Formulir sudah terlalu lama terbuka. Isian Anda masih ada: periksa, lalu kirim sekali lagi.',
  'too-fast': 'Formulir terkirim terlalu cepat. Periksa isian Anda, lalu kirim sekali lagi.',
} as const;

/** The pages for citizens: the form `/lapor` and the tracking page `/lacak`. No account, no script, no cookie. */
export function publicRoutes(deps: ApiDeps): Hono<Env> {
  const app = new Hono<Env>();
  const { mode, clock, key } = deps;

  const form = (typed: Typed, wrong: readonly string[]) =>
    laporPage({ mode, stamp: newStamp(key, clock.now()), places: deps.site.places, typed, wrong });

  app.get(publicStylePath, (c) => {
    c.header('cache-control', 'public, max-age=31536000, immutable');
    return c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' });
  });
  app.get('/lapor', (c) => c.html(form({}, [])));

  let reading = 0;
  app.post(
    '/lapor',
    bodyLimit({
      maxSize: largestReport,
      onError: (c) =>
        c.html(form({}, [`Foto terlalu besar: masing-masing paling banyak ${largestPhotoMb} MB.`]), 413),
    }),
    async (c) => {
      if (reading >= mostAtOnce)
        return c.html(form({}, ['Sedang banyak laporan masuk. Silakan kirim lagi sebentar lagi.']), 503);
      reading += 1;
      try {
        return await takeReport(c, deps, form);
      } finally {
        reading -= 1;
      }
    },
  );

  app.route('/lapor/kontak', contactRoutes(deps));
  app.get('/lacak', (c) => c.html(lacakPage(mode, null)));
  app.post('/lacak', smallForm, (c) => tracked(c, deps, async () => []));
  app.post('/lacak/nilai', smallForm, (c) =>
    tracked(c, deps, async ({ case: one }, fields) => {
      const stars = z.coerce.number().int().min(1).max(5).safeParse(fields.bintang);
      if (!stars.success) return ['Pilih nilai 1 sampai 5.'];
      const done = await rateCase(deps.db, one._id, { stars: stars.data, at: clock.now() });
      return done ? [] : ['Laporan ini belum dijawab; nilai dapat diberikan sesudahnya.'];
    }),
  );
  app.post('/lacak/buka', smallForm, (c) =>
    tracked(c, deps, async ({ case: one }, fields) => {
      const reason = z.string().trim().min(10).max(1_000).safeParse(fields.alasan);
      if (!reason.success) return ['Tuliskan apa yang belum beres, 10 sampai 1.000 huruf.'];
      const done = await askToReopen(deps.db, one._id, { reason: reason.data, at: clock.now() });
      return done ? [] : ['Laporan ini masih ditangani, jadi tidak perlu dibuka kembali.'];
    }),
  );

  app.onError((error, c) => {
    if (!(error instanceof RefusedError)) throw error;
    return c.html(
      publicPage(mode, 'Belum berhasil', html`${wrongBox([error.words.id])}`),
      statusOf[error.code],
    );
  });
  return app;
}

const smallForm = bodyLimit({ maxSize: 16 * 1024, onError: (c) => c.text('Terlalu besar.', 413) });

async function takeReport(
  c: Context<Env>,
  deps: ApiDeps,
  form: (typed: Typed, wrong: readonly string[]) => ReturnType<typeof laporPage>,
): Promise<Response> {
  const caps = { files: mostPhotos, fileBytes: largestPhotoMb * 1024 * 1024 };
  const sent = await readForm(c.req.raw, caps).catch(() => null);
  if (sent === null)
    return c.html(form({}, ['Isian tidak terbaca. Silakan isi dan kirim sekali lagi.']), 400);
  await using read = sent;
  const typed: Typed = read.fields;
  const again = (wrong: readonly string[]) => c.html(form(typed, wrong), 422);

  const stamp = readStamp(deps.key, typed.cap ?? '', deps.clock.now());
  if ('why' in stamp) return again([stampWords[stamp.why]]);
  // Filled in by programs, sometimes by a browser for a person: nothing is thrown away.
  if (typed.situs) return again(['Kosongkan kolom yang tersembunyi, lalu kirim sekali lagi.']);
  const fields = ReportFields.safeParse(typed);
  const wrong = fields.success ? [] : fields.error.issues.map((issue) => issue.message);
  wrong.push(...wrongWithFiles(read));
  if (typed.setuju !== 'ya') wrong.push('Beri tanda setuju supaya laporan dapat kami tangani.');
  if (!fields.success || wrong.length > 0) return again(wrong);

  try {
    await deps.publicLimits.count('report', addressOf(c, deps));
    const rest = { nativeId: stamp.id, postedAt: deps.clock.now(), via: 'form', photos: read.files };
    const receipt = await deps.site.receive(reportOf(fields.data, { ...rest, places: deps.site.places }));
    const contact = receipt === null ? '' : await contactOf(deps, receipt.mentionId);
    return c.html(receiptPage(deps.mode, receipt, contact), receipt === null ? 202 : 201);
  } catch (error) {
    // Nothing that was typed is lost; photos have to be chosen again, browsers allow no other way.
    if (!(error instanceof RefusedError)) throw error;
    return c.html(form(typed, [error.words.id]), statusOf[error.code]);
  }
}

function wrongWithFiles({ tooMany, tooLarge }: SentForm): string[] {
  return [
    ...(tooMany ? [`Foto paling banyak ${mostPhotos}.`] : []),
    ...tooLarge.map((place) => `Foto ${place + 1} lebih besar dari ${largestPhotoMb} MB.`),
  ];
}

/** Every miss takes this long, in milliseconds: how fast the answer comes tells nothing. */
const missTakes = 250;
const missWords =
  'Nomor dan kode ini tidak cocok. Periksa keduanya; laporan rahasia tidak tampil di halaman ini.';

async function tracked(
  c: Context<Env>,
  deps: ApiDeps,
  act: (found: Tracked, fields: Typed) => Promise<readonly string[]>,
): Promise<Response> {
  const startedAt = monotonicNow();
  const fields = (await c.req.parseBody()) as Typed;
  const found = await findForCitizen(deps, fields);
  if (found === null) {
    await deps.publicLimits.count('miss', addressOf(c, deps));
    await pause(Math.max(0, missTakes - (monotonicNow() - startedAt)));
    return c.html(lacakPage(deps.mode, missWords), 404);
  }
  const wrong = await act(found, fields);
  const now = (await findForCitizen(deps, fields)) ?? found;
  return c.html(trackedPage(deps.mode, now, wrong), wrong.length > 0 ? 422 : 200);
}

async function findForCitizen(deps: ApiDeps, fields: Typed): Promise<Tracked | null> {
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
    contact: one.platform === 'website' ? await contactOf(deps, one.rootMentionId) : '',
  };
}

async function contactOf(deps: ApiDeps, id: MentionId) {
  return contactBox(reportToken(deps.key, id), await deps.site.contact.ways(id));
}
