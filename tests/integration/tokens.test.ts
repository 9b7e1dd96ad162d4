/** Tokens that rotate: sealed in MongoDB, renewed once by all processes together, not lost on the way. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { refreshTokens } from '../../schedules/refresh-tokens.ts';
import { DAY, fixedClock, HOUR } from '../../src/core/clock.ts';
import { ChannelConfig, ConfigError, readConfig } from '../../src/core/config.ts';
import { ChannelBrokenError } from '../../src/core/errors.ts';
import { type Log, silentLog } from '../../src/core/log.ts';
import { channelId } from '../../src/domain/ids.ts';
import type { Tokens } from '../../src/domain/tokens.ts';
import { refreshedAccess } from '../../src/platforms/x/access.ts';
import { openServices } from '../../src/services.ts';
import { startInstagramSimulator } from '../../src/simulators/instagram/index.ts';
import { startXSimulator } from '../../src/simulators/x/index.ts';
import { findChannel } from '../../src/store/channels.ts';
import { tokenStore } from '../../src/store/secrets.ts';
import { pollOnce } from '../../workers/poll.ts';
import { startTestServices } from '../support/services.ts';

const key = 'e'.repeat(64);
const client = { clientId: 'app', clientSecret: 'rahasia' };
const id = channelId('x', 'aduankra_sim');
const never = new AbortController().signal;

async function setUp() {
  const test = await startTestServices();
  const dir = await mkdtemp(path.join(tmpdir(), 'tanggap-tokens-'));
  const clock = fixedClock('2026-11-24T03:00:00Z');
  const x = await startXSimulator({ dir: path.join(dir, 'x'), clock });
  const given: Tokens = { accessToken: 'ended', refreshToken: x.refreshToken(), expiresAt: null };
  const store = (tokens = given, itsKey = key) => tokenStore({ db: test.db, key: itsKey, clock }, id, tokens);
  return {
    test,
    dir,
    clock,
    x,
    given,
    store,
    access: (of = store()) => refreshedAccess({ store: of, client, clock, simulator: x.baseUrl }),
    refreshCalls: () => x.ledger.requests({ path: '/2/oauth2/token' }).length,
    async [Symbol.asyncDispose]() {
      await x[Symbol.asyncDispose]();
      await test[Symbol.asyncDispose]();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

// Planted: the lock given to everybody (`tryLock` always true) → more than one call, this test failed.
test('eight processes whose token ends at once make one call, and all go on with the same new token', async () => {
  await using up = await setUp();
  const got = await Promise.all(Array.from({ length: 8 }, () => up.access()()));
  expect(new Set(got).size).toBe(1);
  expect(up.refreshCalls()).toBe(1);
  // The pair outlives them all.
  expect(await up.access()()).toBe(got[0]);
  up.clock.advance(2 * HOUR);
  expect(await up.access()()).not.toBe(got[0]);
  expect(up.refreshCalls()).toBe(2);
});

test('what is stored cannot be read, nor moved to another channel, nor opened with another key', async () => {
  await using up = await setUp();
  const fresh = await up.access()();
  const secrets = up.test.db.collection<{ _id: string; sealed: string }>('secrets');
  const stored = await secrets.findOne({ _id: id });
  for (const secret of [fresh, up.x.refreshToken(), 'ended'])
    expect(JSON.stringify(stored)).not.toContain(secret);
  const another = tokenStore({ db: up.test.db, key, clock: up.clock }, channelId('x', 'lain'), up.given);
  await another.read();
  await secrets.updateOne({ _id: 'x-lain' }, { $set: { sealed: stored?.sealed ?? '' } });
  for (const opening of [another.read(), up.store(up.given, 'f'.repeat(64)).read()]) {
    await expect(opening).rejects.toBeInstanceOf(ConfigError);
    await expect(opening).rejects.toThrow(/tidak dapat dibuka.*cannot be opened/s);
  }
});

// Planted: the pair not kept in memory when the write fails → X refused the used refresh token, this test failed.
test('a new pair that the database could not take is stored at the next call, without asking X again', async () => {
  await using up = await setUp();
  let fails = true;
  const real = up.store();
  const access = up.access({
    ...real,
    write: async (tokens) => {
      if (fails) throw new Error('database away');
      await real.write(tokens);
    },
  });
  await expect(access()).rejects.toThrow('database away');
  fails = false;
  const token = await access();
  expect(up.refreshCalls()).toBe(1);
  expect((await real.read()).accessToken).toBe(token);
});

test('a process killed between the two leaves a refresh token that X no longer takes: the channel says so', async () => {
  await using up = await setUp();
  const killed = up.access({ ...up.store(), write: () => Promise.reject(new Error('killed')) });
  await expect(killed()).rejects.toThrow('killed');
  await expect(up.access()()).rejects.toBeInstanceOf(ChannelBrokenError);
});

test('another token in the environment wins once; an older process does not bring the old one back', async () => {
  await using up = await setUp();
  const old = up.store();
  await old.read();
  const connectedAnew = { ...up.given, accessToken: 'baru' };
  const fresh = up.store(connectedAnew);
  expect((await fresh.read()).accessToken).toBe('baru');
  expect((await old.read()).accessToken).toBe('baru');
  await old.write({ ...connectedAnew, accessToken: 'lebih baru' });
  expect((await up.store(connectedAnew).read()).accessToken).toBe('lebih baru');
});

test('the schedule renews what ends, with one alarm and no further call where the platform refuses', async () => {
  await using up = await setUp();
  await using instagram = await startInstagramSimulator({ dir: path.join(up.dir, 'ig'), clock: up.clock });
  const errors: string[] = [];
  const log: Log = { ...silentLog, error: (message: string) => void errors.push(message) };
  const common = { agency: null, appId: null, appSecret: null, keywords: [], limitMicros: null };
  await using services = await openServices({
    config: {
      ...readConfig({}, up.dir),
      database: up.test.db.databaseName,
      queuePrefix: up.test.queuePrefix,
    },
    channels: [
      ChannelConfig.parse({
        ...common,
        platform: 'x',
        account: up.x.account,
        token: 'ended',
        simulator: up.x.baseUrl.href,
        renewal: { refreshToken: 'used already', client },
      }),
      ChannelConfig.parse({
        ...common,
        platform: 'instagram',
        account: instagram.account,
        token: instagram.token,
        simulator: instagram.baseUrl.href,
        renewal: { refreshToken: null, client: null },
      }),
    ],
    mongoUrl: up.test.mongoUrl,
    redisUrl: up.test.redisUrl,
    auditKey: 'a'.repeat(64),
    secretKey: key,
    clock: up.clock,
    log,
  });
  const { db } = services.database;
  await refreshTokens.run(services, never);
  await refreshTokens.run(services, never);
  expect(await findChannel(db, id)).toMatchObject({ state: 'broken', broken: { reason: 'token' } });
  expect(errors).toEqual(['channel broken']);
  expect(up.refreshCalls()).toBe(1);

  const onInstagram = channelId('instagram', instagram.account.name);
  const renewals = () => instagram.ledger.requests({ path: '/refresh_access_token' }).length;
  expect(renewals()).toBe(1);
  up.clock.advance(10 * DAY);
  await refreshTokens.run(services, never);
  expect(renewals()).toBe(1);
  up.clock.advance(6 * DAY);
  await refreshTokens.run(services, never);
  expect(renewals()).toBe(2);
  // The poll uses the renewed one.
  instagram.switches.tokens.delete(instagram.token);
  expect(await pollOnce(services, onInstagram, 'normal', never)).toMatchObject({ error: null });
});
