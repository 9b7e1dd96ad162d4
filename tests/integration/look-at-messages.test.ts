import { expect, test } from '@jest/globals';
import { lookAtMessages } from '../../schedules/look-at-messages.ts';
import { HOUR } from '../../src/core/clock.ts';
import { mentionId } from '../../src/domain/ids.ts';
import { findMention, mentions } from '../../src/store/mentions.ts';
import { replies } from '../../src/store/replies.ts';
import { openOffice } from '../support/e2e-office.ts';

const never = new AbortController().signal;

// Planted: deletions not marked → the replies stayed open; the time of the look not kept → the second run asked again.
test('a deleted message takes its draft with it, an edited one sends it back, and nobody is asked again soon', async () => {
  await using office = await openOffice();
  const { services, platforms } = office;
  const { db } = services.database;
  await office.complain(3);
  const before = await replies(db).find({ open: true }).toArray();
  expect(before).toHaveLength(9);
  const [deleted, edited, untouched] = ([0, 1, 2] as const).map((place) =>
    platforms.all.map((simulator) => {
      const post = simulator.posts().filter(({ byOffice }) => !byOffice)[place];
      if (!post) throw new Error('nothing was written');
      return { simulator, post, id: mentionId(simulator.platform, post.nativeId) };
    }),
  );
  for (const { simulator, post } of deleted ?? []) simulator.delete(post.nativeId);
  for (const { simulator, post } of edited ?? [])
    simulator.edit(post.nativeId, `${post.text} sekali lagi, sudah gelap semua`);

  const calls = () => platforms.all.map(({ ledger }) => ledger.requests().length);
  const asked = calls();
  await lookAtMessages.run(services, never);
  // Nine messages: X is asked for three at once and for the new version of one, the two others one by one.
  expect(calls().map((count, index) => count - (asked[index] ?? 0))).toEqual([2, 3, 3]);
  for (const { id } of deleted ?? []) {
    expect(await findMention(mentions(db), id)).toMatchObject({ deletedAt: office.clock.now() });
    expect(await replies(db).findOne({ 'target.mentionId': id })).toMatchObject({
      state: 'withdrawn',
      reason: expect.stringContaining('dihapus'),
    });
  }
  for (const { id } of edited ?? []) {
    const stored = await findMention(mentions(db), id);
    expect(stored?.text).toContain('sudah gelap semua');
    expect(stored?.edits).toHaveLength(1);
    expect(stored?.work.stage).toBe('classify');
    expect(await replies(db).findOne({ 'target.mentionId': id })).toMatchObject({
      state: 'draft',
      reason: expect.stringContaining('berubah'),
    });
  }
  for (const { id } of untouched ?? [])
    expect(await replies(db).findOne({ 'target.mentionId': id })).toMatchObject({
      state: 'draft',
      reason: null,
    });

  const soon = calls();
  office.clock.advance(HOUR);
  await lookAtMessages.run(services, never);
  expect(calls()).toEqual(soon);
  office.clock.advance(12 * HOUR);
  await lookAtMessages.run(services, never);
  expect(calls()).not.toEqual(soon);
}, 60_000);
