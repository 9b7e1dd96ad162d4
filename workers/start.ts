import { SECOND } from '../src/core/clock.ts';
import { startWorker } from '../src/queues/queues.ts';
import type { Services } from '../src/services.ts';
import { handlers } from './handlers.ts';
import { watchImportFolder } from './import-folder.ts';

/** Running jobs get this long when we stop; then their lock runs out and another worker takes them. */
const stopWithin = 12 * SECOND;

/** A worker for every queue of these services. Disposing it waits for the running jobs, at most 12 s. */
export function startWorkers(services: Services): AsyncDisposable {
  const handle = handlers(services);
  const { workerConnection: connection, log, clock, config } = services;
  const options = { lockMs: config.lockMs, log, clock };
  const workers: { close(force?: boolean): Promise<void> }[] = [
    startWorker(connection, 'classify', handle.classify, { ...options, concurrency: 2 }),
    startWorker(connection, 'upkeep', handle.upkeep, { ...options, concurrency: 2 }),
    startWorker(connection, 'receive', handle.receive, { ...options, concurrency: 2 }),
    startWorker(connection, 'train', handle.train, { ...options, concurrency: 1 }),
  ];
  for (const channel of services.queues.poll.keys())
    workers.push(startWorker(connection, 'poll', handle.poll, { ...options, concurrency: 1 }, channel));
  for (const channel of services.queues.publish.keys())
    workers.push(startWorker(connection, 'publish', handle.publish, { ...options, concurrency: 1 }, channel));
  const folder = watchImportFolder(services);
  return {
    async [Symbol.asyncDispose]() {
      const closed = Promise.all([...workers.map((worker) => worker.close()), folder[Symbol.asyncDispose]()]);
      const late = new Promise<'late'>((resolve) => setTimeout(resolve, stopWithin, 'late').unref());
      if ((await Promise.race([closed, late])) === 'late') {
        log.warn('jobs did not end in time, their locks will run out', {});
        await Promise.all(workers.map((worker) => worker.close(true)));
      }
    },
  };
}
