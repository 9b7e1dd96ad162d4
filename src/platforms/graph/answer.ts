import type { Usage } from './usage.ts';

/** An answer of any status whose body is JSON, or null where it is not. */
export interface GraphAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly usage: Usage;
}
