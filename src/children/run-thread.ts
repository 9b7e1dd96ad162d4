import { Worker } from 'node:worker_threads';

/** What a thread's program says: how far it is, and at the end what it made. */
export type ThreadMessage<Result> = { readonly share: number } | { readonly result: Result };

export interface ThreadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Share of the work done, 0..1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Of the heap; the thread ends with an error above it. */
  readonly memoryMib: number;
}

/**
 * Runs a program of ours in a thread of its own, so that long arithmetic holds nobody up. The program reads `workerData.task`
 * and posts {@link ThreadMessage}s; what it returns is copied, bytes are handed over.
 * @param program without its ending: `.ts` from source, `.js` from a build
 * @throws {DOMException} `AbortError` when the signal says so: the thread is ended at once
 */
export async function runThread<Result>(
  program: URL,
  task: unknown,
  { signal, onProgress, memoryMib }: ThreadOptions,
): Promise<Result> {
  signal?.throwIfAborted();
  const fromSource = import.meta.url.endsWith('.ts');
  const entry = `${program.href}${fromSource ? '.ts' : '.js'}`;
  const first = fromSource ? new URL('./thread-from-source.mjs', import.meta.url) : new URL(entry);
  const worker = new Worker(first, {
    workerData: { entry, task },
    resourceLimits: { maxOldGenerationSizeMb: memoryMib },
    // Nothing of ours, no secrets of the environment; no flags of a test run.
    env: {},
    execArgv: [],
  });
  const stop = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  const made = new Promise<Result>((resolve, reject) => {
    worker.on('message', (message: ThreadMessage<Result>) => {
      if ('result' in message) resolve(message.result);
      else onProgress?.(message.share);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread ended without a result')));
  });
  try {
    return await Promise.race([made, stop]);
  } finally {
    made.catch(() => {});
    stop.catch(() => {});
    await worker.terminate();
  }
}
