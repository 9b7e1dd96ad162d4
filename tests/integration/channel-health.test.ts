/** Whether a channel fares well: against its own normal rate, with one alarm for one trouble. */
import { expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '../../src/core/clock.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { healthOf } from '../../src/domain/channel-health.ts';
import type { ChannelId } from '../../src/domain/ids.ts';
import { watchChannels } from '../../src/joins/channel-health.ts';
import { channels, markBroken, setChannelState } from '../../src/store/channels.ts';
import { closeIncidents, listIncidents, openIncident } from '../../src/store/incidents.ts';
import { channel } from '../support/builders.ts';
import { openSiteOffice } from '../support/site-office.ts';

const now = new Date('2026-11-24T03:00:00Z');
const before = (ms: number) => new Date(now.getTime() - ms);

function troublesOf(part: Partial<Channel>, facts: { hours: number; messages: number }) {
  const one = channel({ lastPolledAt: now, lastSuccessAt: now, ...part });
  const known = { lastMessageAt: before(facts.hours * HOUR), messages: facts.messages, pollEveryMs: MINUTE };
  return healthOf(one, known, now).troubles.map((trouble) => trouble.kind);
}

test('silence is judged by the channel’s own rate, and never before twelve hours', () => {
  // Ten a day: 2.4 hours are usual, seventeen are not.
  expect(troublesOf({}, { hours: 11, messages: 280 })).toEqual([]);
  expect(troublesOf({}, { hours: 18, messages: 280 })).toEqual(['silent']);
  // Three a week: two days of silence are nothing.
  expect(troublesOf({}, { hours: 48, messages: 12 })).toEqual([]);
  // Too few to tell.
  expect(troublesOf({}, { hours: 500, messages: 3 })).toEqual([]);
});

test('a token near its end, money nearly spent and a platform that does not answer are said; a paused channel is left alone', () => {
  const fine = { hours: 1, messages: 280 };
  const probe = { at: now, expiresAt: new Date(now.getTime() + 3 * DAY), warnings: [] };
  expect(troublesOf({ probe }, fine)).toEqual(['token']);
  const budget = { month: '2026-11', spentMicros: 46, limitMicros: 50 };
  expect(troublesOf({ budget }, fine)).toEqual(['money']);
  const away = { breaker: { failures: 4, openUntil: null }, lastSuccessAt: before(20 * MINUTE) };
  expect(troublesOf(away, fine)).toEqual(['unreachable']);
  expect(troublesOf({ ...away, state: 'paused' }, fine)).toEqual([]);
  const broken = { reason: 'token' as const, platformWords: 'x', since: now };
  expect(troublesOf({ state: 'broken', broken }, fine)).toEqual(['broken']);
});

// Planted: the unique index one_open_per_trouble dropped → three alarms of five.
test('one trouble is one alarm, whoever sees it first and however often; it ends when the channel runs again', async () => {
  await using office = await openSiteOffice();
  const { db } = office.services.database;
  const id = 'website-karanganyar' as ChannelId;
  const trouble = { kind: 'money', words: 'a', todo: 'b', who: 'Admin sistem' } as const;
  const news = await Promise.all(
    Array.from({ length: 5 }, () => openIncident(db, id, trouble, office.clock.now())),
  );
  expect(news.filter((isNews) => isNews)).toHaveLength(1);
  await closeIncidents(db, id, [], office.clock.now());

  await markBroken(db, id, { reason: 'token', platformWords: 'Error 190' }, office.clock.now());
  await watchChannels(office.services);
  office.clock.advance(HOUR);
  await watchChannels(office.services);
  await setChannelState(db, id, 'ok');
  await watchChannels(office.services);
  const found = await listIncidents(db, before(DAY), new Date(now.getTime() + DAY));
  expect(found.filter((one) => one.kind === 'broken')).toMatchObject([
    { channelId: id, openedAt: now, closedAt: office.clock.now() },
  ]);
  expect(await channels(db).countDocuments()).toBe(4);
});
