import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decideByHand } from '../../src/approve/by-hand.ts';
import { release } from '../../src/approve/release.ts';
import { edit } from '../../src/approve/write.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/core/clock.ts';
import {
  ChannelBrokenError,
  PermanentError,
  RateLimitedError,
  TransientError,
} from '../../src/core/errors.ts';
import type { MentionId } from '../../src/domain/ids.ts';
import type { Outcome, Reply } from '../../src/domain/reply.ts';
import { noteOwnAnswer } from '../../src/publish/own-answer.ts';
import { publish, sendTakesMs } from '../../src/publish/publish.ts';
import { type Failpoint, failpoints, type PublishDeps } from '../../src/publish/publish-deps.ts';
import { reconcileDue } from '../../src/publish/reconcile.ts';
import { sweepReplies } from '../../src/publish/sweep-replies.ts';
import { cases } from '../../src/store/cases.ts';
import { addDraft, countReplies, replies } from '../../src/store/replies.ts';
import { setStopSwitch } from '../../src/store/stop-switch.ts';
import { aReply, aTarget, budi, citizenText, sari } from '../support/reply-builders.ts';
import { openReplyDesk, type ReplyDesk, sweepQueries } from '../support/reply-desk.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

let services: TestServices;
let desk: ReplyDesk;
beforeAll(async () => {
  services = await startTestServices();
});
afterAll(async () => {
  await services[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await Promise.all([replies(services.db).deleteMany({}), cases(services.db).deleteMany({})]);
  await setStopSwitch(services.db, { stopped: false, by: sari, at: new Date() });
  desk = await openReplyDesk(services);
});

const send = (reply: Pick<Reply, '_id' | 'version'>, deps: PublishDeps = desk.publish) =>
  publish(deps, reply._id, reply.version);
const released = (nativeId: string, change: Partial<Reply> = {}) =>
  desk.put(nativeId, { state: 'released', ...change });
const many = (count: number, prefix = 'm') =>
  Promise.all(Array.from({ length: count }, (_, index) => released(`${prefix}${index}`)));

/** What the schedules and the queue do until nothing is left to do by machine: at most an hour of the fixed clock. */
async function runWorkers(): Promise<void> {
  const queries = sweepQueries(services);
  for (let minute = 0; minute < 60; minute += 0.5) {
    const due: Reply[] = [];
    const enqueue = async (found: readonly Reply[]) => {
      due.push(...found);
    };
    await sweepReplies({ ...desk.publish, ...queries, enqueue }, 1_000);
    await reconcileDue({ ...desk.publish, ...queries }, 1_000);
    await Promise.all(due.map((reply) => send(reply)));
    const left = await countReplies(replies(services.db));
    if (!left.released && !left.sending && !left.unknown) return;
    desk.clock.advance(30 * SECOND);
  }
}

/** Every reply is on the platform at most once, with the approved text, and is not lost. */
async function expectNoDoubleAndNoneLost(): Promise<Partial<Record<Reply['state'], number>>> {
  const all = await replies(services.db).find().toArray();
  for (const reply of all) {
    const onPlatform = desk.platform.timeline.filter((own) => own.under === reply.target.nativeId);
    expect(onPlatform.length).toBeLessThanOrEqual(1);
    if (reply.state === 'sent') expect(onPlatform).toHaveLength(1);
    else expect(reply.state).toBe('needs_person');
    const posts = desk.platform.posts.filter((post) => post.target.mentionId === reply.target.mentionId);
    expect(posts.length).toBeLessThanOrEqual(1);
    for (const post of posts) expect(post.text).toBe(reply.text);
  }
  return countReplies(replies(services.db));
}

describe('one released reply', () => {
  test('is sent once, in the approved words, and answers its case', async () => {
    const reply = await released('1');
    expect(await send(reply)).toBe('sent');
    expect(desk.platform.posts).toMatchObject([{ target: reply.target, text: reply.text }]);
    expect(await desk.reply(reply._id)).toMatchObject({
      state: 'sent',
      open: false,
      attempt: { number: 1, owner: 'worker-1' },
      sent: { by: 'answer', nativeId: 'own-1' },
    });
    expect(await desk.caseOf('1')).toMatchObject({ state: 'dijawab', answeredBy: 'tanggap' });
    expect(await send(reply)).toBe('not-ours');
    expect(desk.platform.posts).toHaveLength(1);
  });

  test('a receipt is sent too, but the case stays open', async () => {
    const reply = await released('1');
    expect(await send(reply, { ...desk.publish, answersCase: () => false })).toBe('sent');
    expect((await desk.caseOf('1')).state).toBe('proses');
  });

  test('waits for the end of the hold', async () => {
    const approved = await desk.put('1', { state: 'approved' });
    const reply = await release(desk.review, approved._id, 1, { id: budi, mayPublish: true });
    desk.clock.advance(29 * SECOND);
    expect(await send(reply)).toBe('not-ours');
    desk.clock.advance(1 * SECOND);
    expect(await send(reply)).toBe('sent');
  });

  // Seen failing with the hash check left out of unfitMove: the changed words were posted.
  test('is not sent when its words are not those that were approved', async () => {
    const reply = await released('1');
    await replies(services.db).updateOne({ _id: reply._id }, { $set: { text: 'Teks yang tidak disetujui' } });
    expect(await send(reply)).toBe('voided');
    expect(desk.platform.posts).toHaveLength(0);
    expect(await desk.reply(reply._id)).toMatchObject({ state: 'draft', approval: null });
  });

  test('is not sent on an approval by its author, or one that is too old', async () => {
    const own = await released('1');
    await replies(services.db).updateOne({ _id: own._id }, { $set: { authors: [sari, budi] } });
    expect(await send(own)).toBe('voided');
    const old = await released('2');
    desk.clock.advance(8 * DAY);
    expect(await send(old)).toBe('voided');
    expect(desk.platform.posts).toHaveLength(0);
  });

  // Seen failing with secretMove left out of publish: the text then stood on the platform.
  test('is taken back when its case became secret after the approval', async () => {
    const reply = await released('1');
    await cases(services.db).updateOne({ _id: reply.caseId }, { $set: { secret: true } });
    expect(await send(reply)).toBe('voided');
    expect(await desk.reply(reply._id)).toMatchObject({ state: 'draft', approval: null });
    expect(desk.platform.posts).toHaveLength(0);
  });

  test('goes to a person when the platform takes no answer through its API any more', async () => {
    const reply = await released('1', { target: aTarget('1', { reach: 'search' }) });
    expect(await send(reply)).toBe('needs-person');
    expect(desk.platform.posts).toHaveLength(0);
  });

  test('stays released while its channel may not send', async () => {
    const reply = await released('1');
    expect(
      await send(reply, { ...desk.publish, mayLeave: async () => ({ ok: false, why: 'channel' }) }),
    ).toBe('held');
    expect((await desk.reply(reply._id)).state).toBe('released');
  });
});

describe('the end of a POST', () => {
  const ending = (answer: Outcome) => {
    desk.platform.answer = () => answer;
  };

  test('"not now" comes back later, five times; then a person decides', async () => {
    ending({ kind: 'not-now', reason: '429', retryAfterMs: 2 * HOUR });
    let reply = await released('1');
    for (let time = 1; time <= 5; time += 1) {
      expect(await send(reply)).toBe('postponed');
      reply = await desk.reply(reply._id);
      expect(reply).toMatchObject({ state: 'released', postponed: time });
      expect(reply.notBefore).toEqual(new Date(desk.clock.now().getTime() + 2 * HOUR));
      desk.clock.advance(2 * HOUR);
    }
    expect(await send(reply)).toBe('needs-person');
    expect(desk.platform.posts).toHaveLength(6);
  });

  // Planted: the waits all a second long → after five minutes a person had to decide.
  test('an outage of an hour costs no reply: it goes out once, a while after the platform is back', async () => {
    const back = desk.clock.now().getTime() + 60 * MINUTE;
    desk.platform.onLook = () => {
      if (desk.clock.now().getTime() < back) throw new TransientError('503');
    };
    const reply = await released('1');
    await runWorkers();
    expect((await desk.reply(reply._id)).state).toBe('released');
    await runWorkers();
    expect((await desk.reply(reply._id)).state).toBe('sent');
    expect(desk.platform.posts).toHaveLength(1);
  });

  test('"never" fails with the platform’s own words', async () => {
    ending({ kind: 'never', reason: '403', platformWords: 'You are not allowed to reply to this post' });
    const reply = await released('1');
    expect(await send(reply)).toBe('failed');
    expect(await desk.reply(reply._id)).toMatchObject({
      state: 'failed',
      open: false,
      reason: expect.stringContaining('not allowed'),
    });
  });

  test('everything else is unknown, an exception of the connector included', async () => {
    ending({ kind: 'unknown', reason: 'HTTP 500' });
    const first = await released('1');
    expect(await send(first)).toBe('unknown');
    expect((await desk.reply(first._id)).lookAt).toEqual(new Date(desk.clock.now().getTime() + 60 * SECOND));
    desk.platform.answer = () => {
      throw new Error('a bug of the connector');
    };
    expect(await send(await released('2'))).toBe('unknown');
    expect(await send(first)).toBe('not-ours');
  });

  test('the request is ended at the deadline', async () => {
    let calls = 0;
    // 20 ms are left when the POST begins.
    const monotonicNow = () => (calls++ === 0 ? 0 : sendTakesMs - 20);
    desk.platform.answer = (_send, _stored, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ kind: 'unknown', reason: 'time-out' }));
      });
    expect(await send(await released('1'), { ...desk.publish, monotonicNow })).toBe('unknown');
  });

  // Seen failing (one POST too late) with the deadline check left out of post().
  test('a worker that slept over its deadline sends nothing', async () => {
    let calls = 0;
    const monotonicNow = () => (calls++ === 0 ? 0 : sendTakesMs + 1);
    expect(await send(await released('1'), { ...desk.publish, monotonicNow })).toBe('postponed');
    expect(desk.platform.posts).toHaveLength(0);
  });

  test('an answer that comes after the sweeper is still believed, and nothing is sent again', async () => {
    const reply = await released('1');
    const queries = sweepQueries(services);
    desk.platform.answer = async (_send, stored) => {
      const nativeId = stored();
      desk.clock.advance(16 * SECOND);
      await sweepReplies({ ...desk.publish, ...queries, enqueue: async () => {} }, 10);
      expect((await desk.reply(reply._id)).state).toBe('unknown');
      return { kind: 'accepted', nativeId, url: null };
    };
    expect(await send(reply)).toBe('sent');
    expect(desk.platform.posts).toHaveLength(1);
  });
});

