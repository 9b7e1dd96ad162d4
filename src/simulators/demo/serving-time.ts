import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';

const Stored = z.object({ startedAt: z.coerce.date(), servedMs: z.number().min(0) });

/** When the demo was started for the first time, and for how long it has been served since, over restarts. */
export interface ServingTime {
  readonly startedAt: Date;
  readonly servedMs: number;
  /** Counts on in memory; `keep` puts it on disk. */
  add(ms: number): void;
  keep(): void;
}

/** A crash loses what was served since the last `keep`, so that part of the story comes a little later. */
export function openServingTime(dir: string, clock: Clock): ServingTime {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, 'demo-time.json');
  const stored = existsSync(path) ? Stored.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
  const startedAt = stored?.startedAt ?? clock.now();
  let servedMs = stored?.servedMs ?? 0;
  const keep = (): void => {
    writeFileSync(`${path}.new`, JSON.stringify({ startedAt, servedMs }));
    renameSync(`${path}.new`, path);
  };
  if (stored === null) keep();
  return {
    startedAt,
    get servedMs() {
      return servedMs;
    },
    add(ms) {
      servedMs += ms;
    },
    keep,
  };
}
