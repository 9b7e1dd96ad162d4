import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decideByHand, markAnsweredByHand } from '../../src/approve/by-hand.ts';
import { approve, reject, requestChanges } from '../../src/approve/decide.ts';
import { release, undoRelease } from '../../src/approve/release.ts';
import { voidIfChanged } from '../../src/approve/review.ts';
import { confirm, edit, submit, withdraw } from '../../src/approve/write.ts';
import { DAY, MINUTE } from '../../src/core/clock.ts';
import { type MentionId, type ReplyId, systemUser, type UserId } from '../../src/domain/ids.ts';
import type { Reply } from '../../src/domain/reply.ts';
import { approvalHash } from '../../src/domain/reply-hash.ts';
import { audit } from '../../src/store/audit.ts';
import { cases } from '../../src/store/cases.ts';
import { mentions } from '../../src/store/mentions.ts';
import { addDraft, countReplies, moveReply, replies } from '../../src/store/replies.ts';
import { aClassification, aMention } from '../support/api.ts';
import { aReply, budi, citizenText, sari } from '../support/reply-builders.ts';
import { openReplyDesk, type ReplyDesk } from '../support/reply-desk.ts';
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
  const { db } = services;
  await Promise.all(
    [replies(db), cases(db), audit(db)].map((collection) => collection.deleteMany({} as never)),
  );
  desk = await openReplyDesk(services);
});

const sariMay = { id: sari, mayPublish: true };
const budiMay = { id: budi, mayPublish: true };
const dewi = { id: 'dewi' as UserId, mayPublish: false };
const code = (name: string) => expect.objectContaining({ code: name });
const acts = async () =>
  (await audit(services.db).find().sort({ 'fields.version': 1 }).toArray()).map((entry) => entry.act);

describe('from draft to released', () => {
  test('two people carry it through, and each act is audited with ids and hashes only', async () => {
    const draft = await desk.put('1', { authors: [systemUser] });
    const edited = await edit(desk.review, draft._id, 1, sariMay, {
      text: 'Halo, terima kasih. Ditambal Senin.',
    });
    const { reply: submitted, capability } = await submit(desk.review, draft._id, edited.version, sariMay);
    expect(capability).toEqual({ by: 'api' });
    expect(submitted.authors).toEqual([systemUser, sari]);
    const approved = await approve(desk.review, draft._id, submitted.version, budiMay);
    expect(approved.approval).toEqual({ by: budi, at: desk.clock.now(), hash: approvalHash(approved) });
    const released = await release(desk.review, draft._id, approved.version, sariMay);
    expect(released).toMatchObject({
      state: 'released',
      releasedBy: sari,
      notBefore: new Date('2026-11-02T04:00:30Z'),
    });
    expect(released.history.map((event) => event.to)).toEqual(['draft', 'submitted', 'approved', 'released']);

    expect(await acts()).toEqual(['reply.edit', 'reply.submit', 'reply.approve', 'reply.release']);
    const entries = JSON.stringify(await audit(services.db).find().toArray());
    expect(entries).not.toContain('Ditambal');
    expect(entries).toContain(approvalHash(approved));
  });

  test('a release can be taken back during the hold, and its approval stays', async () => {
    const { _id } = await desk.put('1', { state: 'approved' });
    const released = await release(desk.review, _id, 1, budiMay);
    const undone = await undoRelease(desk.review, _id, released.version, sariMay);
    expect(undone).toMatchObject({ state: 'approved', notBefore: null, releasedBy: null });
    expect(undone.approval).not.toBeNull();
    await expect(undoRelease(desk.review, _id, undone.version, sariMay)).rejects.toEqual(code('conflict'));
  });

  test('needs the right to publish, which no role brings with it', async () => {
    const { _id } = await desk.put('1', { state: 'approved' });
    await expect(release(desk.review, _id, 1, dewi)).rejects.toEqual(code('forbidden'));
    expect((await desk.reply(_id)).state).toBe('approved');
  });

  test('back to the author with a reason, or turned down with one', async () => {
    const { _id } = await desk.put('1', { state: 'submitted' });
    await expect(requestChanges(desk.review, _id, 1, budiMay, ' ')).rejects.toEqual(code('invalid'));
    const returned = await requestChanges(desk.review, _id, 1, budiMay, 'sebutkan tanggalnya');
    expect(returned).toMatchObject({ state: 'changes_requested', reason: 'sebutkan tanggalnya' });
    const { reply: again } = await submit(desk.review, _id, returned.version, sariMay);
    expect(await reject(desk.review, _id, again.version, budiMay, 'sudah tidak perlu')).toMatchObject({
      state: 'rejected',
      open: false,
    });
  });

  test('an approval does not hold longer than seven days', async () => {
    const { _id } = await desk.put('1', { state: 'approved' });
    desk.clock.advance(8 * DAY);
    await expect(release(desk.review, _id, 1, budiMay)).rejects.toEqual(code('conflict'));
    expect(await desk.reply(_id)).toMatchObject({ state: 'draft', approval: null });
  });

  test('where the platform lets no API answer, it cannot be released, only marked as answered by hand', async () => {
    const target = { ...aReply('1').target, reach: 'search' as const };
    const { _id } = await desk.put('1', { state: 'approved', target });
    await expect(release(desk.review, _id, 1, budiMay)).rejects.toEqual(code('not-possible'));
    await expect(markAnsweredByHand(desk.review, _id, 1, dewi, 'javascript:alert(1)')).rejects.toEqual(
      code('invalid'),
    );
    const marked = await markAnsweredByHand(desk.review, _id, 1, dewi, 'https://x.com/a/status/9');
    expect(marked).toMatchObject({
      state: 'sent',
      open: false,
      sent: { by: 'hand', url: 'https://x.com/a/status/9' },
    });
    expect(await desk.caseOf('1')).toMatchObject({ state: 'dijawab', answeredBy: 'tanggap' });
  });
});

