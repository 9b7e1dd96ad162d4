import { mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { DAY, fixedClock, MINUTE } from '../../src/core/clock.ts';
import { silentLog } from '../../src/core/log.ts';
import { officeChannelItems } from '../../src/simulators/demo/office-channels.ts';
import { openDemoPlayer, playDemo } from '../../src/simulators/demo/player.ts';
import { storyItems } from '../../src/simulators/demo/story.ts';
import { startFacebookSimulator } from '../../src/simulators/facebook/index.ts';
import { startInstagramSimulator } from '../../src/simulators/instagram/index.ts';
import type { SimulatedPost } from '../../src/simulators/simulator.ts';
import { startXSimulator } from '../../src/simulators/x/index.ts';

const start = new Date('2026-11-23T00:30:00Z');
const dirs: string[] = [];

afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function newDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tanggap-demo-'));
  dirs.push(dir);
  return dir;
}

/** The three platforms and a second Instagram account, as after a (re)start on the same directory. */
async function openDemo(dir: string, now = start) {
  const clock = fixedClock(now);
  const x = await startXSimulator({ dir: join(dir, 'x'), clock });
  const instagram = await startInstagramSimulator({ dir: join(dir, 'instagram'), clock });
  const rsud = await startInstagramSimulator({
    dir: join(dir, 'instagram-rsud'),
    clock,
    account: { id: '17841400000000002', name: 'rsud.kra.sim' },
  });
  const facebook = await startFacebookSimulator({ dir: join(dir, 'facebook'), clock });
  const simulators = [x, instagram, rsud, facebook];
  const deps = { simulators, clock, log: silentLog, dir, fixturesDir: 'fixtures', speed: 60 };
  const posts = (): SimulatedPost[] => simulators.flatMap((simulator) => [...simulator.posts()]);
  return {
    x,
    instagram,
    rsud,
    facebook,
    deps,
    clock,
    posts,
    async [Symbol.asyncDispose]() {
      for (const simulator of simulators) await simulator[Symbol.asyncDispose]();
    },
  };
}

describe('the story', () => {
  test('holds what was written on the three platforms, parents first', () => {
    const items = storyItems('fixtures', start);
    const lines = readFileSync('fixtures/demo-scenario.jsonl', 'utf8').split('\n').filter(Boolean);
    const played = lines.filter((line) => /"channel": "(x|instagram|facebook)"/.test(line));
    expect(items).toHaveLength(played.length + 1);
    const keys = items.map((item) => item.key);
    for (const [index, { parentKey, quotedKey }] of items.entries()) {
      for (const before of [parentKey, quotedKey])
        if (before) expect(keys.indexOf(before)).toBeLessThan(index);
    }
    expect(keys.indexOf('H-01')).toBeGreaterThanOrEqual(0);
  });

  test('is the one that was written for the demo, unchanged', () => {
    const items = storyItems('fixtures', start);
    expect(items.filter((item) => item.author === null).map((item) => item.key)).toEqual(
      expect.arrayContaining(['P-01', 'P-02', 'P-03', 'P-04', 'P-05', 'P-06']),
    );
    expect(items.find((item) => item.key === 'W-33')).toMatchObject({ parentKey: null, quotedKey: 'W-32' });
    expect(items.find((item) => item.key === 'H-02')).toMatchObject({ asVisitor: true, parentKey: null });
  });
});