describe('just before sending', () => {
  const here = { state: 'present', text: citizenText, hidden: false, latestNativeId: '1' } as const;

  // Each seen failing (one POST) with the look before sending left out of publish().
  test.each([
    ['edited', { ...here, text: 'Ternyata sudah diperbaiki' }, 'draft'],
    ['edited under a new id', { ...here, latestNativeId: '1b' }, 'draft'],
    ['hidden', { ...here, hidden: true }, 'draft'],
    ['deleted', { state: 'gone' } as const, 'withdrawn'],
  ])('a message that was %s stops the reply', async (_what, message, state) => {
    const reply = await released('1');
    desk.platform.messages.set('1', message);
    expect(await send(reply)).toBe('voided');
    expect(desk.platform.posts).toHaveLength(0);
    expect(await desk.reply(reply._id)).toMatchObject({ state, approval: null, reason: expect.any(String) });
    expect((await desk.caseOf('1')).state).toBe('proses');
  });

  const byHand = (under: string, postedAt: Date, text = 'Sudah kami jawab lewat aplikasi') => ({
    under,
    nativeId: `hand-${under}`,
    text,
    url: `https://x.com/aduankra/status/${under}`,
    postedAt,
    visibleAt: postedAt,
  });

  test('an answer given by hand stops the reply, and the case is answered outside of Tanggap', async () => {
    const reply = await released('1');
    desk.platform.timeline.push(byHand('1', new Date('2026-11-02T02:30:00Z')));
    expect(await send(reply)).toBe('voided');
    expect(desk.platform.posts).toHaveLength(0);
    expect((await desk.reply(reply._id)).state).toBe('withdrawn');
    expect(await desk.caseOf('1')).toMatchObject({ state: 'dijawab', answeredBy: 'luar' });
  });

  test('a follow-up that was written after that answer is sent; one more answer by hand stops it again', async () => {
    const known = byHand('1', new Date('2026-11-02T02:30:00Z'));
    desk.platform.timeline.push(known);
    expect(await send(await released('1', { followUp: true }))).toBe('sent');
    desk.platform.timeline.push({ ...known, under: '2' }, byHand('2', new Date('2026-11-02T03:30:00Z')));
    expect(await send(await released('2', { followUp: true }))).toBe('voided');
    expect(desk.platform.posts).toHaveLength(1);
  });

  // Planted: `completeFrom` not looked at → the reply was sent.
  test('a look that does not reach back to the case sends nothing', async () => {
    desk.platform.reachesFrom = new Date('2026-11-02T03:30:00Z');
    const reply = await released('1');
    expect(await send(reply)).toBe('postponed');
    expect(desk.platform.posts).toHaveLength(0);
    // Polls have stored what lies before: now it is enough.
    desk.storedOwnPosts.until = new Date('2026-11-02T03:50:00Z');
    desk.clock.advance(2 * MINUTE);
    expect(await send(await desk.reply(reply._id))).toBe('sent');
  });

  // Planted: the stored posts left out of the look → the reply was sent.
  test('an answer given by hand that only a poll has seen stops the reply too', async () => {
    const reply = await released('1');
    desk.storedOwnPosts.until = desk.clock.now();
    desk.storedOwnPosts.posts = [
      { nativeId: 'hand-1', url: null, postedAt: new Date('2026-11-02T02:30:00Z') },
    ];
    expect(await send(reply)).toBe('voided');
    expect(await desk.reply(reply._id)).toMatchObject({ state: 'withdrawn' });
    expect(desk.platform.posts).toHaveLength(0);
  });

  test('a look that fails costs nothing: later again, or a person where it never will work', async () => {
    const failing = async (nativeId: string, error: Error) => {
      desk.platform.onLook = () => {
        throw error;
      };
      const reply = await released(nativeId);
      await send(reply);
      return desk.reply(reply._id);
    };
    expect(await failing('1', new TransientError('502'))).toMatchObject({ state: 'released', postponed: 1 });
    const limited = await failing('2', new RateLimitedError('429', 15 * MINUTE));
    expect(limited.notBefore).toEqual(new Date(desk.clock.now().getTime() + 15 * MINUTE));
    expect(await failing('3', new PermanentError('no such endpoint'))).toMatchObject({
      state: 'needs_person',
    });
    const broken = await failing('4', new ChannelBrokenError('190', 'token', 'expired'));
    expect(broken).toMatchObject({ state: 'released', postponed: 0 });
    expect(desk.platform.posts).toHaveLength(0);
  });

  test('a person who sends again what is there after all sends nothing', async () => {
    desk.platform.answer = (_send, stored) => {
      stored();
      return { kind: 'unknown', reason: 'reset' };
    };
    desk.platform.lagMs = 20 * MINUTE;
    const reply = await released('1');
    await send(reply);
    await runWorkers();
    const person = await desk.reply(reply._id);
    expect(person.state).toBe('needs_person');
    desk.clock.advance(1 * MINUTE);
    const again = await decideByHand(
      desk.review,
      reply._id,
      person.version,
      { id: budi, mayPublish: true },
      { kind: 'send-again' },
    );
    desk.clock.advance(20 * MINUTE);
    expect(await send(again)).toBe('sent');
    expect(desk.platform.posts).toHaveLength(1);
    expect((await desk.reply(reply._id)).sent?.by).toBe('look');
  });
});

