import type { Services } from '../src/services.ts';

/** Something that happens again and again, in one process at a time. One file each in this folder. */
export interface Schedule {
  readonly name: string;
  /** How often, and in the file's comment why that often. */
  readonly every: { readonly ms: number } | { readonly cron: string };
  readonly run: (services: Services, signal: AbortSignal) => Promise<void>;
}
