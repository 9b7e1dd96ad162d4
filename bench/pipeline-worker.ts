/** A worker process for bench/pipeline.ts: works off the queues until it is told to stop, then says what it took. */
import { startWorkers } from '../workers/start.ts';
import { type BenchPlace, openBenchServices } from './bench-services.ts';

export interface WorkerTook {
  /** Since the process was ready, user and system. */
  readonly cpuMicros: number;
  /** The most that it ever held, bytes. */
  readonly peakRss: number;
}

process.once('message', async (place: BenchPlace) => {
  const services = await openBenchServices(place);
  const workers = startWorkers(services);
  const ready = process.cpuUsage();
  process.once('message', async () => {
    const { user, system } = process.cpuUsage(ready);
    const took: WorkerTook = {
      cpuMicros: user + system,
      peakRss: process.resourceUsage().maxRSS * 1_024,
    };
    await workers[Symbol.asyncDispose]();
    await services[Symbol.asyncDispose]();
    process.send?.(took, () => process.disconnect());
  });
  process.send?.('ready');
});
