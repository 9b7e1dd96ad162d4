import path from 'node:path';
import { expect, test } from '@jest/globals';
import type { Db } from 'mongodb';
import { systemClock } from '../../src/core/clock.ts';
import { readConfig } from '../../src/core/config.ts';
import { silentLog } from '../../src/core/log.ts';
import { mentionId } from '../../src/domain/ids.ts';
import { openServices, type Services } from '../../src/services.ts';
import { generateMany } from '../../src/simulators/demo/generator.ts';
import { seededRandom } from '../../src/simulators/demo/random.ts';
import { openWritten, type Written } from '../../src/simulators/demo/written.ts';
import type { Simulator } from '../../src/simulators/simulator.ts';
import { channels } from '../../src/store/channels.ts';
import { mentions } from '../../src/store/mentions.ts';
import { replies } from '../../src/store/replies.ts';
import { openDesk } from '../support/e2e-desk.ts';
import { expectNoBreach } from '../support/e2e-invariants.ts';
import { type Platforms, startPlatforms } from '../support/e2e-platforms.ts';
import { startOwnServers } from '../support/e2e-servers.ts';
import { until } from '../support/e2e-until.ts';
import { startWorkerProcesses } from '../support/e2e-workers.ts';

const seed = 'kills-1';
const citizens = 3_400;
/** On the platforms before the first worker starts; the rest is written while things are killed. */
const atFirst = 1_800;
const database = 'e2e';
const auditKey = 'c'.repeat(64);
const dayMs = 24 * 3_600_000;
/** Must never stand in a log: an invented number, and the tokens. */
const nik = '3313010101900001';

/** Duplicated, empty, out-of-order pages, 429 and 5xx, now and then on every platform. */
function scriptTrouble({ x, instagram, facebook }: Platforms): void {
  const soon = Math.ceil(Date.now() / 1_000) + 2;
  const edges = [
    { simulator: x, path: /\/mentions$/ },
    { simulator: instagram, path: /\/comments$/ },
    { simulator: facebook, path: /\/comments$/ },
  ];
  for (const { simulator, path: edge } of edges) {
    const match = { method: 'GET', path: edge };
    for (const kind of [
      'duplicate-page',
      'shuffle-page',
      'empty-page',
      'duplicate-page',
      'shuffle-page',
    ] as const)
      simulator.faults.add({ match, do: { kind }, times: 3 });
    simulator.faults.add({ match, do: { kind: 'status', status: 503 } });
    simulator.faults.add({ match, do: { kind: 'broken-json' } });
    simulator.faults.add({ match: { method: 'POST' }, do: { kind: 'latency', ms: 500 }, times: 'always' });
  }
  x.faults.add({
    match: { method: 'GET', path: /\/mentions$/ },
    do: { kind: 'status', status: 429, body: {}, headers: { 'x-rate-limit-reset': String(soon) } },
  });
  for (const simulator of [instagram, facebook])
    simulator.faults.add({
      match: { method: 'GET', path: /\/comments$/ },
      do: { kind: 'status', status: 429, body: {} },
    });
}

/** Posts that arrive, and of which the client hears something else: two on each platform. */
function scriptLostAnswers({ all }: Platforms): void {
  for (const simulator of all) {
    simulator.faults.add({ match: { method: 'POST' }, do: { kind: 'after-write', status: 500 } });
    simulator.faults.add({ match: { method: 'POST' }, do: { kind: 'reset-after-write' } });
  }
}

/**
 * Waits of minutes are cut short: blocks, breakers, overdue work, looks. Only times are moved, never a state; a look is
 * not moved before the deadline of its attempt, which is the one wait that safety rests on.
 */
async function timePasses(db: Db): Promise<void> {
  const past = new Date(Date.now() - 1_000);
  await channels(db).updateMany({}, { $set: { blockedUntil: null, 'breaker.openUntil': null } });
  await mentions(db).updateMany(
    { 'work.stage': 'classify', 'work.dueAt': { $gt: past } },
    { $set: { 'work.dueAt': past, 'work.tries': 0 } },
  );
  await replies(db).updateMany(
    { state: 'unknown', lookAt: { $gt: past }, 'attempt.deadline': { $lt: past } },
    { $set: { lookAt: past } },
  );
  await replies(db).updateMany(
    { state: 'released', postponed: { $gt: 0 }, notBefore: { $gt: past } },
    { $set: { notBefore: past } },
  );
}

function openOffice(
  platforms: Platforms,
  urls: { mongoUrl: string; redisUrl: string },
  home: string,
): Promise<Services> {
  const config = { ...readConfig({ START_FROM_DAYS: '200' }, home), database };
  return openServices({
    config,
    channels: platforms.channels,
    ...urls,
    secretKey: 'd'.repeat(64),
    auditKey,
    clock: systemClock,
    log: silentLog,
  });
}

/** Citizens and the office write on, in the order of the generator. */
function openCitizens(dir: string, { all }: Platforms) {
  const items = generateMany({ seed, count: citizens, from: new Date(Date.now() - 60 * dayMs) });
  const written: Written = openWritten(dir, all);
  return {
    /** @param past with their own times; else they are written now */
    write(count: number, past: boolean): void {
      for (let left = count; left > 0; ) {
        const { value: item, done } = items.next();
        if (done) return;
        written.write(item, past ? item.at : null);
        if (item.author !== null) left -= 1;
      }
    },
    [Symbol.dispose]: () => written[Symbol.dispose](),
  };
}

