import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { type Journal, openJournal } from '../kit/journal.ts';
import type { SimulatedPost } from '../simulator.ts';

const Kept = z.object({
  id: z.string(),
  /** Number of the citizen whose conversation it stands in. */
  person: z.string(),
  /** Name of the account, as written on `/sim`. */
  author: z.string(),
  byOffice: z.boolean(),
  text: z.string(),
  at: z.coerce.date(),
  /** Message that it answers by name. */
  context: z.string().nullable(),
});
export type KeptMessage = z.infer<typeof Kept>;

/** Numbers that nobody has: 0800 is no prefix of a mobile phone. */
export function numberOf(author: string): string {
  if (/^\d{8,15}$/.test(author)) return author;
  const digits = createHash('sha256').update(author).digest().readUInt32BE(0) % 1_000_000_000;
  return `62800${String(digits).padStart(9, '0')}`;
}

/** Everything written, in order, kept on disk. */
export class Messages {
  readonly #journal: Journal<KeptMessage>;
  readonly #all: KeptMessage[] = [];
  readonly #byId = new Map<string, KeptMessage>();

  constructor(dir: string) {
    const { journal, entries } = openJournal(join(dir, 'messages.jsonl'), (line) => Kept.parse(line));
    this.#journal = journal;
    for (const entry of entries) this.#keep(entry);
  }

  add(message: Omit<KeptMessage, 'id'>): KeptMessage {
    const made = Buffer.from(`sim>${message.person}?${this.#all.length}`).toString('base64');
    const kept = { ...message, id: `wamid.${made}` };
    this.#journal.append(kept);
    this.#keep(kept);
    return kept;
  }

  find(id: string): KeptMessage | null {
    return this.#byId.get(id) ?? null;
  }

  /** When this citizen wrote last; null: never. */
  lastOf(person: string): Date | null {
    const last = this.#all.findLast((message) => message.person === person && !message.byOffice);
    return last?.at ?? null;
  }

  /** What the office wrote to this citizen, oldest first. */
  textsTo(person: string): readonly string[] {
    return this.#all.filter((one) => one.byOffice && one.person === person).map(({ text }) => text);
  }

  simulated(): SimulatedPost[] {
    const first = new Map<string, string>();
    return this.#all.map((message) => {
      const root = first.get(message.person);
      if (root === undefined) first.set(message.person, message.id);
      return {
        nativeId: message.id,
        author: message.author,
        byOffice: message.byOffice,
        text: message.text,
        at: message.at,
        parentNativeId: message.context ?? root ?? null,
        quotedNativeId: null,
        deleted: false,
        hidden: false,
        earlierTexts: [],
      };
    });
  }

  close(): void {
    this.#journal.close();
  }

  #keep(message: KeptMessage): void {
    this.#all.push(message);
    this.#byId.set(message.id, message);
  }
}