describe('side by side', () => {
  // Seen failing (more than 100 POSTs) with `state` and `version` left out of claimForSending's filter.
  test('two workers on the same hundred replies send each once', async () => {
    const all = await many(100);
    const other = { ...desk.publish, owner: 'worker-2' };
    const ends = await Promise.all(all.flatMap((reply) => [send(reply), send(reply, other)]));
    expect(ends.filter((end) => end === 'sent')).toHaveLength(100);
    expect(ends.filter((end) => end === 'not-ours' || end === 'voided')).toHaveLength(100);
    expect(desk.platform.posts).toHaveLength(100);
    expect(await expectNoDoubleAndNoneLost()).toEqual({ sent: 100 });
  });

  test('an edit or an undo between the read and the claim keeps it in the house', async () => {
    const reply = await released('1');
    const meanwhile = async () => {
      const moved = await desk.review.write(
        {
          seen: reply,
          to: 'approved',
          by: sari,
          at: desk.clock.now(),
          note: null,
          set: { releasedBy: null, notBefore: null },
        },
        null,
      );
      await edit(
        desk.review,
        reply._id,
        moved?.version ?? 0,
        { id: sari, mayPublish: false },
        { text: 'Halo, lain.' },
      );
    };
    const claim: PublishDeps['claim'] = async (...args) => {
      await meanwhile();
      return desk.publish.claim(...args);
    };
    expect(await send(reply, { ...desk.publish, claim })).toBe('not-ours');
    expect(desk.platform.posts).toHaveLength(0);
  });

  // Seen failing (100 POSTs) with both reads of the switch left out of publish.ts.
  test.each([1, 4])(
    'the stop switch lets nothing leave but what is in flight, with %i workers',
    async (workers) => {
      const queue = await many(100);
      let stopped: Promise<void> | null = null;
      let atStop = 0;
      desk.platform.answer = async (_send, stored) => {
        if (desk.platform.posts.length === 20 && !stopped) {
          stopped = setStopSwitch(services.db, { stopped: true, by: sari, at: new Date() });
          await stopped;
          atStop = desk.platform.posts.length;
        }
        return { kind: 'accepted', nativeId: stored(), url: null };
      };
      const worker = async () => {
        for (let reply = queue.pop(); reply; reply = queue.pop()) await send(reply);
      };
      await Promise.all(Array.from({ length: workers }, worker));
      expect(desk.platform.posts.length).toBeLessThanOrEqual(atStop + workers - 1);
      const left = await countReplies(replies(services.db));
      expect(left).toEqual({ sent: desk.platform.posts.length, released: 100 - desk.platform.posts.length });

      await setStopSwitch(services.db, { stopped: false, by: sari, at: new Date() });
      await runWorkers();
      expect(await expectNoDoubleAndNoneLost()).toEqual({ sent: 100 });
    },
  );

  // Seen failing (one POST) with the second read of the switch left out of claimAndSend.
  test('a switch turned between claim and POST gives the reply back untouched', async () => {
    const reply = await released('1');
    const turn = async (...args: Parameters<PublishDeps['claim']>) => {
      const claimed = await desk.publish.claim(...args);
      await setStopSwitch(services.db, { stopped: true, by: sari, at: new Date() });
      return claimed;
    };
    expect(await send(reply, { ...desk.publish, claim: turn })).toBe('held');
    expect(desk.platform.posts).toHaveLength(0);
    expect(await desk.reply(reply._id)).toMatchObject({
      state: 'released',
      postponed: 0,
      notBefore: reply.notBefore,
    });
  });
});

