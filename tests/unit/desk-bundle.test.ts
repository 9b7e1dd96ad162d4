import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { projectRoot } from '../../src/core/root.ts';

const built = path.join(projectRoot, 'dist/web');

/** design.md §9, in bytes. */
const most = 220_000;

test('what the desk loads before its first page is at most 220 kB of script, gzipped', () => {
  const page = readFileSync(path.join(built, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\/meja\/(assets\/[\w.-]+\.js)"/g)].map(
    ([, file]) => file ?? '',
  );
  expect(scripts.length).toBeGreaterThan(0);
  const sizes = scripts.map((file) => gzipSync(readFileSync(path.join(built, file))).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(most);
});
