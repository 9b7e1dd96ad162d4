import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { type Context, Hono } from 'hono';
import { asError, RefusedError } from '../core/errors.ts';
import type { ApiContext } from './context.ts';
import { ImportQuery, type ImportStarted } from './contract/import-file.ts';
import type { ApiDeps } from './deps.ts';
import { addressOf, type Env, identify } from './guards.ts';
import { startImportRun } from './import-runs.ts';
import { door } from './json-api.ts';
import { languageOf, problemResponse, statusOf } from './problem.ts';

/** A sheet of 50,000 reports has about 15 MB. Longer files go through the watched folder. */
const largestFile = 60 * 1024 * 1024;
const tooLarge = {
  id: 'Berkas lebih dari 60 MB. Pecah menjadi beberapa berkas, atau taruh di folder impor.',
  en: 'The file has more than 60 MB. Split it, or put it into the watched folder.',
};

function nameOf(c: Context): string {
  return decodeURIComponent(c.req.header('x-file-name') ?? '');
}

/** Only its ending counts; the rest of a name from outside names nothing on our disk. */
function endingOf(c: Context): string {
  const name = nameOf(c);
  return /\.(csv|xlsx|xls|jsonl)$/i.exec(name)?.[0].toLowerCase() ?? path.extname(name).slice(0, 10);
}

/** Writes the body to the disk while it comes. @throws {RefusedError} `invalid` when it is too long */
async function keep(body: ReadableStream | null, to: string): Promise<void> {
  if (body === null) throw new RefusedError('invalid', { id: 'Tidak ada berkas.', en: 'There is no file.' });
  let bytes = 0;
  const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > largestFile) throw new RefusedError('invalid', tooLarge);
      yield chunk;
    }
  };
  await pipeline(Readable.fromWeb(body), counted, createWriteStream(to, { mode: 0o600 }));
}

/** "Impor": what `tanggap import` does, for a file from the browser. Nothing of it stays on our disk once it is read. */
export function importRoutes(deps: ApiDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.use('/berkas/*', identify(deps));
  app.post('/berkas/impor', async (c) => {
    const context: ApiContext = {
      ...{ deps, user: c.get('user'), token: c.get('token'), address: addressOf(c, deps) },
      keepToken: () => {},
    };
    await door(context, 'import.run');
    const { portal, langkah, pemetaan = null } = ImportQuery.parse(c.req.query());
    const folder = await mkdtemp(path.join(tmpdir(), 'tanggap-unggah-'));
    let ended: Promise<void> | null = null;
    try {
      const file = path.join(folder, `berkas${endingOf(c).replace(/[^.a-z0-9]/gi, '')}`);
      await keep(c.req.raw.body as ReadableStream | null, file);
      if (langkah === 'lihat') return c.json(await deps.importing.look(file, portal, pemetaan));
      const asked = { portal, step: langkah, file: nameOf(c).slice(0, 200), mapping: pemetaan };
      const started = await startImportRun(context, file, asked);
      ended = started.ended;
      const answer: ImportStarted = { run: started.run._id };
      return c.json(answer, 202);
    } finally {
      // A run reads the file to its end, while whoever asked may be gone.
      void Promise.resolve(ended).then(() => rm(folder, { recursive: true, force: true }));
    }
  });
  app.onError((thrown, c) => {
    const language = languageOf(c.req.header('accept-language'));
    const error = asError(thrown);
    if (error instanceof RefusedError)
      return problemResponse(
        { status: statusOf[error.code], code: error.code, words: error.words },
        language,
      );
    if (error.name === 'ZodError' || error instanceof URIError) {
      const words = { id: 'Kanal atau langkah tidak dikenal.', en: 'Unknown portal or step.' };
      return problemResponse({ status: 422, code: 'invalid', words }, language);
    }
    throw error;
  });
  return app;
}
