import { subscribeChannels } from '../../../schedules/check-subscriptions.ts';
import { keepSchedules } from '../../../schedules/register.ts';
import { startWorkers } from '../../../workers/start.ts';
import { firstCode } from '../../accounts/first-superadmin.ts';
import type { Config } from '../../core/config.ts';
import { asError } from '../../core/errors.ts';
import { OpenStack } from '../../core/stack.ts';
import type { Services } from '../../services.ts';
import { type Demo, openDemo } from '../demo/demo.ts';
import { claimHome, claimRun } from '../home.ts';
import { listenWith } from '../listen.ts';
import { type Env, openOn, readHome, startOurServers } from '../open.ts';
import { print, say, simulatedMark, table } from '../output.ts';
import { stopAsked, untilStopped } from '../process.ts';
import { drain, type Summary, sendReleased, storedNow, summaryOf } from '../run-once.ts';
import type { AddCommand } from './command.ts';

interface StartOptions {
  readonly once?: true;
  readonly json?: true;
  readonly speed: string;
}

/** `start` (what `npm start` runs) and `run --once`. */
export const addStart: AddCommand = (program, env) => {
  program
    .command('start', { isDefault: false })
    .description('layanan, pekerja, API dan halaman / services, workers, API and pages')
    .option('--once', 'sekali jalan lalu selesai / drain what there is, then exit')
    .option('--json', 'ringkasan sebagai satu objek JSON / the summary as one JSON object')
    .option('--speed <n>', 'menit cerita demo per menit / minutes of the demo story per minute', '60')
    .action((options: StartOptions) => start(env, options));
  program
    .command('run')
    .description('sama dengan start --once / the same as start --once')
    .requiredOption('--once', 'sekali jalan / a single run')
    .option('--json', 'satu objek JSON / one JSON object')
    .action((options: { json?: true }) => start(env, { ...options, once: true, speed: '60' }));
};

async function start(env: Env, options: StartOptions): Promise<void> {
  const asked = stopAsked();
  const config = readHome(env);
  await using stack = new OpenStack();
  await claimHome(config.home, config.mode);
  stack.use(await claimRun(config.home));
  const servers = await startOurServers(config);
  stack.defer(() => servers.stop());
  if (asked.aborted) return;
  const demo = config.mode === 'demo' ? stack.use(await openDemo(config, Number(options.speed) || 60)) : null;
  const services = stack.use(await openOn(config, servers, demo?.channels, demo?.outside));
  const api = stack.use(await listenWith(services, options.once ? 0 : config.port));
  if (asked.aborted) return;
  const storedBefore = await storedNow(services);
  await demo?.prepare(services, api.url, (line) => say(`tanggap: ${line}`));
  if (asked.aborted) return;
  if (!options.once) return await serve(stack, services, { config, demo, url: api.url, asked });
  const run = once(services, { demo, json: options.json === true, storedBefore });
  // What it does when everything is closed under it is no news.
  run.catch(() => {});
  await Promise.race([run, untilStopped(asked)]);
  if (asked.aborted) process.exitCode = 130;
}

async function once(
  services: Services,
  { demo, json, storedBefore }: { demo: Demo | null; json: boolean; storedBefore: number },
): Promise<void> {
  const onStep = (line: string) => say(`tanggap: ${line}`);
  const run = await drain(services, onStep);
  await demo?.staffPass();
  await sendReleased(services, onStep);
  const summary = await summaryOf(services, { ...run, storedBefore });
  if (json) print(JSON.stringify(demo ? { ...summary, simulated: true } : summary));
  else printSummary(summary, demo !== null);
}

function printSummary(summary: Summary, simulated: boolean): void {
  if (simulated) print(simulatedMark);
  const split = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ');
  print(
    table(
      ['', ''],
      [
        ['ditemukan di kanal / found on channels', String(summary.found)],
        ['  sudah ada / duplicates', String(summary.duplicates)],
        ['  baru / new', String(summary.new)],
        ['berkas, situs, formulir / files, site, form', String(summary.handedOver)],
        ['tersimpan sebelumnya / stored before', String(summary.storedBefore)],
        ['tersimpan / stored (before + new + files …)', String(summary.stored)],
        ['per kanal / by platform', split(summary.byPlatform)],
        ['per OPD / by agency', split(summary.byAgency)],
        ['perlu dicek / needs review', String(summary.needsReview)],
        ['draf / drafted', String(summary.drafted)],
        ['terkirim / published', String(summary.published)],
      ],
    ),
  );
}

/** In live mode, until there is a superadmin. */
async function printFirstCode(services: Services, url: URL): Promise<void> {
  const { database, clock, config } = services;
  const code = config.mode === 'live' ? await firstCode({ db: database.db, clock }) : null;
  if (code === null) return;
  print(`Kode sekali pakai untuk admin sistem pertama (berlaku 1 jam): ${code}`);
  print(`One-time code for the first superadmin: POST ${new URL('/api/auth/first-superadmin', url).href}`);
}

async function serve(
  stack: OpenStack,
  services: Services,
  { config, demo, url, asked }: { config: Config; demo: Demo | null; url: URL; asked: AbortSignal },
): Promise<void> {
  stack.use(await keepSchedules(services));
  stack.use(startWorkers(services));
  const stop = new AbortController();
  await subscribeChannels(services, stop.signal);
  const background = demo?.play(stop.signal) ?? Promise.resolve();
  background.catch((error: unknown) => services.log.error('demo stopped', { error: asError(error) }));
  await printFirstCode(services, url);
  print(demo ? demo.welcome(url) : `Tanggap (${config.mode}): ${url.href}`);
  await untilStopped(asked);
  say('tanggap: berhenti … / stopping …');
  stop.abort();
  await background.catch(() => {});
}
