import type { KnowledgeFiles } from '../../src/classify/knowledge.ts';
import { knowledgeFiles, type TrainingExample } from '../../src/classify/load.ts';
import { fixedClock } from '../../src/core/clock.ts';
import { readConfig } from '../../src/core/config.ts';
import { silentLog } from '../../src/core/log.ts';
import { projectRoot } from '../../src/core/root.ts';
import { openServices, type Services } from '../../src/services.ts';
import { startTestServices } from './services.ts';

export interface LearningOffice extends AsyncDisposable {
  readonly clock: ReturnType<typeof fixedClock>;
  readonly services: Services;
  /** Our lists, and the written examples of four subjects only, so that a training takes a second. */
  readonly taught: { readonly files: KnowledgeFiles; readonly shipped: readonly TrainingExample[] };
}

const subjects = ['jalan', 'penerangan_jalan', 'sampah', 'bukan_aduan'];

/** The product without channels: messages are put into the database, the classifier learns. */
export async function openLearningOffice(): Promise<LearningOffice> {
  const test = await startTestServices();
  const clock = fixedClock('2026-11-24T03:00:00Z');
  const services = await openServices({
    config: { ...readConfig({}, projectRoot), database: test.db.databaseName, queuePrefix: test.queuePrefix },
    channels: [],
    mongoUrl: test.mongoUrl,
    redisUrl: test.redisUrl,
    secretKey: 'd'.repeat(64),
    auditKey: 'b'.repeat(64),
    clock,
    log: silentLog,
  });
  const { texts, examples } = services.reference;
  const shipped = examples.filter(({ subject }) => subjects.includes(subject));
  const files = Object.fromEntries(knowledgeFiles.map((name) => [name, JSON.parse(texts[name])]));
  return {
    clock,
    services: services,
    taught: { files: files as KnowledgeFiles, shipped },
    async [Symbol.asyncDispose]() {
      await services[Symbol.asyncDispose]();
      await test[Symbol.asyncDispose]();
    },
  };
}
