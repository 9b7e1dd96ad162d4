import { setTimeout as pause } from 'node:timers/promises';
import { SECOND } from '../src/core/clock.ts';
import { asError } from '../src/core/errors.ts';
import { importWaiting } from '../src/joins/watched-folder.ts';
import type { Services } from '../src/services.ts';

/** Often enough that who puts a file there sees it go. */
const lookEvery = 5 * SECOND;

/**
 * Looks into the watched folder again and again. Beside the queues, because a file of 50,000 rows takes minutes and would
 * hold up the sweepers; any number of processes may look, a file is read by one of them.
 */
export function watchImportFolder(services: Services): AsyncDisposable {
  const stop = new AbortController();
  const { signal } = stop;
  const watch = async (): Promise<void> => {
    while (!signal.aborted) {
      await importWaiting(services, signal).catch((error: unknown) => {
        if (!signal.aborted)
          services.log.error('the import folder cannot be read', { error: asError(error) });
      });
      await pause(lookEvery, undefined, { signal }).catch(() => {});
    }
  };
  const watching = services.config.importDir === null ? Promise.resolve() : watch();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await watching;
    },
  };
}
