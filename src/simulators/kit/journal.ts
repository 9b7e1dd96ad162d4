import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Appends one JSON line per entry, synchronously, so that a killed process loses at most the line being written. */
export interface Journal<Entry> {
  append(entry: Entry): void;
  /** Twice is once. */
  close(): void;
}

export interface OpenJournal<Entry> {
  readonly journal: Journal<Entry>;
  /** What earlier runs wrote, oldest first. */
  readonly entries: readonly Entry[];
}

/**
 * Opens a journal and reads what is there. A last line without its line end was cut by a crash and is removed.
 *
 * @param parse turns a parsed line into an entry; it throws on a line that is not one
 * @throws when a whole line in the middle cannot be read: the file is not ours, or damaged
 */
export function openJournal<Entry>(path: string, parse: (line: unknown) => Entry): OpenJournal<Entry> {
  mkdirSync(dirname(path), { recursive: true });
  const stored = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const whole = stored.lastIndexOf(0x0a) + 1;
  const entries: Entry[] = [];
  for (const line of stored.subarray(0, whole).toString('utf8').split('\n')) {
    if (line !== '') entries.push(parse(JSON.parse(line)));
  }
  const file = openSync(path, 'a');
  ftruncateSync(file, whole);
  let isOpen = true;
  return {
    entries,
    journal: {
      append: (entry) => {
        writeSync(file, `${JSON.stringify(entry)}\n`);
      },
      close: () => {
        if (isOpen) closeSync(file);
        isOpen = false;
      },
    },
  };
}
