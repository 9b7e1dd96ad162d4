/** A worker process for bench/pipeline.ts: works off the queues until it is told to stop, then says what it took. */
import { heedDeclared } from '../src/cases/declared.ts';
import { type Handler, startWorker } from '../src/queues/queues.ts';
import type { Services } from '../src/services.ts';
import { settleClassifications, waitingForClassification } from '../src/store/mention-work.ts';
import { mentions } from '../src/store/mentions.ts';
import { inputFor } from '../workers/classify.ts';
import { readKnown } from '../workers/known.ts';
import { startWorkers } from '../workers/start.ts';
import { type BenchPlace, openBenchServices } from './bench-services.ts';

export interface WorkerTook {
  /** Since the process was ready, user and system. */
  readonly cpuMicros: number;
  /** The most that it ever held, bytes. */
  readonly peakRss: number;
}

/** What workers/classify.ts does without the cases and drafts: read, judge, settle. */
function classifyOnly(services: Services): Handler<'classify'> {
  const collection = mentions(services.database.db);
  return async ({ mentionIds }) => {
    const waiting = await waitingForClassification(collection, mentionIds);
    const known = await readKnown(services, waiting);
    const judged = waiting.map((mention) => ({
      ...{ _id: mention._id, revision: mention.revision, caseId: mention.caseId },
      classification: heedDeclared(
        services.classifier.classify(inputFor(services, mention, known)),
        mention.declared,
      ),
    }));
    await settleClassifications(collection, judged);
  };
}

function startClassifying(services: Services): AsyncDisposable {
  const { workerConnection, config, log, clock } = services;
  const options = { lockMs: config.lockMs, log, clock, concurrency: 2 };
  const worker = startWorker(workerConnection, 'classify', classifyOnly(services), options);
  return { [Symbol.asyncDispose]: () => worker.close() };
}

process.once('message', async (place: BenchPlace) => {
  const services = await openBenchServices(place);
  const workers = place.through === 'drafted' ? startWorkers(services) : startClassifying(services);
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
