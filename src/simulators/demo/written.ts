import { join } from 'node:path';
import { z } from 'zod';
import { openJournal } from '../kit/journal.ts';
import type { SimulatedPost, Simulator } from '../simulator.ts';
import type { DemoItem } from './demo-item.ts';

/** What was done, by the item's key. `account` and `nativeId` are null for events, which leave no post. */
const Done = z.object({ key: z.string(), account: z.string().nullable(), nativeId: z.string().nullable() });
type Done = z.infer<typeof Done>;

export interface Written extends Disposable {
  has(key: string): boolean;
  /** Where an item stands; null when it was never written. */
  place(key: string): { readonly simulator: Simulator; readonly nativeId: string } | null;
  /**
   * Writes the item unless it is there already.
   * @param at null: the simulator's now
   * @returns false when it was there
   * @throws {Error} when what it answers was deleted
   */
  write(item: DemoItem, at: Date | null): boolean;
  markDone(key: string): void;
}

function fingerprint(account: string, post: Pick<SimulatedPost, 'author' | 'text'>): string {
  return [account, post.author.replace(/^@/, ''), post.text.normalize('NFC')].join('\n');
}

/** Posts that no line of our journal names: written just before a crash. */
function unclaimedPosts(simulators: readonly Simulator[], done: ReadonlyMap<string, Done>) {
  const claimed = new Set([...done.values()].map(({ account, nativeId }) => `${account}\n${nativeId}`));
  const unclaimed = new Map<string, string[]>();
  for (const simulator of simulators) {
    const account = simulator.account.name;
    for (const post of simulator.posts()) {
      if (claimed.has(`${account}\n${post.nativeId}`)) continue;
      const print = fingerprint(account, post);
      unclaimed.set(print, [...(unclaimed.get(print) ?? []), post.nativeId]);
    }
  }
  return unclaimed;
}

/**
 * Remembers on disk what was written on the simulators. After a crash between the two, the post is found again by its
 * account, author and text; a line whose post the simulator has lost is forgotten.
 */
export function openWritten(dir: string, simulators: readonly Simulator[]): Written {
  const { journal, entries } = openJournal(join(dir, 'demo-written.jsonl'), (line) => Done.parse(line));
  const existing = new Set(
    simulators.flatMap((simulator) =>
      simulator.posts().map((post) => `${simulator.account.name}\n${post.nativeId}`),
    ),
  );
  const done = new Map<string, Done>();
  for (const entry of entries) {
    const lost = entry.nativeId !== null && !existing.has(`${entry.account}\n${entry.nativeId}`);
    if (!lost) done.set(entry.key, entry);
  }
  const unclaimed = unclaimedPosts(simulators, done);

  const keep = (entry: Done): void => {
    journal.append(entry);
    done.set(entry.key, entry);
  };
  const place: Written['place'] = (key) => {
    const entry = done.get(key);
    const simulator = simulators.find(({ account }) => account.name === entry?.account);
    return entry && entry.nativeId !== null && simulator ? { simulator, nativeId: entry.nativeId } : null;
  };
  return {
    has: (key) => done.has(key),
    place,
    write(item, at) {
      if (done.has(item.key)) return false;
      const parent = item.parentKey === null ? null : place(item.parentKey);
      const quoted = item.quotedKey === null ? null : place(item.quotedKey);
      const simulator = parent?.simulator ?? quoted?.simulator ?? simulatorFor(simulators, item);
      const account = simulator.account.name;
      const print = fingerprint(account, { author: item.author ?? account, text: item.text });
      const found = unclaimed.get(print)?.shift();
      const nativeId = found ?? writeOn(simulator, item, parent?.nativeId, quoted?.nativeId, at);
      keep({ key: item.key, account, nativeId });
      return found === undefined;
    },
    markDone: (key) => keep({ key, account: null, nativeId: null }),
    [Symbol.dispose]: () => journal.close(),
  };
}

/** The account that the item names, else the first one of its platform. */
function simulatorFor(simulators: readonly Simulator[], item: DemoItem): Simulator {
  const ofPlatform = simulators.filter(({ platform }) => platform === item.platform);
  const simulator = ofPlatform.find(({ account }) => account.name === item.account) ?? ofPlatform[0];
  if (!simulator) throw new Error(`the demo needs a simulator of ${item.platform}`);
  return simulator;
}

function writeOn(
  simulator: Simulator,
  item: DemoItem,
  parentNativeId: string | undefined,
  quotedNativeId: string | undefined,
  at: Date | null,
): string {
  const post = {
    text: item.text,
    ...(item.photo !== undefined && { media: [item.photo] }),
    ...(at !== null && { at }),
    ...(parentNativeId !== undefined && { parentNativeId }),
    ...(quotedNativeId !== undefined && { quotedNativeId }),
  };
  const written =
    item.author === null
      ? simulator.writeAsOffice(post)
      : simulator.write({ ...post, author: item.author, ...(item.asVisitor && { asVisitor: true }) });
  return written.nativeId;
}