describe('a worker that dies', () => {
  class Killed extends Error {}

  // Seen failing (doubles) with `sending` swept back to `released` instead of `unknown`.
  test.each([...failpoints])('at "%s" sends nothing twice and loses nothing', async (step) => {
    const all = await many(10, step);
    const failpoint = (reached: Failpoint) => {
      if (reached === step) throw new Killed();
    };
    const ends = await Promise.allSettled(all.map((reply) => send(reply, { ...desk.publish, failpoint })));
    expect(ends.every((end) => end.status === 'rejected' && end.reason instanceof Killed)).toBe(true);
    await runWorkers();
    const counts = await expectNoDoubleAndNoneLost();
    // Only between the claim and the POST can nobody tell; everywhere else it is sent in the end.
    const unsure = step === 'claimed' || step === 'before-post';
    expect(counts).toEqual(unsure ? { needs_person: 10 } : { sent: 10 });
  });
});

test('two hundred POSTs that end in 500, time-out or reset, with a timeline 90 s late: none doubled, all accounted for', async () => {
  desk.platform.lagMs = 90 * SECOND;
  const reasons = ['HTTP 500', 'time-out', 'reset'];
  let count = 0;
  desk.platform.answer = (_send, stored) => {
    count += 1;
    // One in twenty never arrived.
    if (count % 20 !== 0) stored();
    return { kind: 'unknown', reason: reasons[count % 3] ?? '' };
  };
  await Promise.all((await many(200)).map((reply) => send(reply)));
  await runWorkers();
  expect(await expectNoDoubleAndNoneLost()).toEqual({ sent: 190, needs_person: 10 });
  expect(desk.platform.posts).toHaveLength(200);
  const looked = await replies(services.db).find({ state: 'sent' }).toArray();
  expect(looked.every((reply) => reply.sent?.by === 'look')).toBe(true);
  expect(await cases(services.db).countDocuments({ state: 'dijawab' })).toBe(190);
});

