import { login } from '../../src/accounts/login.ts';
import { buildApi } from '../../src/api/build-api.ts';
import type { KnowledgeFiles } from '../../src/classify/knowledge.ts';
import { knowledgeFiles, type TrainingExample } from '../../src/classify/load.ts';
import { fixedClock } from '../../src/core/clock.ts';
import { readConfig } from '../../src/core/config.ts';
import { silentLog } from '../../src/core/log.ts';
import { projectRoot } from '../../src/core/root.ts';
import type { UserId } from '../../src/domain/ids.ts';
import type { TrainingRun } from '../../src/domain/model.ts';
import { apiDeps } from '../../src/joins/api.ts';
import { openServices, type Services } from '../../src/services.ts';
import { addPerson, call, origin, password } from './api.ts';
import { startTestServices } from './services.ts';

export interface LearningOffice extends AsyncDisposable {
  readonly clock: ReturnType<typeof fixedClock>;
  readonly services: Services;
  /** Our lists, and a few written examples of four subjects only, so that a training takes a second. */
  readonly taught: { readonly files: KnowledgeFiles; readonly shipped: readonly TrainingExample[] };
  /** The services with those few examples. */
  readonly brief: Services;
  /** A request to the API by somebody of this role. */
  ask(who: 'petugas' | 'superadmin', path: string, body?: unknown): Promise<Answer>;
}

interface Answer {
  readonly status: number;
  /** The members that tests look at. */
  readonly body: {
    readonly words: { readonly id: string };
    readonly run: TrainingRun;
    readonly rows: readonly unknown[];
    readonly confusions: readonly unknown[];
    readonly precision: readonly unknown[];
    readonly weeks: readonly unknown[];
    readonly candidates: readonly {
      readonly because: readonly {
        readonly words: string;
        readonly source: string;
        readonly weight: number;
      }[];
    }[];
  };
}

const subjects = ['jalan', 'penerangan_jalan', 'sampah', 'bukan_aduan'];
/** Of each. */
const most = 30;

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
  const shipped = subjects.flatMap((one) => examples.filter(({ subject }) => subject === one).slice(0, most));
  const files = Object.fromEntries(knowledgeFiles.map((name) => [name, JSON.parse(texts[name])]));
  const deps = apiDeps(services, [origin]);
  const app = buildApi(deps);
  const tokens = new Map<string, string>();
  async function tokenOf(who: 'petugas' | 'superadmin'): Promise<string> {
    const known = tokens.get(who);
    if (known) return known;
    await addPerson(deps, { _id: who as UserId, name: who, role: who, agency: null, mayPublish: false });
    const { token } = await login(deps, who, password, '127.0.0.1');
    tokens.set(who, token);
    return token;
  }
  return {
    clock,
    services,
    brief: {
      ...services,
      // Spread would read the getters once.
      get classifier() {
        return services.classifier;
      },
      reference: { ...services.reference, examples: shipped, texts },
    },
    async ask(who, path, body) {
      const response = await call(app, path, { token: await tokenOf(who), body });
      return { status: response.status, body: (await response.json()) as Answer['body'] };
    },
    taught: { files: files as KnowledgeFiles, shipped },
    async [Symbol.asyncDispose]() {
      await services[Symbol.asyncDispose]();
      await test[Symbol.asyncDispose]();
    },
  };
}
