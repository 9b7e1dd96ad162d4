/**
 * `npm start` and `npm test` from a bare checkout: checks Node, installs packages, compiles, then runs the task.
 * Node built-ins only. What it says goes to stderr; stdout belongs to the task.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
process.chdir(root);
const [task = 'start', ...args] = process.argv.slice(2);
const say = (line) => process.stderr.write(`tanggap: ${line}\n`);

/** Faults of the folder or the machine, at any step of ours. */
process.on('uncaughtException', ({ message }) => {
  say(
    `gagal / failed: ${message}. Periksa ruang penyimpanan dan hak tulis di ${root}. / Check the disk and the right to write there.`,
  );
  process.exit(1);
});

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  say(
    `Node ${process.versions.node} terlalu lama, perlu ≥ 20.19. / Node ${process.versions.node} is too old, ≥ 20.19 is needed.`,
  );
  process.exit(1);
}

/** Runs a step to its end; its output goes to stderr. Ends us when it fails. */
function step(what, program, programArgs) {
  say(what);
  const done = spawnSync(program, programArgs, { stdio: ['ignore', 2, 2] });
  if (done.status !== 0) {
    say(`gagal / failed: ${what}${done.error ? ` (${done.error.message})` : ''}`);
    say(
      'Periksa sambungan internet, ruang penyimpanan dan hak tulis di folder ini, lalu ulangi. / Check the connection, the disk and the right to write in this folder, then try again.',
    );
    process.exit(done.status ?? 1);
  }
}

/** Newest change below the given files and folders, in ms. */
function newest(...entries) {
  let latest = 0;
  for (const entry of entries) {
    if (!existsSync(entry)) continue;
    const info = statSync(entry);
    if (!info.isDirectory()) latest = Math.max(latest, info.mtimeMs);
    else
      latest = Math.max(
        latest,
        info.mtimeMs,
        ...readdirSync(entry).map((name) => newest(path.join(entry, name))),
      );
  }
  return latest;
}

/** Runs the step when the stamp's content differs: a copied or half-done result is never taken for a finished one. */
function whenStale(stamp, now, run) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  run();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}

whenStale('node_modules/.tanggap-installed', readFileSync('package.json', 'utf8') + process.version, () => {
  if (
    existsSync('node_modules/.package-lock.json') &&
    newest('package-lock.json') <= newest('node_modules/.package-lock.json')
  )
    return;
  step('memasang paket (sekali, ± 1 menit) / installing packages (once) …', 'npm', [
    ...['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'],
  ]);
});
const sources = [
  'src',
  'workers',
  'schedules',
  'bench',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
];
whenStale('dist/.tanggap-built', String(newest(...sources)), () => {
  step('mengompilasi / compiling …', process.execPath, [
    ...['node_modules/@typescript/native/bin/tsc', '-p', 'tsconfig.build.json'],
  ]);
});
// The browser tests look at the desk, so it is built for them too.
if (task === 'start' || task === 'test') {
  const ofDesk = newest('web', 'src/api/contract', 'src/domain', 'package.json');
  whenStale('dist/.tanggap-desk-built', String(ofDesk), () => {
    step('membangun meja / building the desk …', process.execPath, [
      ...['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'error'],
    ]);
  });
}

const tasks = {
  start: ['--enable-source-maps', 'dist/src/cli/main.js', 'start'],
  services: ['--enable-source-maps', 'dist/src/servers/main.js'],
  bench: ['--enable-source-maps', '--expose-gc', 'dist/bench/main.js'],
  evaluate: ['--enable-source-maps', 'dist/src/cli/main.js', 'evaluate'],
  test: ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'],
};
if (!(task in tasks)) {
  say(`tugas tidak dikenal / unknown task: ${task}`);
  process.exit(2);
}
const child = spawn(process.execPath, [...tasks[task], ...args], { stdio: 'inherit' });
// A terminal's Ctrl-C reaches the task by itself; "kill" reaches only us. Told twice, it stops once; it decides when it ends.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
