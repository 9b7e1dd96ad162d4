import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout (or installation): where `data/` and `fixtures/` lie, from sources and from `dist/` alike. */
export const projectRoot = findRoot(path.dirname(fileURLToPath(import.meta.url)));

function findRoot(from: string): string {
  if (existsSync(path.join(from, 'data/subjects.json')) && existsSync(path.join(from, 'package.json')))
    return from;
  const above = path.dirname(from);
  if (above === from) throw new Error('data/subjects.json was not found above this file');
  return findRoot(above);
}