/** A citizen's post that the platform shows the office: on X those that name it, elsewhere all. */
function reachable({ x, instagram, facebook }: Platforms): readonly string[] {
  const name = `@${x.account.name}`;
  const ofCitizens = ({ posts }: Simulator) => posts().filter((post) => !post.byOffice);
  return [
    ...ofCitizens(x)
      .filter(({ text }) => text.toLowerCase().includes(name))
      .map(({ nativeId }) => mentionId('x', nativeId)),
    ...ofCitizens(instagram).map(({ nativeId }) => mentionId('instagram', nativeId)),
    ...ofCitizens(facebook).map(({ nativeId }) => mentionId('facebook', nativeId)),
  ];
}

/** Everything that citizens wrote is stored and classified, and every released reply has come to an end. */
async function drained(db: Db, platforms: Platforms): Promise<true | string> {
  const stored = new Set<string>(await mentions(db).distinct('_id'));
  const missing = reachable(platforms).filter((id) => !stored.has(id));
  const waiting = await mentions(db).countDocuments({ 'work.stage': 'classify' });
  const open = await replies(db).countDocuments({ state: { $in: ['released', 'sending', 'unknown'] } });
  if (missing.length + waiting + open === 0) return true;
  await timePasses(db);
  return `${missing.length} missing (${missing[0]}), ${waiting} wait, ${open} replies open`;
}

// Seen failing: with the schedules not written again after the wipe (nothing is polled any more: 375 missing, 49 replies
// open), and with the connector's list of wall posts cut after the newest 50 (50 missing after an outage). That a reply
// in flight is never sent again is what pipeline-outbox.test.ts rests on.
test('workers, queue and database are killed again and again: nothing is lost, nothing comes twice', async () => {
  await using servers = await startOwnServers();
  await using platforms = await startPlatforms(path.join(servers.dir, 'platforms'));
  using citizen = openCitizens(path.join(servers.dir, 'written'), platforms);
  citizen.write(atFirst, true);
  platforms.facebook.write({
    author: 'Warga Sim',
    text: `NIK saya ${nik}, bansos belum cair`,
    asVisitor: true,
  });
  scriptTrouble(platforms);
  const home = path.join(servers.dir, 'home');
  const { redisUrl } = servers;
  const mongoUrl = servers.mongoUrl(database);
  await using services = await openOffice(platforms, { mongoUrl, redisUrl }, home);
  const { db } = services.database;
  await using workers = await startWorkerProcesses(
    { dir: home, channels: platforms.channels, mongoUrl, redisUrl, auditKey },
    2,
  );
  const desk = openDesk(services);
  const random = seededRandom(seed);
  const classified = () => mentions(db).countDocuments({ 'work.stage': 'done' });
  const sending = () => replies(db).countDocuments({ state: 'sending' });
  const moreClassified = async (count: number) => {
    const goal = (await classified()) + count;
    await until(`${goal} are classified`, 40_000, async () => {
      await timePasses(db);
      const now = await classified();
      return now >= goal || `${now}`;
    });
  };

  // Workers die while they store and classify, one at a time and both at once.
  for (let round = 0; round < 4; round += 1) {
    await moreClassified(random.int(20, 120));
    if (round % 2 === 0) await workers.killAndRestart(random.int(0, 1));
    else await workers.killAllAndRestart();
  }
  // Workers die while replies are in flight.
  scriptLostAnswers(platforms);
  for (let round = 0; round < 3; round += 1) {
    citizen.write(250, false);
    // Beside the releases, not after them: a fast publisher has sent all eight by then.
    await Promise.all([
      desk.releaseMore(8),
      until('a reply is in flight', 30_000, async () => (await sending()) > 0).then(
        workers.killAllAndRestart,
      ),
    ]);
  }
  const edited = platforms.instagram
    .posts()
    .filter((post) => !post.byOffice && post.parentNativeId)
    .slice(-10);
  for (const post of edited)
    platforms.instagram.edit(
      post.nativeId,
      'Lampu penerangan jalan di Papahan mati sejak seminggu, mohon diperbaiki',
    );

  // The queue's server dies, once with all that it knew.
  for (const wipe of [false, true]) {
    citizen.write(250, false);
    await desk.releaseMore(8);
    await servers.restartValkey(wipe);
    await moreClassified(50);
  }
  // The database dies, twice, with the desk at work.
  for (let round = 0; round < 2; round += 1) {
    citizen.write(125, false);
    await Promise.all([servers.restartMongod(), desk.releaseMore(8)]);
  }
  citizen.write(citizens, false);
  await until('everything is drained', 60_000, () => drained(db, platforms));
  const counts = await expectNoBreach(db, platforms.all, auditKey);
  expect(workers.died()).toEqual([]);
  expect(counts.served).toBeGreaterThanOrEqual(3_000);
  expect(desk.taken).toHaveLength(56);
  expect(counts.sent).toBeGreaterThanOrEqual(40);
  const again = await mentions(db)
    .find({ nativeId: { $in: edited.map(({ nativeId }) => nativeId) } })
    .toArray();
  expect(again.map((one) => one.classification?.subject)).toEqual(edited.map(() => 'penerangan_jalan'));
  for (const secret of [nik, ...platforms.all.map(({ token }) => token)])
    expect(workers.logs().includes(secret)).toBe(false);
}, 240_000);
