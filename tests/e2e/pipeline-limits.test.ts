import { expect, test } from '@jest/globals';
import { sweepMentions } from '../../schedules/sweep-mentions.ts';
import { DAY, HOUR, MINUTE, SECOND, systemClock } from '../../src/core/clock.ts';
import { RateLimitedError } from '../../src/core/errors.ts';
import { silentLog } from '../../src/core/log.ts';
import type { ChannelId } from '../../src/domain/ids.ts';
import { openQueue, startWorker } from '../../src/queues/queues.ts';
import type { Simulator } from '../../src/simulators/simulator.ts';
import { cases } from '../../src/store/cases.ts';
import { findChannel, setChannelState } from '../../src/store/channels.ts';
import { mentions, storeMentions } from '../../src/store/mentions.ts';
import { replies } from '../../src/store/replies.ts';
import { pollOnce } from '../../workers/poll.ts';
import { aMention } from '../support/api.ts';
import { checkInvariants } from '../support/e2e-invariants.ts';
import { channelIds, type Office, officeAuditKey, openOffice, statesOf } from '../support/e2e-office.ts';
import { until } from '../support/e2e-until.ts';
import { counts } from '../support/full-counts.ts';
import { startTestServices } from '../support/services.ts';

/** The channel of each simulator, in the same order. */
function seatsOf(office: Office): { simulator: Simulator; channel: ChannelId }[] {
  const ids = channelIds(office);
  return office.platforms.all.map((simulator, index) => ({ simulator, channel: ids[index] as ChannelId }));
}

function write({ platform, write: post }: Simulator, text: string): string {
  return post({ author: 'warga_sim', text: platform === 'x' ? `@aduankra_sim ${text}` : text }).nativeId;
}

// Seen failing: with blockUntil left out of settleHealth, 15 requests reach the blocked platform.
test.each(['with a reset time', 'without one'] as const)(
  'a platform that says 429 %s for 15 minutes is asked once, and the others go on',
  async (how) => {
    await using office = await openOffice();
    const { clock, services } = office;
    await office.complain(1);
    await office.desk.releaseMore(3);
    const storm = new Date(clock.now().getTime() + 15 * MINUTE);
    for (const blocked of seatsOf(office)) {
      const { faults, ledger } = blocked.simulator;
      const until15 = new Date(clock.now().getTime() + 15 * MINUTE);
      if (how === 'with a reset time') faults.rateLimitUntil(until15);
      else faults.add({ do: { kind: 'status', status: 429, body: {} }, times: 'always', until: until15 });
      const before = ledger.requests().length;
      const others = seatsOf(office).filter(({ channel }) => channel !== blocked.channel);
      const answered = [];
      while (clock.now() < until15) {
        await office.poll(blocked.channel);
        for (const { channel } of others) answered.push(await office.poll(channel));
        clock.advance(MINUTE);
      }
      expect(ledger.requests().length - before).toBe(1);
      expect(answered.every((one) => typeof one === 'object' && one?.complete)).toBe(true);
      write(blocked.simulator, 'jalan rusak di Colomadu');
      clock.advance(5 * SECOND);
      expect(await office.poll(blocked.channel)).toMatchObject({ complete: true, added: 1 });
    }
    // The replies that waited meanwhile go out, none given up.
    expect(clock.now() > storm).toBe(true);
    await office.workOff(20 * MINUTE);
    expect(await statesOf(office, office.desk.taken)).toEqual({ sent: 3 });
    expect((await findChannel(services.database.db, channelIds(office)[0] as ChannelId))?.state).toBe('ok');
  },
);

test('a reply that meets a 429 waits for its end, uses up one of its tries and goes out once', async () => {
  await using office = await openOffice();
  await office.complain(1);
  await office.desk.releaseMore(3);
  const end = new Date(office.clock.now().getTime() + 10 * MINUTE);
  for (const { faults } of office.platforms.all) faults.rateLimitUntil(end);
  await office.workOff(9 * MINUTE);
  expect(await statesOf(office)).toEqual({ released: 3 });
  await office.workOff(3 * MINUTE);
  const sent = await replies(office.services.database.db).find({ state: 'sent' }).toArray();
  expect(sent.map(({ postponed }) => postponed)).toEqual([1, 1, 1]);
});