describe('what cannot be submitted', () => {
  const text = 'Halo, terima kasih. ';
  test.each([
    ['a placeholder', `${text}{isi}`],
    ['personal data', `${text}NIK 0000000000000000`],
    ['too much text', text.repeat(20)],
    ['nothing', '  '],
  ])('a reply with %s', async (_what, unfit) => {
    const { _id } = await desk.put('1', { text: unfit });
    await expect(submit(desk.review, _id, 1, sariMay)).rejects.toEqual(code('invalid'));
    await replies(services.db).updateOne({ _id }, { $set: { state: 'submitted' } });
    await expect(approve(desk.review, _id, 1, budiMay)).rejects.toEqual(code('invalid'));
    expect((await desk.reply(_id)).state).toBe('submitted');
  });

  // Seen failing with the check of needsConfirmation left out of unfitReasons.
  test('a correction that nobody confirmed; who notes the confirmation becomes an author', async () => {
    const { _id } = await desk.put('1', { templateId: 'klarifikasi', authors: [sari] });
    await expect(submit(desk.review, _id, 1, sariMay)).rejects.toEqual(code('invalid'));
    const ahead = { who: 'Kepala pelaksana', at: new Date(desk.clock.now().getTime() + 60_000) };
    await expect(confirm(desk.review, _id, 1, budiMay, ahead)).rejects.toEqual(code('invalid'));
    const noted = await confirm(desk.review, _id, 1, budiMay, { ...ahead, at: desk.clock.now() });
    expect(noted.authors).toEqual([sari, budi]);
    expect((await submit(desk.review, _id, noted.version, sariMay)).reply.state).toBe('submitted');
  });

  // Planted: with `!reply.confirmation` left out of unfitReasons the last line fails; without the check all of it.
  test('a text that repeats a claim nobody confirmed; with the confirmation it may', async () => {
    const claim = 'Talud jebol, katanya 3 meninggal, sebarkan!';
    const flags = ['klaim_belum_pasti'] as const;
    await mentions(services.db).insertOne(
      aMention('1', { text: claim, classification: aClassification({ flags }) }),
    );
    const said = 'Halo, terima kasih. Kami turut berduka atas warga yang meninggal.';
    const { _id } = await desk.put('1', { text: said }, { flags });
    await expect(submit(desk.review, _id, 1, sariMay)).rejects.toMatchObject({
      code: 'invalid',
      details: { found: 'meninggal' },
    });
    await replies(services.db).updateOne({ _id }, { $set: { templateId: 'klarifikasi' } });
    const confirmed = { who: 'Kepala pelaksana', at: desk.clock.now() };
    const noted = await confirm(desk.review, _id, 1, budiMay, confirmed);
    expect((await submit(desk.review, _id, noted.version, sariMay)).reply.state).toBe('submitted');
  });

  // Seen failing with the check of claimsForwarding left out of refuseUnfitText.
  test('a text that says it was passed on, before it was', async () => {
    const said = 'Halo Bapak/Ibu, terima kasih. Laporan ini sudah kami teruskan ke DPUPR.';
    const early = await desk.put('1', { text: said }, { state: 'terverifikasi' });
    await expect(submit(desk.review, early._id, 1, sariMay)).rejects.toEqual(code('invalid'));
    const true_ = await desk.put('2', { text: said }, { state: 'disposisi' });
    expect((await submit(desk.review, true_._id, 1, sariMay)).reply.state).toBe('submitted');
  });

  // Seen failing with the check of secrecy left out of refuseUnfitText.
  test('anything but the locked text on a secret case; and the locked text cannot be edited', async () => {
    const { _id } = await desk.put('1', {}, { secret: true });
    await expect(submit(desk.review, _id, 1, sariMay)).rejects.toEqual(code('invalid'));
    const locked =
      'Halo Bapak/Ibu, terima kasih sudah menghubungi kami. Supaya bisa kami bantu dengan aman, silakan kirim pesan pribadi lewat https://contoh.go.id/p, nggih.';
    const invitation = await desk.put('2', { text: locked, templateId: 'ajakan-privat' }, { secret: true });
    await expect(edit(desk.review, invitation._id, 1, sariMay, { text: 'lain' })).rejects.toEqual(
      code('not-possible'),
    );
    expect((await submit(desk.review, invitation._id, 1, sariMay)).reply.state).toBe('submitted');
  });
});

