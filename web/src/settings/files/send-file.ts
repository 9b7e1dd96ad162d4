import type { ImportLook, ImportStarted } from '../../../../src/api/contract/import-file.ts';
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

/** What is read, and how. `mapping`: a saved one; null: the last saved one that fits. */
export interface Chosen {
  readonly file: File;
  readonly portal: Portal;
  readonly mapping: string | null;
}

async function send({ file, portal, mapping }: Chosen, step: string): Promise<unknown> {
  const query = new URLSearchParams({
    portal,
    langkah: step,
    ...(mapping !== null && { pemetaan: mapping }),
  });
  const answer = await fetch(`/berkas/impor?${query}`, {
    method: 'POST',
    body: file,
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) },
  }).catch(() => null);
  const body: unknown = await answer?.json().catch(() => null);
  if (answer?.ok) return body;
  throw new FileRefused((body as Problem | null)?.words ?? null);
}

/** The file travels with each step: nothing of it waits on the server. @throws {FileRefused} */
export const lookAt = (chosen: Chosen) => send(chosen, 'lihat') as Promise<ImportLook>;

/** @returns when the file has arrived: it is read from then on, whoever looks. @throws {FileRefused} */
export const takeIn = (chosen: Chosen, step: 'uji' | 'jalankan') =>
  send(chosen, step) as Promise<ImportStarted>;
