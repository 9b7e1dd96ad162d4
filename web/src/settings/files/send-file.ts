import type { ImportLook, ImportResult } from '../../../../src/api/contract/import-file.ts';
import type { Problem } from '../../shared/api.ts';
import type { Portal } from './words.ts';

/** The API's words when it refused the file; null: no answer came. */
export class FileRefused extends Error {
  override name = 'FileRefused';
  readonly words: Problem['words'] | null;
  constructor(words: Problem['words'] | null) {
    super(words?.en ?? 'no answer');
    this.words = words;
  }
}

async function send(file: File, portal: Portal, step: string): Promise<unknown> {
  const answer = await fetch(`/berkas/impor?portal=${portal}&langkah=${step}`, {
    method: 'POST',
    body: file,
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) },
  }).catch(() => null);
  const body: unknown = await answer?.json().catch(() => null);
  if (answer?.ok) return body;
  throw new FileRefused((body as Problem | null)?.words ?? null);
}

/** The file travels with each step: nothing of it waits on the server. @throws {FileRefused} */
export const lookAt = (file: File, portal: Portal) => send(file, portal, 'lihat') as Promise<ImportLook>;

export const takeIn = (file: File, portal: Portal, step: 'uji' | 'jalankan') =>
  send(file, portal, step) as Promise<ImportResult>;