describe('four eyes', () => {
  test('whoever wrote, edited, submitted or gave the answer may not approve', async () => {
    const { _id } = await desk.put('1', { authors: [systemUser] });
    const edited = await edit(desk.review, _id, 1, sariMay, {
      text: 'Halo, terima kasih.',
      alsoBy: ['joko' as UserId],
    });
    const { reply } = await submit(desk.review, _id, edited.version, budiMay);
    for (const id of [sari, budi, 'joko' as UserId, systemUser]) {
      await expect(approve(desk.review, _id, reply.version, { id, mayPublish: true })).rejects.toEqual(
        code('forbidden'),
      );
    }
    expect((await approve(desk.review, _id, reply.version, dewi)).state).toBe('approved');
  });

  // Seen failing with `authors` left out of moveReply's filter: sari's own approval was then written.
  test('the store itself refuses the author, whatever code calls it', async () => {
    const seen = await desk.put('1', { state: 'submitted' });
    const at = desk.clock.now();
    const own = { by: sari, at, hash: approvalHash(seen) };
    const move = { seen, to: 'approved', by: sari, at, note: null, set: { approval: own } } as const;
    expect(await moveReply(replies(services.db), move)).toBeNull();
    expect((await desk.reply(seen._id)).state).toBe('submitted');
    expect(await moveReply(replies(services.db), { ...move, by: budi })).toMatchObject({ state: 'approved' });
  });

  test('the store releases nothing without an approval, and lets no reply jump over a state', async () => {
    const seen = await desk.put('1', { state: 'approved', approval: null });
    await replies(services.db).updateOne({ _id: seen._id }, { $set: { approval: null } });
    const step = { seen, by: budi, at: desk.clock.now(), note: null, set: {} };
    expect(await moveReply(replies(services.db), { ...step, to: 'released' })).toBeNull();
    expect(() => moveReply(replies(services.db), { ...step, seen: aReply('2'), to: 'sent' })).toThrow(
      'draft to sent',
    );
    const released = aReply('3', { state: 'released' });
    expect(() => moveReply(replies(services.db), { ...step, seen: released, to: 'sending' })).toThrow(
      'claimForSending',
    );
  });

  test('an edit voids the approval and makes the person an author', async () => {
    const { _id } = await desk.put('1', { state: 'approved' });
    const edited = await edit(desk.review, _id, 1, budiMay, { text: 'Halo, terima kasih banyak.' });
    expect(edited).toMatchObject({ state: 'draft', approval: null, revision: 2, authors: [sari, budi] });
    await expect(release(desk.review, _id, edited.version, budiMay)).rejects.toEqual(code('conflict'));
  });
});

