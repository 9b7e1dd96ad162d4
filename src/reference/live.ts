import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadTrainingExamples, type TrainingExample } from '../classify/load.ts';
import { asError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Database } from '../store/database.ts';
import { followSeed, readLists, readRevision, type StoredLists, seedReference } from '../store/reference.ts';
import { buildReference, type ListName, type ListTexts, listNames, type Reference } from './reference.ts';

type Db = Database['db'];

/** The lists as they stand in MongoDB, in this process. */
export interface LiveReference {
  readonly current: Reference;
  /** The texts that {@link current} was read from. */
  readonly texts: ListTexts;
  readonly examples: readonly TrainingExample[];
  /**
   * Asks MongoDB whether anybody edited a list, and reads anew if so. Asked before each job and each request, so that no
   * process has to be started again. What cannot be read leaves the lists as they were.
   */
  refresh(): Promise<void>;
}

function textsOf(stored: StoredLists): ListTexts {
  const pairs = listNames.map((name): [ListName, string] => {
    const json = stored.json.get(name);
    if (json === undefined) throw new Error(`the list ${name} is not in the database`);
    return [name, json];
  });
  return Object.fromEntries(pairs) as Record<ListName, string>;
}

async function readSeeds(root: string): Promise<ListTexts> {
  const pairs = listNames.map(async (name) => {
    const text = await readFile(path.join(root, 'data', `${name}.json`), 'utf8');
    return [name, JSON.stringify(JSON.parse(text))] as const;
  });
  return Object.fromEntries(await Promise.all(pairs)) as Record<ListName, string>;
}

/** What the shipped files hold now, for lists that nobody edited. */
function merged(stored: StoredLists, seeds: ListTexts): ListTexts {
  const kept = textsOf(stored);
  const pairs = listNames.map((name) => [name, stored.edited.has(name) ? kept[name] : seeds[name]]);
  return Object.fromEntries(pairs) as Record<ListName, string>;
}

/**
 * Puts data/*.json into MongoDB at the first start. From then on the database decides about every list that somebody
 * edited in the app; the others follow the files of a newer program, as far as all of it fits together.
 * @throws {Error} when the lists in the database cannot be read
 */
export async function openReference(db: Db, root: string, log: Log): Promise<LiveReference> {
  const seeds = await readSeeds(root);
  const examples = loadTrainingExamples(root);
  await seedReference(db, new Map(Object.entries(seeds)));
  const stored = await readLists(db);
  const wished = merged(stored, seeds);
  let seen = stored.revision;
  let state: { texts: ListTexts; reference: Reference };
  try {
    state = { texts: wished, reference: buildReference(wished, examples) };
    await followSeed(db, new Map(Object.entries(seeds)));
  } catch (error) {
    if (stored.edited.size === 0) throw error;
    log.warn('shipped lists do not fit the edited ones, kept as they were', { error: asError(error) });
    const texts = textsOf(stored);
    state = { texts, reference: buildReference(texts, examples) };
  }

  async function readAnew(): Promise<void> {
    const next = await readLists(db);
    seen = next.revision;
    try {
      const texts = textsOf(next);
      state = { texts, reference: buildReference(texts, examples, state) };
    } catch (error) {
      log.error('lists unreadable, those before stay', { revision: seen, error: asError(error) });
    }
  }

  async function ask(): Promise<void> {
    if ((await readRevision(db)) !== seen) await readAnew();
  }
  // One after the other: whoever asks gets an answer that is younger than his question.
  let last: Promise<void> = Promise.resolve();
  return {
    get current() {
      return state.reference;
    },
    get texts() {
      return state.texts;
    },
    examples,
    refresh() {
      last = last.then(ask, ask);
      return last;
    },
  };
}