// Seen failing: with the RateLimitedError branch of startWorker left out, the job fails for good after five tries.
test('a job that is told to wait more often than it may fail is done all the same', async () => {
  await using services = await startTestServices();
  const connection = { redis: services.redis, prefix: services.queuePrefix };
  const queue = openQueue(connection, 'classify');
  let asked = 0;
  let done = false;
  const handler = async (): Promise<void> => {
    asked += 1;
    if (asked <= 7) throw new RateLimitedError('wait', 1);
    done = true;
  };
  const worker = startWorker(connection, 'classify', handler, {
    concurrency: 1,
    lockMs: 2_000,
    log: silentLog,
    clock: systemClock,
  });
  try {
    await queue.add('classify', { mentionIds: [] });
    await until('the job is done', 20_000, () => done || `asked ${asked} times`);
    expect(asked).toBe(8);
  } finally {
    await Promise.all([worker.close(), queue.close()]);
  }
});

// Seen failing: with `state !== 'ok'` left out of mayPoll, 61 calls and 61 alarms.
test('a revoked token stops its channel with one alarm and no further call, and its replies are not lost', async () => {
  await using office = await openOffice();
  const { platforms, services, clock, log } = office;
  const { db } = services.database;
  await office.complain(1);
  await office.desk.releaseMore(3);
  platforms.x.revokeTokens();
  platforms.instagram.switches.revoked = 463;
  platforms.facebook.switches.revoked = 460;
  const before = platforms.all.map(({ ledger }) => ledger.requests().length);
  for (let minute = 0; minute < 60; minute += 1) {
    await office.pollAll();
    await office.send();
    clock.advance(MINUTE);
  }
  const calls = platforms.all.map(({ ledger }, index) => ledger.requests().length - (before[index] ?? 0));
  for (const made of calls) expect(made).toBeLessThanOrEqual(3);
  for (const { channel } of seatsOf(office)) {
    expect((await findChannel(db, channel))?.broken?.reason).toBe('token');
    const alarms = log.filter(
      ({ message, fields }) => message === 'channel broken' && fields?.channelId === channel,
    );
    expect(alarms).toHaveLength(1);
  }
  expect(await statesOf(office)).toEqual({ released: 3 });

  // A person connects two of them again.
  platforms.instagram.switches.revoked = null;
  platforms.facebook.switches.revoked = null;
  for (const { channel } of seatsOf(office).slice(1)) await setChannelState(db, channel, 'ok');
  await office.workOff(2 * MINUTE);
  expect(await statesOf(office)).toEqual({ released: 1, sent: 2 });
});

// Seen failing: with recordFailure left out of settleHealth, 360 calls in the hour.
test('an hour of 5xx costs few calls, shows in the channel, and two minutes later nothing is missing', async () => {
  await using office = await openOffice();
  const { clock, services, platforms } = office;
  await office.complain(1);
  const end = new Date(clock.now().getTime() + HOUR);
  for (const { faults } of platforms.all)
    faults.add({ do: { kind: 'status', status: 503 }, times: 'always', until: end });
  const before = platforms.all.map(({ ledger }) => ledger.requests().length);
  for (let tick = 0; clock.now() < end; tick += 1) {
    if (tick % 6 === 0) for (const simulator of platforms.all) write(simulator, `jalan rusak nomor ${tick}`);
    await office.pollAll();
    clock.advance(10 * SECOND);
  }
  const calls = platforms.all.map(({ ledger }, index) => ledger.requests().length - (before[index] ?? 0));
  for (const made of calls) expect(made).toBeLessThanOrEqual(30);
  for (const { channel } of seatsOf(office))
    expect((await findChannel(services.database.db, channel))?.breaker.failures).toBeGreaterThan(10);

  for (let tick = 0; tick < 12; tick += 1) {
    clock.advance(10 * SECOND);
    await office.pollAll();
  }
  await office.classify();
  const checked = await checkInvariants(services.database.db, platforms.all, officeAuditKey);
  expect(checked).toMatchObject({ missing: [], doubled: [], unclassified: [] });
  expect(checked.counts.stored).toBe(3 * 61);
});

// Seen failing: with the list of posts cut after the newest 50, 130 of the wall's posts are missing.
test('what came in an hour without polls is all there after the next one, more than a page of it too', async () => {
  await using office = await openOffice();
  const { clock, platforms, services } = office;
  await office.complain(1);
  for (let index = 0; index < 180; index += 1) {
    platforms.facebook.write({ author: `warga_${index}`, text: `jalan rusak ${index}`, asVisitor: true });
    for (const simulator of platforms.all) write(simulator, `lampu mati nomor ${index}`);
    clock.advance(20 * SECOND);
  }
  await office.pollAll();
  expect(await mentions(services.database.db).countDocuments()).toBe(3 + 4 * 180);
});