describe('side by side', () => {
  // Seen failing (several winners) with `version` and `state` left out of moveReply's filter.
  test('of fifty approvals of one reply one wins, and forty-nine are told so, with both texts', async () => {
    const { _id, text } = await desk.put('1', { state: 'submitted' });
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        approve(desk.review, _id, 1, { id: `penyetuju-${index}` as UserId, mayPublish: false }),
      ),
    );
    const won = results.filter((result) => result.status === 'fulfilled');
    expect(won).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({
          code: 'conflict',
          details: { text, version: 2, state: 'approved' },
        });
      }
    }
    expect(await acts()).toEqual(['reply.approve']);
    expect((await desk.reply(_id)).history).toHaveLength(1);
  });

  test('approve, edit, reject and withdraw at once: exactly one of them happens, and what is approved is what was seen', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { _id } = await desk.put(`r${round}`, { state: 'submitted' });
      const results = await Promise.allSettled([
        approve(desk.review, _id, 1, budiMay),
        edit(desk.review, _id, 1, sariMay, { text: 'Halo, teks lain.' }),
        reject(desk.review, _id, 1, budiMay, 'tidak'),
        withdraw(desk.review, _id, 1, sariMay, null),
      ]);
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      const after = await desk.reply(_id);
      expect(after.version).toBe(2);
      if (after.state === 'approved') expect(after.approval?.hash).toBe(approvalHash(after));
    }
  });

  // Seen failing with the index one_open_reply_per_target dropped: twenty drafts for one message.
  test('of twenty drafts for one message one is stored; a further one only after the first is closed', async () => {
    const { open, version, ...draft } = aReply('1');
    const made = Array.from({ length: 20 }, (_, i) => ({ ...draft, _id: `r-1-${i}` as ReplyId }));
    const stored = await Promise.all(made.map((one) => addDraft(replies(services.db), one)));
    expect(stored.filter(Boolean)).toHaveLength(1);
    const winner = made[stored.indexOf(true)]!;
    const withdrawn = await withdraw(desk.review, winner._id, 1, sariMay, null);
    expect(withdrawn.open).toBe(false);
    expect(await addDraft(replies(services.db), { ...draft, _id: 'r-1-next' as ReplyId })).toBe(true);
  });
});

describe('a citizen’s message that changed', () => {
  const now = (change: object) => ({
    text: citizenText,
    latestNativeId: '1',
    hidden: false,
    gone: false,
    ...change,
  });

  test.each(['draft', 'submitted', 'changes_requested', 'approved', 'released'] as const)(
    'edited: a reply that is %s goes back, bound to the new words',
    async (state) => {
      const { _id } = await desk.put('1', { state });
      desk.stored.set('1', now({ text: 'Ternyata sudah diperbaiki', latestNativeId: '1b' }));
      const voided = await voidIfChanged(desk.review, 'x-1' as MentionId);
      expect(voided).toMatchObject({
        state: state === 'changes_requested' ? state : 'draft',
        approval: null,
        target: { nativeId: '1b' },
        reason: expect.stringContaining('berubah'),
      });
      expect(await voidIfChanged(desk.review, 'x-1' as MentionId)).toBeNull();
      expect((await desk.reply(_id)).version).toBe(2);
    },
  );

  test('deleted: nothing is sent any more, and the reply is closed with the reason', async () => {
    const { _id } = await desk.put('1', { state: 'released' });
    desk.stored.set('1', now({ gone: true }));
    await voidIfChanged(desk.review, 'x-1' as MentionId);
    expect(await desk.reply(_id)).toMatchObject({ state: 'withdrawn', open: false });
  });

  test('while a reply is in flight or unclear, nothing is rewritten', async () => {
    desk.stored.set('1', now({ text: 'lain' })).set('2', now({ gone: true }));
    for (const [nativeId, state] of [
      ['1', 'sending'],
      ['2', 'unknown'],
    ] as const) {
      await desk.put(nativeId, { state });
      expect(await voidIfChanged(desk.review, `x-${nativeId}` as MentionId)).toBeNull();
    }
  });

  test('is noticed at the latest by whoever submits, approves or releases', async () => {
    desk.stored
      .set('1', now({ hidden: true }))
      .set('2', now({ text: 'lain' }))
      .set('3', now({ gone: true }));
    await desk.put('1');
    await desk.put('2', { state: 'submitted' });
    await desk.put('3', { state: 'approved' });
    await expect(submit(desk.review, 'r-1' as ReplyId, 1, sariMay)).rejects.toEqual(code('conflict'));
    await expect(approve(desk.review, 'r-2' as ReplyId, 1, budiMay)).rejects.toEqual(code('conflict'));
    await expect(release(desk.review, 'r-3' as ReplyId, 1, budiMay)).rejects.toEqual(code('conflict'));
    const states = await Promise.all(
      ['1', '2', '3'].map(async (id) => (await desk.reply(`r-${id}` as ReplyId)).state),
    );
    expect(states).toEqual(['draft', 'draft', 'withdrawn']);
  });
});