// Planted: an incomplete look taken for an absence → after five minutes a person was told that the reply is not there.
test('an own timeline that ends before the send is no proof of absence', async () => {
  desk.platform.answer = (_send, stored) => {
    stored();
    return { kind: 'unknown', reason: 'reset' };
  };
  const reply = await released('1');
  await send(reply);
  desk.platform.reachesFrom = new Date(desk.clock.now().getTime() + SECOND);
  desk.clock.advance(10 * MINUTE);
  await reconcileDue({ ...desk.publish, ...sweepQueries(services) }, 10);
  expect(await desk.reply(reply._id)).toMatchObject({ state: 'unknown', looks: 0 });
  desk.platform.reachesFrom = null;
  await runWorkers();
  expect((await desk.reply(reply._id)).state).toBe('sent');
});

test('a platform that cannot be asked is no proof: the look is repeated, and after half an hour a person decides', async () => {
  desk.platform.answer = (_send, stored) => {
    stored();
    return { kind: 'unknown', reason: 'reset' };
  };
  const reply = await released('1');
  await send(reply);
  desk.platform.onLook = () => {
    throw new TransientError('503');
  };
  await runWorkers();
  expect(await desk.reply(reply._id)).toMatchObject({ state: 'needs_person', looks: 0 });
});

describe('a post of our own account, seen by a poll', () => {
  const posted = (nativeId: string, change: object = {}) => ({
    mentionId: `x-${nativeId}` as MentionId,
    parentNativeId: nativeId,
    nativeId: `seen-${nativeId}`,
    text: 'Sudah kami jawab di sini',
    url: null,
    postedAt: desk.clock.now(),
    ...change,
  });

  test('that no reply explains takes back whatever waits, and answers the case outside of Tanggap; twice is once', async () => {
    for (const [index, state] of (
      ['draft', 'submitted', 'approved', 'released', 'needs_person'] as const
    ).entries()) {
      const reply = await desk.put(`${index}`, { state });
      const answer = posted(`${index}`);
      expect(await noteOwnAnswer(desk.own, answer)).toBe('outside');
      expect(await noteOwnAnswer(desk.own, answer)).toBe('outside');
      expect(await desk.reply(reply._id)).toMatchObject({ state: 'withdrawn', version: 2 });
      expect(await desk.caseOf(`${index}`)).toMatchObject({ state: 'dijawab', answeredBy: 'luar' });
    }
  });

  // Seen failing with the comparison of texts left out of explains(): our own reply counted as an answer by hand.
  test('that is our own reply in flight changes nothing', async () => {
    const reply = await released('1');
    let seen: string | null = null;
    desk.platform.answer = async (sent, stored) => {
      const nativeId = stored();
      seen = await noteOwnAnswer(desk.own, posted('1', { nativeId, text: `@rina ${sent.text}` }));
      return { kind: 'accepted', nativeId, url: null };
    };
    expect(await send(reply)).toBe('sent');
    expect(seen).toBe('ours');
    expect(await desk.caseOf('1')).toMatchObject({ answeredBy: 'tanggap' });
    expect(await noteOwnAnswer(desk.own, posted('1', { nativeId: 'own-1', text: 'whatever' }))).toBe('ours');
  });

  test('that is an unclear reply of ours settles it without waiting for the next look', async () => {
    desk.platform.answer = () => ({ kind: 'unknown', reason: 'reset' });
    const reply = await released('1');
    await send(reply);
    expect(await noteOwnAnswer(desk.own, posted('1', { text: reply.text }))).toBe('ours');
    expect(await desk.reply(reply._id)).toMatchObject({
      state: 'sent',
      sent: { by: 'look', nativeId: 'seen-1' },
    });
  });

  test('that a person marked as his own answer is no second one', async () => {
    const at = desk.clock.now();
    const sent = { nativeId: null, url: 'https://x.com/a/status/1', at, by: 'hand' } as const;
    await desk.put('1', { state: 'sent', open: false, sent });
    const { open, version, ...next } = aReply('1b', { target: aTarget('1') });
    await addDraft(replies(services.db), next);
    expect(await noteOwnAnswer(desk.own, posted('1', { postedAt: new Date(at.getTime() - MINUTE) }))).toBe(
      'ours',
    );
    expect((await desk.reply(next._id)).state).toBe('draft');
  });
});