// Seen failing: with `_id` made random in toMention (600 more are stored).
test('lost cursors mean a second reading and no second mention, whatever was deleted in between', async () => {
  await using office = await openOffice();
  const { platforms, services } = office;
  const { db } = services.database;
  await office.complain(200);
  for (const { posts, delete: remove } of platforms.all) {
    for (const post of posts()
      .filter(({ byOffice }) => !byOffice)
      .slice(50, 60))
      remove(post.nativeId);
  }
  await db.collection('channels').updateMany({}, { $set: { cursors: {} } });
  for (const id of channelIds(office)) {
    expect(await office.poll(id)).toMatchObject({ complete: true, found: 190, added: 0, changed: 0 });
  }
  expect(await mentions(db).countDocuments()).toBe(600);
});

// Seen failing: with the `startFrom` check left out of toMention, every old comment opens a case.
test(
  'the first connection to accounts full of old comments opens cases for the new ones only',
  async () => {
    await using office = await openOffice({ startFromDays: 7 });
    const { clock, platforms, services } = office;
    const { db } = services.database;
    const old = counts(1_700, 17_000);
    const now = clock.now().getTime();
    for (const simulator of platforms.all) {
      for (let index = 0; index < old; index += 1) {
        const at = new Date(now - 60 * DAY + Math.floor((index * 53 * DAY) / old));
        if (index % 100 === 0) simulator.writeAsOffice({ text: `Kabar ke-${index}`, at });
        const text = `${simulator.platform === 'x' ? '@aduankra_sim ' : ''}jalan di desa berlubang, nomor ${index}`;
        simulator.write({ author: `warga_${index}`, text, at });
      }
    }
    const rss = process.memoryUsage().rss;
    await office.complain(20);
    for (const id of channelIds(office)) await pollOnce(services, id, 'deep', AbortSignal.timeout(60_000));
    await office.classify();
    expect(process.memoryUsage().rss - rss).toBeLessThan(300 * 1024 * 1024);

    const start = new Date(now - 7 * DAY);
    const fresh = { postedAt: { $gte: start } };
    const archived = await mentions(db).find({ archived: true }).toArray();
    expect(archived.length).toBeGreaterThan(2 * old - 500);
    expect(
      archived.every(({ classification, caseId, work }) => !classification && !caseId && !work.dueAt),
    ).toBe(true);
    expect(await mentions(db).countDocuments({ archived: false })).toBe(
      await mentions(db).countDocuments(fresh),
    );
    expect(await cases(db).countDocuments({ openedAt: { $lt: start } })).toBe(0);
    expect(await cases(db).countDocuments()).toBe(await mentions(db).countDocuments(fresh));
    const drafted = await replies(db).distinct('target.mentionId');
    expect(archived.filter(({ _id }) => drafted.includes(_id))).toEqual([]);
  },
  counts(60_000, 600_000),
);

// Seen failing: with areWorkersBehind made false: 1,100 jobs, and after five sweeps all 20,000 in quarantine.
test(
  'with the workers stopped twenty sweeps leave a backlog as long as it was',
  async () => {
    await using office = await openOffice();
    const { clock, services } = office;
    const { db } = services.database;
    const backlog = counts(20_000, 100_000);
    for (let from = 0; from < backlog; from += 1_000) {
      const batch = Array.from({ length: 1_000 }, (_, index) =>
        aMention(String(from + index), {
          classification: null,
          work: { stage: 'classify', dueAt: new Date(clock.now().getTime() + 2 * MINUTE), tries: 0 },
        }),
      );
      await storeMentions(mentions(db), batch, clock.now());
    }
    const lengths: number[] = [];
    for (let sweep = 0; sweep < 20; sweep += 1) {
      clock.advance(2 * MINUTE + SECOND);
      await sweepMentions.run(services, new AbortController().signal);
      const { waiting = 0 } = await services.queues.classify.getJobCounts('waiting');
      lengths.push(waiting);
    }
    expect(new Set(lengths)).toEqual(new Set([100]));
    // Nobody worked on them, so nobody failed: none may be given up.
    expect(await mentions(db).countDocuments({ 'work.stage': 'quarantined' })).toBe(0);
  },
  counts(60_000, 600_000),
);