describe('a reply of which the machine cannot say whether it is out', () => {
  const deadline = new Date('2026-11-02T03:30:00Z');
  const attempt = { number: 1, owner: 'worker-0', startedAt: new Date('2026-11-02T03:29:50Z'), deadline };
  const sendingAt = {
    at: attempt.startedAt,
    by: systemUser,
    from: 'released',
    to: 'sending',
    note: null,
  } as const;
  const needsPerson = (nativeId: string): Promise<Reply> =>
    desk.put(nativeId, { state: 'needs_person', attempt, history: [sendingAt] });

  test('is settled by the person who saw it there', async () => {
    const { _id } = await needsPerson('1');
    const settled = await decideByHand(desk.review, _id, 1, dewi, {
      kind: 'sent',
      url: 'https://x.com/a/status/1',
    });
    expect(settled).toMatchObject({ state: 'sent', sent: { by: 'hand' } });
    expect((await desk.caseOf('1')).state).toBe('dijawab');
  });

  test('may be given up with a reason', async () => {
    const { _id } = await needsPerson('1');
    const given = { kind: 'give-up', reason: 'sudah ditelepon' } as const;
    expect(await decideByHand(desk.review, _id, 1, dewi, given)).toMatchObject({ state: 'withdrawn' });
  });

  test('is sent again only five minutes after the deadline, with the right to publish, and audited', async () => {
    const { _id } = await needsPerson('1');
    desk.clock.set(new Date(deadline.getTime() + 5 * MINUTE - 1));
    await expect(decideByHand(desk.review, _id, 1, budiMay, { kind: 'send-again' })).rejects.toEqual(
      code('not-possible'),
    );
    desk.clock.advance(1);
    await expect(decideByHand(desk.review, _id, 1, dewi, { kind: 'send-again' })).rejects.toEqual(
      code('forbidden'),
    );
    const again = await decideByHand(desk.review, _id, 1, budiMay, { kind: 'send-again' });
    expect(again).toMatchObject({ state: 'released', releasedBy: budi, looks: 0 });
    expect(await acts()).toEqual(['reply.send-again']);
  });

  test('is not sent again when a fresh look finds it', async () => {
    const { _id, text } = await needsPerson('1');
    const postedAt = attempt.startedAt;
    desk.platform.timeline.push({
      under: '1',
      nativeId: 'own-9',
      text,
      url: null,
      postedAt,
      visibleAt: postedAt,
    });
    const found = await decideByHand(desk.review, _id, 1, budiMay, { kind: 'send-again' });
    expect(found).toMatchObject({ state: 'sent', sent: { by: 'look', nativeId: 'own-9' } });
  });
});

test('replies are counted by state', async () => {
  for (const [index, state] of (['draft', 'submitted', 'submitted'] as const).entries()) {
    await desk.put(`${index}`, { state });
  }
  expect(await countReplies(replies(services.db))).toEqual({ draft: 1, submitted: 2 });
});
