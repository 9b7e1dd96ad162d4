/**
 * Did `npm install` keep to the committed lock? The registry shows the binaries of other platforms on some days and on
 * others not, and npm writes them into the lock or drops them (npm/cli#8805): optional entries may come and go, nothing
 * else may change.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { packages: committed } = JSON.parse(
  execFileSync('git', ['show', 'HEAD:package-lock.json'], { maxBuffer: 64 * 1024 * 1024 }),
);
const { packages: written } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

const names = new Set([...Object.keys(committed), ...Object.keys(written)]);
const changed = [...names].filter((name) => {
  const [before, after] = [committed[name], written[name]];
  if (before && after) return before.version !== after.version || before.integrity !== after.integrity;
  return (before ?? after).optional !== true;
});
if (changed.length > 0) {
  console.error(
    `package-lock.json does not fit: commit what npm install wrote (${changed.slice(0, 10).join(', ')})`,
  );
  process.exit(1);
}
