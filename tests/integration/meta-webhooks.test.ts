/** Facebook and Instagram by webhook: the same messages as by polling, and private messages, over real HTTP. */
import { expect, test } from '@jest/globals';
import { subscribeChannels } from '../../schedules/check-subscriptions.ts';
import { DAY } from '../../src/core/clock.ts';
import { readHealth } from '../../src/joins/channel-health.ts';
import { publishDeps } from '../../src/joins/publish.ts';
import { publish } from '../../src/publish/publish.ts';
import { findChannel } from '../../src/store/channels.ts';
import { waitingDeliveries } from '../../src/store/deliveries.ts';
import { mentions } from '../../src/store/mentions.ts';
import { listQuarantine } from '../../src/store/quarantine.ts';
import { replies } from '../../src/store/replies.ts';
import { pollOnce } from '../../workers/poll.ts';
import { openWebhookOffice, type WebhookOffice } from '../support/webhook-office.ts';

const complaint = 'lampu penerangan jalan di Papahan mati sejak seminggu, mohon diperbaiki 🙏 é';
const platforms = ['facebook', 'instagram'] as const;

async function pollAll({ services }: WebhookOffice): Promise<void> {
  for (const id of services.queues.poll.keys())
    await pollOnce(services, id, 'normal', AbortSignal.timeout(30_000));
}

const withoutWhen = { projection: { raw: 0, receivedAt: 0, work: 0, classification: 0, caseId: 0 } };

test.each(platforms)(
  'a comment on %s is one message, delivered, polled, or both, in any order',
  async (platform) => {
    const seen: unknown[] = [];
    for (const first of ['webhook', 'poll'] as const) {
      await using office = await openWebhookOffice();
      const { db } = office.services.database;
      const top = office[platform].write({ author: 'warga_sim', text: complaint });
      office[platform].write({ author: 'tetangga', text: 'di tempatku juga', parentNativeId: top.nativeId });
      if (first === 'poll') await pollAll(office);
      await office.work();
      await pollAll(office);
      await office.work();
      seen.push(await mentions(db).find({ platform }, withoutWhen).sort({ _id: 1 }).toArray());
      expect(await listQuarantine(db, 9)).toEqual([]);
    }
    expect(seen[0]).toHaveLength(2);
    expect(seen[0]).toEqual(seen[1]);
  },
);

test('what Facebook tells of a wall post, a tag, an edit, hiding and a deletion is taken over without a poll', async () => {
  await using office = await openWebhookOffice();
  const { facebook } = office;
  const { db } = office.services.database;
  facebook.write({ author: 'warga_a', text: `${complaint} dinding`, asVisitor: true });
  facebook.write({ author: 'warga_b', text: `@${facebook.account.name} ${complaint}` });
  const edited = facebook.write({ author: 'warga_c', text: complaint });
  const gone = facebook.write({ author: 'warga_d', text: `${complaint} RT 4` });
  await office.work();
  expect(await replies(db).countDocuments({ state: 'draft' })).toBe(4);
  facebook.edit(edited.nativeId, `${complaint}, RT 5`);
  facebook.hide(edited.nativeId, true);
  facebook.delete(gone.nativeId);
  await office.work();
  const found = await mentions(db).find().sort({ 'author.name': 1 }).toArray();
  expect(found).toMatchObject([
    { reach: 'visitor-post', deletedAt: null },
    { reach: 'tag', deletedAt: null },
    { reach: 'comment', text: `${complaint}, RT 5`, hidden: true },
    { reach: 'comment', deletedAt: expect.any(Date) },
  ]);
  expect(await replies(db).findOne({ 'target.mentionId': found[3]?._id as never })).toMatchObject({
    state: 'withdrawn',
  });
});

test('where somebody names the account on Instagram, only the webhook tells, and the message is there', async () => {
  await using office = await openWebhookOffice();
  const { instagram } = office;
  instagram.write({ author: 'warga_a', text: `@${instagram.account.name} ${complaint}`, asVisitor: true });
  await office.work();
  expect(await mentions(office.services.database.db).find().toArray()).toMatchObject([{ reach: 'tag' }]);
});

test.each(platforms)(
  'a private message on %s is answered in private, within its window',
  async (platform) => {
    await using office = await openWebhookOffice();
    const { db } = office.services.database;
    const simulator = office[platform];
    simulator.direct('warga_sim', complaint);
    await office.work();
    const [mention] = await mentions(db).find().toArray();
    expect(mention).toMatchObject({ reach: 'private', platform });
    const draft = await replies(db).findOne({ open: true });
    if (!draft) throw new Error('no draft');
    const released = await office.release(draft);
    expect(await publish(publishDeps(office.services), released._id, released.version)).toBe('sent');
    expect(simulator.ledger.repliesReceived()).toMatchObject([
      { target: mention?.threadNativeId, text: released.text },
    ]);

    simulator.direct('orang_lain', `${complaint} RT 9`);
    await office.work();
    const late = await replies(db).findOne({ open: true });
    if (!late) throw new Error('no draft');
    const waiting = await office.release(late);
    office.clock.advance(DAY);
    expect(await publish(publishDeps(office.services), waiting._id, waiting.version)).toBe('needs-person');
  },
);

