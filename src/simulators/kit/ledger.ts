import { join } from 'node:path';
import { z } from 'zod';
import { type Journal, openJournal } from './journal.ts';

/** One request as the simulator saw it. Tokens in the query are struck out. */
export interface RequestRecord {
  readonly at: Date;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly host: string;
  /** What the client was told; null when it got no answer. */
  readonly status: number | null;
  /** Posts in the answer. */
  readonly servedIds: readonly string[];
  /** The simulator does not know such a request. */
  readonly refused: boolean;
}

/** One write as the simulator received it. */
export interface WriteRecord {
  readonly at: Date;
  readonly kind: 'reply' | 'post' | 'delete' | 'hide' | 'edit';
  /** What it answers or changes. */
  readonly target: string | null;
  readonly text: string;
  /** The new post; null when the platform refused. */
  readonly resultId: string | null;
  /** The status that the client was told; null when it got no answer. */
  readonly told: number | null;
}

const Line = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('request'),
    at: z.coerce.date(),
    method: z.string(),
    path: z.string(),
    query: z.string(),
    host: z.string(),
    status: z.number().nullable(),
    servedIds: z.array(z.string()),
    refused: z.boolean(),
  }),
  z.object({
    what: z.literal('write'),
    at: z.coerce.date(),
    kind: z.enum(['reply', 'post', 'delete', 'hide', 'edit']),
    target: z.string().nullable(),
    text: z.string(),
    resultId: z.string().nullable(),
    told: z.number().nullable(),
  }),
]);
type Line = z.infer<typeof Line>;

/** Requests kept in memory; older ones are on disk only. */
const keptRequests = 20_000;

/**
 * What a simulator served and received, in memory and in `ledger.jsonl`, for tests that compare it with the database.
 * A request that served no post and went well is kept in memory only.
 */
export class Ledger {
  readonly #journal: Journal<Line>;
  #requests: RequestRecord[] = [];
  readonly #writes: WriteRecord[] = [];
  readonly #served = new Set<string>();
  #refused = 0;

  constructor(dir: string) {
    const { journal, entries } = openJournal(join(dir, 'ledger.jsonl'), (line) => Line.parse(line));
    this.#journal = journal;
    for (const entry of entries) this.#keep(entry);
  }

  addRequest(request: RequestRecord): void {
    const line: Line = { what: 'request', ...request, servedIds: [...request.servedIds] };
    if (request.servedIds.length > 0 || request.status !== 200) this.#journal.append(line);
    this.#keep(line);
  }

  addWrite(write: WriteRecord): void {
    const line: Line = { what: 'write', ...write };
    this.#journal.append(line);
    this.#keep(line);
  }

  /** Ids of all posts that any answer ever held, also answers that the client never got whole. */
  servedIds(): ReadonlySet<string> {
    return this.#served;
  }

  /** The newest requests (up to 20,000), oldest first. */
  requests(filter: { method?: string; path?: string | RegExp } = {}): readonly RequestRecord[] {
    return this.#requests.filter((request) => {
      if (filter.method !== undefined && filter.method !== request.method) return false;
      if (filter.path === undefined) return true;
      return typeof filter.path === 'string'
        ? request.path.startsWith(filter.path)
        : filter.path.test(request.path);
    });
  }

  /** Everything that clients tried to write, refused ones too, oldest first. */
  writes(): readonly WriteRecord[] {
    return this.#writes;
  }

  /** Replies that stand (or stood) on the platform, whatever the client was told. */
  repliesReceived(): readonly WriteRecord[] {
    return this.#writes.filter((write) => write.kind === 'reply' && write.resultId !== null);
  }

  /** How many requests the simulator did not know. */
  get refused(): number {
    return this.#refused;
  }

  close(): void {
    this.#journal.close();
  }

  #keep(line: Line): void {
    const { what, ...record } = line;
    if (what === 'write') {
      this.#writes.push(record as WriteRecord);
      return;
    }
    const request = record as RequestRecord;
    this.#requests.push(request);
    if (this.#requests.length > 2 * keptRequests) this.#requests = this.#requests.slice(-keptRequests);
    for (const id of request.servedIds) this.#served.add(id);
    if (request.refused) this.#refused += 1;
  }
}
