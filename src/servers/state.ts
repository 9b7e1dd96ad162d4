import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const Entry = z.object({
  binary: z.string(),
  version: z.string(),
  pid: z.number().int(),
  port: z.number().int(),
  /** The checkout that started it: a copied `.services` folder is not ours. */
  checkout: z.string(),
});
export type Entry = z.infer<typeof Entry>;

const State = z.object({ mongod: Entry.optional(), valkey: Entry.optional() });
export type State = z.infer<typeof State>;

/** What runs (or ran last) in one set of data directories. An unreadable file counts as nothing known. */
export async function readState(dir: string): Promise<State> {
  try {
    return State.parse(JSON.parse(await readFile(path.join(dir, 'state.json'), 'utf8')));
  } catch {
    return {};
  }
}

export async function writeState(dir: string, change: Partial<State>): Promise<void> {
  await mkdir(dir, { recursive: true });
  const next = { ...(await readState(dir)), ...change };
  const aside = path.join(dir, `state.json.${process.pid}`);
  await writeFile(aside, `${JSON.stringify(next, null, 2)}\n`);
  await rename(aside, path.join(dir, 'state.json'));
}
