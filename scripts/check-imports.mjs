/** Runs dependency-cruiser and fails when it saw no module: with the wrong parser it is silently green. */
import { spawnSync } from 'node:child_process';

const run = spawnSync(
  process.execPath,
  [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    'src',
    'workers',
    'schedules',
    'web/src',
    '--output-type',
    'err',
  ],
  { encoding: 'utf8' },
);
process.stdout.write(run.stdout + run.stderr);
const seen = Number(/(\d+) modules/.exec(run.stdout)?.[1] ?? 0);
if (seen === 0) {
  process.stderr.write('dependency-cruiser saw no module: the import directions were not checked.\n');
  process.exit(1);
}
process.exit(run.status ?? 1);
