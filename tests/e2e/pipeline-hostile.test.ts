import { expect, test } from '@jest/globals';
import type { Db } from 'mongodb';
import { sweepMentions } from '../../schedules/sweep-mentions.ts';
import { HOUR, MINUTE } from '../../src/core/clock.ts';
import { silentLog } from '../../src/core/log.ts';
import type { ChannelId } from '../../src/domain/ids.ts';
import type { Services } from '../../src/services.ts';
import { seededRandom } from '../../src/simulators/demo/random.ts';
import type { Simulator } from '../../src/simulators/simulator.ts';
import { setChannelState } from '../../src/store/channels.ts';
import { waitingIds } from '../../src/store/mention-work.ts';
import { mentions } from '../../src/store/mentions.ts';
import { listQuarantine } from '../../src/store/quarantine.ts';
import { classifyHandler } from '../../workers/classify.ts';
import { hostileItem, poisons } from '../support/e2e-hostile.ts';
import { channelIds, type Office, openOffice } from '../support/e2e-office.ts';

const json = { 'content-type': 'application/json; charset=utf-8' };
const perPage = 25;
const pages = 14;

/** Where each platform's messages come from, how a page of them looks, and an honest one of them. */
const lists: Readonly<
  Record<
    string,
    { path: RegExp; page: (items: string) => string; honest: (id: string) => Record<string, unknown> }
  >
> = {
  x: {
    path: /\/mentions$/,
    page: (items) => `{"data":[${items}],"meta":{"result_count":${perPage}}}`,
    honest: (id) => ({
      id,
      text: '@aduankra_sim lampu jalan mati',
      created_at: '2026-11-24T02:00:00.000Z',
      author_id: '900',
      conversation_id: id,
      edit_history_tweet_ids: [id],
      entities: { mentions: [{ username: 'aduankra_sim', id: '1727000000000000001' }] },
      lang: 'in',
    }),
  },
  instagram: {
    path: /\/comments$/,
    page: (items) => `{"data":[${items}]}`,
    honest: (id) => ({
      id,
      text: 'lampu jalan mati',
      timestamp: '2026-11-24T02:00:00+0000',
      username: 'warga_sim',
      from: { id: '24000', username: 'warga_sim' },
      hidden: false,
      like_count: 0,
    }),
  },
  facebook: {
    path: /\/comments$/,
    page: (items) => `{"data":[${items}],"summary":{"total_count":1}}`,
    honest: (id) => ({
      id: `1220000000000001_${id}`,
      message: 'lampu jalan mati',
      created_time: '2026-11-24T02:00:00+0000',
      from: { id: '24000', name: 'Warga Sim' },
      is_hidden: false,
      permalink_url: `https://www.facebook.com/${id}`,
    }),
  },
};

/** How many messages are kept: stored, or in quarantine with a reason. */
async function kept(db: Db): Promise<number> {
  const quarantined = await listQuarantine(db, 10_000);
  for (const { reason } of quarantined) expect(reason).not.toBe('');
  return (await mentions(db).countDocuments()) + quarantined.reduce((sum, { times }) => sum + times, 0);
}

/** One poll over an answer of the test's own making; whatever it does to the channel is forgotten again. */
async function pollOver(
  office: Office,
  simulator: Simulator,
  channel: ChannelId,
  body: string,
): Promise<void> {
  const list = lists[simulator.platform];
  simulator.faults.clear();
  simulator.faults.add({
    match: { method: 'GET', path: list?.path ?? '' },
    do: { kind: 'status', status: 200, body, headers: json },
  });
  await office.poll(channel);
  await setChannelState(office.services.database.db, channel, 'ok');
  await office.services.database.db.collection('channels').updateMany({}, { $set: { cursors: {} } });
  office.clock.advance(1_000);
}

