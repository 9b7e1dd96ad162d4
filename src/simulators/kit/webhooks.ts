import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { SECOND } from '../../core/clock.ts';
import { type Journal, openJournal } from './journal.ts';

/** How a delivery looks on the wire. Meta has been seen doing each of these. */
export interface WireStyle {
  /** `/` as `\/`. */
  slashes: boolean;
  /** `": "` and `", "` instead of no spaces. */
  spaced: boolean;
  /** Entries in one POST. */
  batch: number;
  /** How often each POST is made, though it was answered. */
  copies: number;
  /** The newest entry first. */
  backwards: boolean;
}

const Line = z.union([
  z.object({ event: z.record(z.string(), z.unknown()) }),
  z.object({ done: z.number() }),
]);
type Line = z.infer<typeof Line>;

const firstWait = 0.2 * SECOND;
const longestWait = 10 * SECOND;

/**
 * Delivers a simulated platform's events as Meta does: serialised once, everything above U+007F as `\uXXXX`, signed over
 * those very bytes, repeated until answered with 200. What was not taken survives a restart.
 */
export class Webhooks implements AsyncDisposable {
  readonly style: WireStyle = { slashes: false, spaced: false, batch: 1, copies: 1, backwards: false };
  /** Statuses of the answers, oldest first; null: no answer. */
  readonly answers: (number | null)[] = [];
  readonly #object: string;
  readonly #appSecret: string;
  readonly #journal: Journal<Line>;
  readonly #pending: object[] = [];
  readonly #stop = new AbortController();
  #target: URL | null = null;
  #running: Promise<void> | null = null;

  constructor(options: { readonly dir: string; readonly object: string; readonly appSecret: string }) {
    this.#object = options.object;
    this.#appSecret = options.appSecret;
    const file = join(options.dir, 'webhooks.jsonl');
    const { journal, entries } = openJournal(file, (line) => Line.parse(line));
    this.#journal = journal;
    for (const entry of entries) {
      if ('event' in entry) this.#pending.push(entry.event);
      else this.#pending.splice(0, entry.done);
    }
  }

  /** Asks for the handshake, then delivers there. @throws {Error} when the address does not repeat the challenge */
  async connect(target: URL, verifyToken: string): Promise<void> {
    const challenge = '1158201444';
    const asked = new URL(target);
    asked.searchParams.set('hub.mode', 'subscribe');
    asked.searchParams.set('hub.challenge', challenge);
    asked.searchParams.set('hub.verify_token', verifyToken);
    const answer = await fetch(asked);
    if (answer.status !== 200 || (await answer.text()) !== challenge)
      throw new Error(`the webhook at ${target.pathname} did not repeat the challenge (${answer.status})`);
    this.#target = target;
    this.#run();
  }

  /** Whether anybody has subscribed. A platform that can also be polled keeps nothing for later. */
  get isConnected(): boolean {
    return this.#target !== null;
  }

  /** An item of `entry`. */
  queue(event: Record<string, unknown>): void {
    this.#journal.append({ event });
    this.#pending.push(event);
    this.#run();
  }

  /** Resolves when everything that was queued has been taken. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  /** The bytes of a delivery, for tests that send them themselves. */
  serialise(entries: readonly object[]): Buffer {
    const indent = this.style.spaced ? 1 : undefined;
    let text = JSON.stringify({ object: this.#object, entry: entries }, null, indent);
    if (this.style.spaced) text = text.replaceAll(/\n */g, ' ');
    if (this.style.slashes) text = text.replaceAll('/', '\\/');
    const escaped = text.replaceAll(
      /[\u007f-\uffff]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    return Buffer.from(escaped, 'ascii');
  }

  sign(body: Uint8Array): string {
    return `sha256=${createHmac('sha256', this.#appSecret).update(body).digest('hex')}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#running;
    this.#journal.close();
  }

  #run(): void {
    if (this.#running !== null || !this.#target || this.#pending.length === 0) return;
    this.#running = this.#deliver(this.#target).finally(() => {
      this.#running = null;
      if (!this.#stop.signal.aborted) this.#run();
    });
  }

  async #deliver(target: URL): Promise<void> {
    let wait = firstWait;
    while (this.#pending.length > 0 && !this.#stop.signal.aborted) {
      const batch = this.#pending.slice(0, this.style.batch);
      const ordered = this.style.backwards ? batch.toReversed() : batch;
      const status = await this.#post(target, this.serialise(ordered));
      if (status === 200) {
        this.#pending.splice(0, batch.length);
        this.#journal.append({ done: batch.length });
        wait = firstWait;
        continue;
      }
      await this.#pause(wait);
      wait = Math.min(2 * wait, longestWait);
    }
  }

  async #post(target: URL, body: Buffer): Promise<number | null> {
    let status: number | null = null;
    for (let copy = 0; copy < this.style.copies; copy += 1) {
      status = await fetch(target, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': this.sign(body) },
        body: new Uint8Array(body),
        signal: this.#stop.signal,
      }).then(
        async (answer) => {
          await answer.arrayBuffer();
          return answer.status;
        },
        () => null,
      );
      this.answers.push(status);
    }
    return status;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#stop.signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
  }
}
