import { z } from 'zod';
import type { FoundPost } from '../../domain/mention.ts';
import type { Received, Rejected } from '../connector.ts';
import { GoneError } from './errors.ts';

const Change = z.object({ field: z.string().max(100), value: z.unknown() });
type Change = z.infer<typeof Change>;
const Entry = z.object({
  id: z.string(),
  changes: z.array(Change).optional(),
  messaging: z.array(z.unknown()).optional(),
  // Instagram Login documents a flat form; real deliveries have been seen in the other one.
  field: z.string().max(100).optional(),
  value: z.unknown().optional(),
});
const Envelope = z.object({ entry: z.array(z.unknown()) });

/** One item of a delivery's `entry` list that is about this account. */
interface OwnEntry {
  readonly place: number;
  readonly changes: readonly Change[];
  readonly messaging: readonly unknown[];
}

/** Entries of one account in any of Meta's three forms; a batch holds those of other accounts too. */
function entriesOf(accountId: string, delivery: unknown): readonly OwnEntry[] {
  const envelope = Envelope.safeParse(delivery);
  return (envelope.data?.entry ?? []).flatMap((raw, place) => {
    const entry = Entry.safeParse(raw);
    if (!entry.success || entry.data.id !== accountId) return [];
    const { changes = [], messaging = [], field, value } = entry.data;
    return [{ place, changes: field === undefined ? changes : [...changes, { field, value }], messaging }];
  });
}

/** What is gathered while a delivery is read. */
export interface Sheet {
  readonly posts: FoundPost[];
  readonly rejected: Rejected[];
  readonly removed: string[];
  /** Reads what an event names, once each; an object that is gone meanwhile is no loss. */
  once(id: string, read: () => Promise<void>): Promise<void>;
  reject(reason: string, raw: unknown): void;
}

function newSheet(): Sheet {
  const seen = new Set<string>();
  const rejected: Rejected[] = [];
  return {
    posts: [],
    rejected,
    removed: [],
    async once(id, read) {
      if (seen.has(id)) return;
      seen.add(id);
      try {
        await read();
      } catch (error) {
        if (!(error instanceof GoneError)) throw error;
      }
    },
    reject: (reason, raw) => rejected.push({ nativeId: null, reason, raw }),
  };
}

/** Reads a delivery change by change. @throws what src/core/errors.ts names: all of it is read again later */
export async function readEntries(
  accountId: string,
  delivery: unknown,
  read: {
    readonly change: (sheet: Sheet, change: Change) => Promise<void>;
    readonly message: (sheet: Sheet, raw: unknown) => void;
  },
): Promise<Received> {
  const sheet = newSheet();
  const entries = entriesOf(accountId, delivery);
  for (const { changes, messaging } of entries) {
    for (const change of changes) await read.change(sheet, change);
    for (const raw of messaging) read.message(sheet, raw);
  }
  const { posts, rejected, removed } = sheet;
  return { ours: entries.map(({ place }) => place), posts, rejected, removed, reports: [] };
}