describe('the first start', () => {
  test('writes 28 days and the past of the story, each in its own thread and on its own account', async () => {
    await using demo = await openDemo(newDir());
    using player = openDemoPlayer(demo.deps);
    expect(player.writePast()).toBeGreaterThan(250);
    const texts = new Map(demo.posts().map((post) => [post.text, post]));
    const story = storyItems('fixtures', start).filter((item) => item.minute < 0);
    for (const item of story) {
      const post = texts.get(item.text.normalize('NFC'));
      expect(post?.at).toEqual(item.at);
      if (item.parentKey) {
        const parent = story.find((other) => other.key === item.parentKey);
        expect(post?.parentNativeId).toBe(texts.get(parent?.text ?? '')?.nativeId);
      }
    }
    expect(demo.rsud.posts().filter((post) => post.byOffice)).toHaveLength(1);
    expect(demo.rsud.posts().length).toBeGreaterThanOrEqual(4);
    const oldest = Math.min(...demo.posts().map((post) => post.at.getTime()));
    expect(start.getTime() - oldest).toBe(28 * DAY);
    expect(demo.posts().every((post) => post.at < start)).toBe(true);
  });

  test('a second start writes nothing', async () => {
    const dir = newDir();
    {
      await using demo = await openDemo(dir);
      using player = openDemoPlayer(demo.deps);
      player.writePast();
    }
    await using demo = await openDemo(dir, new Date(start.getTime() + 3 * DAY));
    const before = demo.posts().length;
    using player = openDemoPlayer(demo.deps);
    expect(player.writePast()).toBe(0);
    expect(demo.posts()).toHaveLength(before);
    expect(player.startedAt).toEqual(start);
  });

  // Planted: the look for unclaimed posts left out of openWritten → 301 posts too many.
  test('a crash in the middle, journals cut anywhere, ends in the same posts', async () => {
    const whole = newDir();
    await using first = await openDemo(whole);
    using player = openDemoPlayer(first.deps);
    player.writePast();
    const wanted = first.posts().map((post) => `${post.author}|${post.at.toISOString()}|${post.text}`);

    for (const share of [0, 0.5, 0.97]) {
      const dir = newDir();
      {
        await using demo = await openDemo(dir);
        using interrupted = openDemoPlayer(demo.deps);
        interrupted.writePast();
      }
      const journal = join(dir, 'demo-written.jsonl');
      truncateSync(journal, Math.floor(readFileSync(journal).length * share));
      await using demo = await openDemo(dir);
      using again = openDemoPlayer(demo.deps);
      again.writePast();
      const got = demo.posts().map((post) => `${post.author}|${post.at.toISOString()}|${post.text}`);
      expect(got.sort()).toEqual([...wanted].sort());
    }
  });

  test('posts that a simulator lost are written again', async () => {
    const dir = newDir();
    {
      await using demo = await openDemo(dir);
      using player = openDemoPlayer(demo.deps);
      player.writePast();
    }
    const posts = join(dir, 'x', 'posts.jsonl');
    const size = readFileSync(posts).length;
    truncateSync(posts, Math.floor(size / 2));
    await using demo = await openDemo(dir);
    using player = openDemoPlayer(demo.deps);
    expect(player.writePast()).toBeGreaterThan(10);
    expect(readFileSync(posts).length).toBe(size);
  });
});

describe('the channels on which people write to the office alone', () => {
  const all = ['whatsapp', 'website', 'sp4n', 'laporgub', 'sapamas'] as const;
  const span = { seed: 'karanganyar', from: new Date(start.getTime() - 28 * DAY), to: start };

  test('are all alive, the same in every run, and their portals number each report once', () => {
    const items = [...officeChannelItems({ ...span, platforms: all })];
    for (const platform of all) {
      expect(items.filter((item) => item.platform === platform).length).toBeGreaterThan(10);
      expect(
        storyItems('fixtures', start, [platform]).filter((item) => item.platform === platform),
      ).not.toEqual([]);
    }
    const numbered = items.filter((item) => /^(SP4N|LG|SAPAMAS)-/.test(item.author ?? ''));
    expect(new Set(numbered.map((item) => item.author)).size).toBe(numbered.length);
    expect(items.map(({ at }) => at.getTime())).toEqual(
      items.map(({ at }) => at.getTime()).sort((a, b) => a - b),
    );
    const longer = officeChannelItems({ ...span, to: new Date(start.getTime() + DAY), platforms: all });
    expect([...longer].slice(0, items.length)).toEqual(items);
    expect([...officeChannelItems({ ...span, platforms: ['website'] })]).toEqual(
      items.filter((item) => item.platform === 'website'),
    );
  });
});

