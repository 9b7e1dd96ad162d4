import { systemClock } from '../src/core/clock.ts';
import { readConfig } from '../src/core/config.ts';
import { silentLog } from '../src/core/log.ts';
import { openServices, type Services } from '../src/services.ts';

/** Where a bench works: servers of its own, a folder and a database that are thrown away. */
export interface BenchPlace {
  readonly mongoUrl: string;
  readonly redisUrl: string;
  readonly home: string;
  /** Of the database and of the queues. */
  readonly name: string;
  /** How far its worker carries a message: up to its classification, or with case and first draft. */
  readonly through: 'classified' | 'drafted';
}

/** The product's services with one channel that nobody polls. */
export function openBenchServices({
  mongoUrl,
  redisUrl,
  home,
  name,
}: Omit<BenchPlace, 'through'>): Promise<Services> {
  return openServices({
    config: { ...readConfig({ START_FROM_DAYS: '200' }, home), database: name, queuePrefix: name },
    channels: [
      {
        platform: 'x',
        account: { id: '1', name: 'bench' },
        agency: null,
        token: 'none',
        appId: null,
        appSecret: null,
        keywords: [],
        limitMicros: null,
        simulator: 'http://127.0.0.1:9',
      },
    ],
    mongoUrl,
    redisUrl,
    auditKey: 'e'.repeat(64),
    secretKey: 'b'.repeat(64),
    clock: systemClock,
    log: silentLog,
  });
}