test.each(platforms)(
  'the invitation of a secret case on %s goes to its author alone, once',
  async (platform) => {
    await using office = await openWebhookOffice();
    const { db } = office.services.database;
    const simulator = office[platform];
    const post = simulator.write({
      author: 'warga_sim',
      text: 'ada anak kecil dipukuli bapaknya setiap malam di Papahan, tolong dilindungi',
    });
    await office.work();
    const draft = await replies(db).findOne({ open: true });
    expect(draft).toMatchObject({ templateId: 'ajakan-privat', target: { via: 'private-reply' } });
    if (!draft) throw new Error('no draft');
    await replies(db).updateOne(
      { _id: draft._id },
      { $set: { text: draft.text.replaceAll('{tautan}', 'https://contoh.test/wa') } },
    );
    const released = await office.release({ ...draft });
    expect(await publish(publishDeps(office.services), released._id, released.version)).toBe('sent');
    expect(simulator.ledger.repliesReceived()).toMatchObject([
      { target: post.nativeId, text: released.text },
    ]);
    expect(simulator.posts().filter(({ parentNativeId }) => parentNativeId === post.nativeId)).toEqual([]);
  },
);

test('a platform that refuses the token keeps its deliveries waiting, and nothing is lost', async () => {
  await using office = await openWebhookOffice();
  const { db } = office.services.database;
  office.instagram.write({ author: 'warga_sim', text: complaint });
  Object.assign(office.instagram.switches, { revoked: 460 });
  await office.work();
  expect(await mentions(db).countDocuments()).toBe(0);
  expect(await waitingDeliveries(db, 9)).not.toEqual([]);
  const [id] = [...office.services.connectors.values()]
    .filter(({ platform }) => platform === 'instagram')
    .map(({ channelId }) => channelId);
  expect(id && (await findChannel(db, id))).toMatchObject({ state: 'broken', broken: { reason: 'token' } });
  Object.assign(office.instagram.switches, { revoked: null });
  await office.work();
  expect(await mentions(db).countDocuments()).toBe(1);
  expect(await waitingDeliveries(db, 9)).toEqual([]);
});

// Planted: `refusable` left out of instagram/receive.ts → nothing is subscribed, neither comments nor messages.
test('where Instagram refuses the field of mentions, the others are subscribed, it is said in words, and no alarm comes of it', async () => {
  await using office = await openWebhookOffice();
  const { instagram, services } = office;
  instagram.switches.refusedFields.add('mentions');
  const look = () => subscribeChannels(services, AbortSignal.timeout(10_000));
  const id = [...services.connectors.values()].find(({ platform }) => platform === 'instagram')?.channelId;
  const named = () => instagram.ledger.requests({ method: 'POST', path: /subscribed_apps$/ });
  await look();
  await look();
  // Asked for anew each day, should Meta think better of it; the comments' subscription is not touched for that.
  expect(named()).toHaveLength(3);
  const channel = id && (await findChannel(services.database.db, id));
  if (!channel) throw new Error('no channel');
  const { troubles, notes } = (await readHealth(services, [channel])).get(channel._id) ?? {};
  expect(troubles).toEqual([]);
  expect(notes).toEqual([expect.stringContaining('"mentions"')]);
  // Comments come by webhook; a post that tags the account is found by asking.
  instagram.write({ author: 'warga_a', text: complaint });
  await office.work();
  expect(await mentions(services.database.db).find().toArray()).toMatchObject([{ reach: 'comment' }]);
  instagram.switches.refusedFields.clear();
  await look();
  const again = await findChannel(services.database.db, channel._id);
  expect(again?.refusedFields).toEqual([]);
});

test('subscriptions that are missing are repaired once, and found whole the next time', async () => {
  await using office = await openWebhookOffice();
  const posts = () =>
    [office.whatsapp, office.facebook, office.instagram].map(
      ({ ledger }) => ledger.requests({ method: 'POST', path: /subscribed_apps$/ }).length,
    );
  await subscribeChannels(office.services, AbortSignal.timeout(10_000));
  expect(posts()).toEqual([1, 1, 1]);
  await subscribeChannels(office.services, AbortSignal.timeout(10_000));
  expect(posts()).toEqual([1, 1, 1]);
});