// Seen failing: with `rejected` left out of ingest's quarantine (some of each page are nowhere), and with rawText
// without its catch (a page with a deep item is lost whole).
test('a thousand hostile messages crash nothing: each is stored or in quarantine with its reason', async () => {
  await using office = await openOffice();
  const { db } = office.services.database;
  const keysBefore = Object.getOwnPropertyNames(Object.prototype).length;
  const random = seededRandom('hostile-1');
  const ids = channelIds(office);
  for (const simulator of office.platforms.all)
    simulator.writeAsOffice({ text: 'Layanan hari ini', at: new Date(office.clock.now().getTime() - HOUR) });
  let served = 0;
  for (const [place, simulator] of office.platforms.all.entries()) {
    const list = lists[simulator.platform];
    if (!list) throw new Error(`no list of ${simulator.platform}`);
    for (let page = 0; page < pages; page += 1) {
      const items: string[] = [];
      for (let index = 0; index < perPage; index += 1) {
        served += 1;
        items.push(hostileItem(random, served, list.honest(`20500000000000${10_000 + served}`)));
      }
      await pollOver(office, simulator, ids[place] as ChannelId, list.page(items.join()));
      expect(await kept(db)).toBe(served);
    }
  }
  await office.classify();

  expect(served).toBe(1_050);
  expect(await mentions(db).countDocuments({ 'work.stage': 'classify' })).toBe(0);
  expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(keysBefore);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}, 60_000);

// Seen failing: with classifyOneByOne left out of the handler, all 100 of the job end in quarantine.
test('a message that no classifier survives ends in quarantine alone; the others of its job are handled', async () => {
  await using office = await openOffice();
  const { services, clock, platforms } = office;
  const { db } = services.database;
  for (let index = 0; index < 100; index += 1) {
    const text = index === 40 ? '@aduankra_sim racun' : `@aduankra_sim jalan berlubang nomor ${index}`;
    platforms.x.write({ author: `warga_${index}`, text });
  }
  await office.pollAll();
  const { classifier } = services;
  const fragile: Services = {
    ...services,
    classifier: {
      ...classifier,
      classify(input) {
        if (input.text.includes('racun')) throw new Error('planted');
        return classifier.classify(input);
      },
    },
  };
  const handle = classifyHandler(fragile);
  const signal = new AbortController().signal;
  for (let sweep = 0; sweep < 7; sweep += 1) {
    const mentionIds = await waitingIds(mentions(db), 100);
    if (mentionIds.length > 0) await handle({ mentionIds }, { log: silentLog, signal }).catch(() => {});
    clock.advance(3 * MINUTE);
    await services.queues.classify.drain();
    await sweepMentions.run(services, signal);
  }
  expect(await mentions(db).countDocuments({ 'work.stage': 'done' })).toBe(99);
  const given = await mentions(db).find({ 'work.stage': 'quarantined' }).toArray();
  expect(given.map(({ text }) => text)).toEqual(['@aduankra_sim racun']);
  expect((await listQuarantine(db, 10)).map(({ nativeId }) => nativeId)).toEqual([given[0]?._id]);
});

test('answers that are no list at all end the run with an error or nothing, never with a crash', async () => {
  await using office = await openOffice();
  const random = seededRandom('hostile-2');
  const ids = channelIds(office);
  for (const simulator of office.platforms.all) {
    simulator.writeAsOffice({ text: 'Layanan hari ini', at: new Date(office.clock.now().getTime() - HOUR) });
  }
  for (const [place, simulator] of office.platforms.all.entries()) {
    for (const [index, poison] of poisons.entries()) {
      const value = poison(random, index);
      const bodies = [
        value,
        `{"data":${value}}`,
        `{"data":[],"meta":${value},"paging":${value}}`,
        value.slice(0, -1),
      ];
      for (const body of bodies) await pollOver(office, simulator, ids[place] as ChannelId, body);
    }
    // And the next honest answer is read as if nothing had been.
    simulator.faults.clear();
    expect(await office.poll(ids[place] as ChannelId)).toMatchObject({ complete: true });
  }
}, 60_000);
