import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { Busboy } from '@fastify/busboy';

export interface FormCaps {
  readonly files: number;
  /** Of one file. */
  readonly fileBytes: number;
}

/** A form as it was sent. Its files lie in a folder of their own, which goes with it. */
export interface SentForm extends AsyncDisposable {
  readonly fields: Readonly<Record<string, string>>;
  /** Paths, in the order of the form; what was left empty is not among them. */
  readonly files: readonly string[];
  /** Places (0 the first) of files that were longer than allowed: their rest was thrown away. */
  readonly tooLarge: readonly number[];
  /** There were more files than allowed. */
  readonly tooMany: boolean;
}

const longestField = 64 * 1024;
const mostFields = 50;

/**
 * Reads a form whose files go to the disk while they come: no file is ever held in memory.
 * @throws {Error} when the body is no form
 */
export async function readForm(request: Request, caps: FormCaps): Promise<SentForm> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tanggap-form-'));
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    return { ...(await readInto(folder, request, caps)), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function readInto(
  folder: string,
  request: Request,
  caps: FormCaps,
): Promise<Omit<SentForm, keyof AsyncDisposable>> {
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  const { files, fileBytes } = caps;
  const parser = new Busboy({
    headers,
    // One more than allowed, so that "too many" is seen; browsers send an empty one for a field left empty.
    limits: { fields: mostFields, fieldSize: longestField, files: files + 1, fileSize: fileBytes },
  });
  const form = { fields: {} as Record<string, string>, tooMany: false };
  const writes: Promise<{ path: string; bytes: number; cut: boolean }>[] = [];
  parser.on('field', (name, value) => {
    if (Object.hasOwn(form.fields, name)) return;
    Object.defineProperty(form.fields, name, { value, enumerable: true });
  });
  parser.on('filesLimit', () => {
    form.tooMany = true;
  });
  parser.on('file', (_name, stream) => {
    const to = path.join(folder, String(writes.length));
    const written = createWriteStream(to, { mode: 0o600 });
    const write = pipeline(stream, written).then(() => ({
      path: to,
      bytes: written.bytesWritten,
      cut: stream.truncated,
    }));
    // Heard when all is read; the parser itself fails before that when the body breaks off.
    write.catch(() => {});
    writes.push(write);
  });
  if (request.body === null) throw new Error('no body');
  await pipeline(Readable.fromWeb(request.body as ReadableStream), parser);
  const sent = (await Promise.all(writes)).filter(({ bytes }) => bytes > 0);
  return {
    ...form,
    tooMany: form.tooMany || sent.length > files,
    files: sent.slice(0, files).map((file) => file.path),
    tooLarge: sent.flatMap(({ cut }, place) => (cut ? [place] : [])),
  };
}