describe('while serving', () => {
  test('messages come at their minute, stamped with the real time, and days of background follow', async () => {
    await using demo = await openDemo(newDir());
    using player = openDemoPlayer(demo.deps);
    player.writePast();
    const seen = (text: string) => demo.posts().some((post) => post.text.includes(text));
    expect(await player.advance(1_000)).toBe(0);
    demo.clock.advance(10_000);
    // Minute 2 of the story at 60 times the speed.
    await player.advance(1_000);
    expect(seen('sampe pagi ini blm ada petugas')).toBe(true);
    expect(seen('rame bgt di fyp')).toBe(false);
    const post = demo.posts().find(({ text }) => text.includes('sampe pagi ini blm ada petugas'));
    expect(post?.at).toEqual(demo.clock.now());
    await player.advance(7 * MINUTE);
    for (const item of storyItems('fixtures', start)) expect(seen(item.text.normalize('NFC'))).toBe(true);
    const before = demo.posts().length;
    // Two more days of the story.
    await player.advance(48 * MINUTE);
    expect(demo.posts().length - before).toBeGreaterThan(8);
  });

  test('the platforms have the trouble that the story tells of', async () => {
    await using demo = await openDemo(newDir());
    let reconnected = 0;
    using player = openDemoPlayer({
      ...demo.deps,
      reconnect: async () => {
        reconnected += 1;
      },
    });
    player.writePast();
    const to = async (minute: number) => player.advance(minute * 1_000 - served(demo.deps.dir));
    await to(94);
    expect(demo.instagram.switches.revoked).toBeNull();
    await to(96);
    expect(demo.instagram.switches.revoked).toBe(460);
    await to(121);
    expect(demo.x.faults.limitNow()).toEqual(new Date(demo.clock.now().getTime() + 15_000));
    await to(151);
    const asked = demo.facebook.posts().find(({ text }) => text.startsWith('Ini sudah hampir 3 minggu'));
    const answer = await fetch(new URL(`/v26.0/${asked?.nativeId}/comments`, demo.facebook.baseUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${demo.facebook.token}` },
      body: new URLSearchParams({ message: 'Sudah dijadwalkan besok.' }),
    });
    expect(answer.status).toBe(500);
    expect(demo.facebook.posts().filter(({ text }) => text === 'Sudah dijadwalkan besok.')).toHaveLength(1);
    expect(demo.facebook.faults.armed()).toHaveLength(0);
    await to(159);
    expect(demo.facebook.posts().find(({ text }) => text.startsWith('Karnavale apik'))?.deleted).toBe(true);
    expect(reconnected).toBe(0);
    await to(186);
    expect(demo.instagram.switches.revoked).toBeNull();
    expect(reconnected).toBe(1);
  });

  test('a restart goes on where serving stopped and releases nothing twice', async () => {
    const dir = newDir();
    {
      await using demo = await openDemo(dir);
      using player = openDemoPlayer(demo.deps);
      player.writePast();
      await player.advance(60_000);
    }
    await using demo = await openDemo(dir, new Date(start.getTime() + DAY));
    using player = openDemoPlayer(demo.deps);
    expect(player.writePast()).toBe(0);
    const before = demo.posts().length;
    expect(await player.advance(0)).toBe(0);
    expect(demo.posts()).toHaveLength(before);
    await player.advance(6 * MINUTE);
    const texts = demo.posts().map((post) => `${post.author}${post.text}`);
    const story = storyItems('fixtures', start).filter((item) => item.minute >= 0);
    for (const item of story) {
      const same = texts.filter((text) => text.endsWith(item.text.normalize('NFC')));
      // M-05 is the citizen's own repetition of W-02.
      expect(same.length).toBeLessThanOrEqual(item.key === 'M-05' || item.key === 'M-06' ? 2 : 1);
    }
  });

  test('a single run writes the past only, and a second one finds nothing new', async () => {
    const dir = newDir();
    const runOnce = async () => {
      await using demo = await openDemo(dir);
      await playDemo({ ...demo.deps, signal: new AbortController().signal, ticking: false });
      return demo.posts().length;
    };
    const first = await runOnce();
    expect(await runOnce()).toBe(first);
  });
});

function served(dir: string): number {
  const time: { servedMs: number } = JSON.parse(readFileSync(join(dir, 'demo-time.json'), 'utf8'));
  return time.servedMs;
}
