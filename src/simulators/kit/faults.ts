import type { Clock } from '../../core/clock.ts';

/** What goes wrong with a request. "Write" is whatever the request changes; a read has none and is just answered. */
export type Fault =
  /** Answered late. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** Answered with this instead; nothing is written. Status 200 with a body is a scripted answer. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Record<string, string>;
    }
  /** Written, and then answered with this. */
  | {
      readonly kind: 'after-write';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Record<string, string>;
    }
  /** Nothing is written and no answer ever comes. */
  | { readonly kind: 'hang' }
  /** The connection is cut before the write. */
  | { readonly kind: 'drop' }
  /** Written, then the connection is cut. */
  | { readonly kind: 'reset-after-write' }
  /** Written, then no answer ever comes. */
  | { readonly kind: 'timeout-after-write' }
  /** Written, and the answer's body is cut in the middle. */
  | { readonly kind: 'broken-json' }
  | PageFault;

/** What goes wrong with one page of a list. */
export type PageFault =
  /** The page has a next one, and that is the same page again. */
  | { readonly kind: 'duplicate-page' }
  /** The page's items come in another order. */
  | { readonly kind: 'shuffle-page' }
  /** The page is empty and has a next one, which holds the items. */
  | { readonly kind: 'empty-page' };

export interface FaultRule {
  readonly match?: {
    readonly method?: string;
    /** A prefix of the path, or a pattern for it. */
    readonly path?: string | RegExp;
  };
  /** How many requests it hits; default 1. */
  readonly times?: number | 'always';
  /** No longer in force from here on, by the simulator's clock. */
  readonly until?: Date;
  readonly do: Fault;
}

/** The faults of one request, sorted by when they act. */
export interface RequestFaults {
  readonly latencyMs: number;
  readonly page: PageFault | null;
  readonly act: Exclude<Fault, PageFault | { readonly kind: 'latency' }> | null;
}

interface Armed {
  readonly rule: FaultRule;
  left: number;
}

/** Scripted trouble of a simulator. Requests for `/sim` are never hit. */
export class Faults {
  /** An own post shows in the own timeline (and to look-ups of own replies) only this long after it was written. */
  lagMs = 0;
  /** Every request before this is told to come back then. */
  limitedUntil: Date | null = null;
  readonly #clock: Clock;
  #armed: Armed[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns a function that removes it */
  add(rule: FaultRule): () => void {
    const armed: Armed = {
      rule,
      left: rule.times === 'always' ? Number.POSITIVE_INFINITY : (rule.times ?? 1),
    };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  /** Everything works again. */
  clear(): void {
    this.#armed = [];
    this.lagMs = 0;
    this.limitedUntil = null;
  }

  rateLimitUntil(until: Date | null): void {
    this.limitedUntil = until;
  }

  /** Whether the platform refuses everything now. */
  limitNow(): Date | null {
    return this.limitedUntil !== null && this.#clock.now() < this.limitedUntil ? this.limitedUntil : null;
  }

  /** How many rules are still armed, for the simulator's page. */
  armed(): readonly FaultRule[] {
    return this.#armed.filter((one) => this.#inForce(one)).map((one) => one.rule);
  }

  /** Takes what hits this request: at most one latency, one page fault and one other, each the oldest that fits. */
  take(method: string, path: string): RequestFaults {
    const taken: Fault[] = [];
    for (const slot of ['latency', 'page', 'act'] as const) {
      const hit = this.#armed.find(
        (one) => this.#inForce(one) && slotOf(one.rule.do) === slot && fits(one.rule, method, path),
      );
      if (!hit) continue;
      hit.left -= 1;
      taken.push(hit.rule.do);
    }
    this.#armed = this.#armed.filter((one) => one.left > 0);
    return {
      latencyMs: taken.find((fault) => fault.kind === 'latency')?.ms ?? 0,
      page: taken.find(isPageFault) ?? null,
      act: taken.find(isAct) ?? null,
    };
  }

  #inForce(one: Armed): boolean {
    return one.left > 0 && (one.rule.until === undefined || this.#clock.now() < one.rule.until);
  }
}

function isPageFault(fault: Fault): fault is PageFault {
  return fault.kind === 'duplicate-page' || fault.kind === 'shuffle-page' || fault.kind === 'empty-page';
}

function isAct(fault: Fault): fault is NonNullable<RequestFaults['act']> {
  return fault.kind !== 'latency' && !isPageFault(fault);
}

function slotOf(fault: Fault): 'latency' | 'page' | 'act' {
  if (fault.kind === 'latency') return 'latency';
  return isPageFault(fault) ? 'page' : 'act';
}

function fits(rule: FaultRule, method: string, path: string): boolean {
  const { match } = rule;
  if (match?.method !== undefined && match.method !== method) return false;
  if (match?.path === undefined) return true;
  return typeof match.path === 'string' ? path.startsWith(match.path) : match.path.test(path);
}
