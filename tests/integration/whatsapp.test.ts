/** WhatsApp from "a citizen writes" to "the citizen has the answer", over real HTTP, with what goes wrong on the way. */
import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/core/clock.ts';
import { systemUser } from '../../src/domain/ids.ts';
import { publishDeps } from '../../src/joins/publish.ts';
import { publish } from '../../src/publish/publish.ts';
import { cases } from '../../src/store/cases.ts';
import { mentions } from '../../src/store/mentions.ts';
import { dueLooks } from '../../src/store/outbox.ts';
import { listQuarantine } from '../../src/store/quarantine.ts';
import { replies } from '../../src/store/replies.ts';
import { listThreads } from '../../src/store/threads.ts';
import { openWebhookOffice, type WebhookOffice } from '../support/webhook-office.ts';

const complaint =
  'lampu penerangan jalan di Papahan mati sejak seminggu, mohon diperbaiki 🙏 é https://contoh.id/a';

/** The draft that stands for the newest message of the newest of so many cases. */
async function newestDraft({ services }: WebhookOffice, caseCount: number) {
  const { db } = services.database;
  const [one, ...others] = await cases(db).find().sort({ _id: -1 }).toArray();
  expect(others).toHaveLength(caseCount - 1);
  const draft = await replies(db).findOne({ open: true });
  if (!one || draft?.caseId !== one._id) throw new Error('no case or no draft');
  return { one, draft };
}

const onlyDraft = (office: WebhookOffice) => newestDraft(office, 1);

/** @param secondsLeft of the time that a send may take */
async function send(office: WebhookOffice, released: { _id: string; version: number }, secondsLeft = 10) {
  const reply = await office.reply(released._id as never);
  const deps = publishDeps(office.services);
  // Asked at the claim, and again before the POST.
  let spentMs = 0;
  const monotonicNow = () => {
    const at = deps.monotonicNow() + spentMs;
    spentMs = (10 - secondsLeft) * SECOND;
    return at;
  };
  return publish({ ...deps, monotonicNow }, reply._id, reply.version);
}

test('a citizen writes on WhatsApp, one case is opened, and the approved answer is in his conversation once, however Meta writes its JSON', async () => {
  await using office = await openWebhookOffice();
  const { whatsapp } = office;
  const plain = { ...whatsapp.webhooks.style };
  const styles = [{}, { slashes: true }, { spaced: true }, { copies: 3, batch: 10, backwards: true }];
  for (const [index, style] of styles.entries()) {
    Object.assign(whatsapp.webhooks.style, plain, style);
    const post = whatsapp.write({ author: `warga-sim-${index}`, text: complaint });
    await office.work();
    const { one, draft } = await newestDraft(office, index + 1);
    expect(one).toMatchObject({ platform: 'whatsapp', agency: 'DISHUB', state: 'baru' });
    // The phone number is in no id of ours.
    expect(`${one.rootMentionId} ${draft._id}`).not.toContain(post.nativeId);

    const released = await office.release(draft);
    expect(await Promise.all([send(office, released), send(office, released)])).toContain('sent');
    await office.work();

    const answers = whatsapp.posts().filter((other) => other.parentNativeId === post.nativeId);
    expect(answers).toMatchObject([{ text: draft.text, byOffice: true }]);
    expect(await office.reply(draft._id)).toMatchObject({ state: 'sent', delivery: { state: 'delivered' } });
  }
});

// Planted: the exception for private ways taken out of approve/checks.ts → "Aduan ini rahasia" is thrown.
test('a secret case is answered in its private conversation with the office’s own words', async () => {
  await using office = await openWebhookOffice();
  const { db } = office.services.database;
  office.whatsapp.write({ author: 'warga-sim-1', text: complaint });
  await office.work();
  const { one, draft } = await onlyDraft(office);
  await cases(db).updateOne({ _id: one._id }, { $set: { secret: true } });
  expect(await send(office, await office.release(draft))).toBe('sent');
});

describe('one conversation', () => {
  test('is one case until it is closed, and then a new one', async () => {
    await using office = await openWebhookOffice();
    const { db } = office.services.database;
    office.whatsapp.write({ author: 'warga-sim-1', text: complaint });
    await office.work();
    office.clock.advance(HOUR);
    office.whatsapp.write({ author: 'warga-sim-1', text: 'sampah di pasar juga menumpuk, mohon diangkut' });
    office.whatsapp.send('warga-sim-1', {
      type: 'location',
      location: { latitude: -7.59, longitude: 110.95, name: 'Balai Desa' },
    });
    await office.work();
    const [one, ...others] = await cases(db).find().toArray();
    expect(others).toEqual([]);
    expect(one?.mentionIds).toHaveLength(3);

    await cases(db).updateOne({ _id: one?._id as never }, { $set: { state: 'selesai' } });
    office.clock.advance(HOUR);
    office.whatsapp.write({
      author: 'warga-sim-1',
      text: 'jalan di Tasikmadu berlubang parah, mohon ditambal',
    });
    // Delivered, but not read before an hour later.
    await office.whatsapp.webhooks.idle();
    office.clock.advance(HOUR);
    await office.work();
    expect(await cases(db).countDocuments()).toBe(2);
    const asking = { scope: { agency: null, secret: true }, user: systemUser, now: office.clock.now() };
    const late = await listThreads(db, { view: 'semua', late: true }, asking, { limit: 9, after: null });
    expect(late.map((thread) => thread.case?.flags)).toEqual([['masuk_terlambat']]);
  });

  test('knows what is no message: a reaction, a new number, a kind that nobody knows', async () => {
    await using office = await openWebhookOffice();
    const { db } = office.services.database;
    const { whatsapp } = office;
    whatsapp.send('warga-sim-1', { type: 'reaction', reaction: { message_id: 'wamid.YQ==', emoji: '👍' } });
    whatsapp.send('warga-sim-1', { type: 'system', system: { type: 'user_changed_number', body: 'ganti' } });
    whatsapp.send('warga-sim-1', { type: 'holo' });
    whatsapp.send('warga-sim-1', { type: 'unsupported', errors: [{ code: 131051, title: 'x' }] });
    whatsapp.send('warga-sim-1', { type: 'image', image: { id: '77', caption: 'iki lho min' } });
    await office.work();
    expect(await mentions(db).find().sort({ text: 1 }).toArray()).toMatchObject([
      { text: expect.stringContaining('dikirim ulang') },
      { text: 'iki lho min', media: [{ type: 'photo', id: '77' }], reach: 'private' },
    ]);
    expect(await listQuarantine(db, 10)).toHaveLength(2);
  });
});

describe('the 24-hour window', () => {
  // Planted: extendReplyWindow not called → the capability stays by hand after the second message.
  test('closes while a draft waits, and opens when the citizen writes again', async () => {
    await using office = await openWebhookOffice();
    office.whatsapp.write({ author: 'warga-sim-1', text: complaint });
    await office.work();
    const { draft } = await onlyDraft(office);
    const [connector] = office.services.connectors.values();
    office.clock.advance(DAY + MINUTE);
    expect(connector?.capability((await office.reply(draft._id)).target)).toMatchObject({ by: 'hand' });

    office.whatsapp.write({ author: 'warga-sim-1', text: 'pripun min, dereng wonten kabar?' });
    await office.work();
    expect(connector?.capability((await office.reply(draft._id)).target)).toEqual({ by: 'api' });
  });

  test('a reply whose window closed after its release waits for a person and is not sent', async () => {
    await using office = await openWebhookOffice();
    office.whatsapp.write({ author: 'warga-sim-1', text: complaint });
    await office.work();
    const released = await office.release((await onlyDraft(office)).draft);
    office.clock.advance(DAY);
    expect(await send(office, released)).toBe('needs-person');
    expect(office.whatsapp.ledger.writes()).toEqual([]);
  });

  test('with an approved template the answer goes out after it, as the template’s variable', async () => {
    await using office = await openWebhookOffice({ channel: { answerTemplate: 'kabar_aduan' } });
    office.whatsapp.write({ author: 'warga-sim-1', text: complaint });
    await office.work();
    const released = await office.release((await onlyDraft(office)).draft);
    office.clock.advance(DAY);
    expect(await send(office, released)).toBe('sent');
    const text = released.text.replaceAll(/\s+/g, ' ');
    expect(office.whatsapp.ledger.repliesReceived()).toMatchObject([
      { text: `[templat kabar_aduan] ${text}` },
    ]);
  });
});

describe('sending', () => {
  // Planted: noteSendReport not called → the reply ends with a person instead of `sent`.
  test('an answer whose arrival is unclear (reset, silence, an error after it was written) is settled by the platform’s report, and never sent again', async () => {
    await using office = await openWebhookOffice();
    const faults = [
      { kind: 'reset-after-write' },
      { kind: 'timeout-after-write' },
      { kind: 'after-write', status: 500 },
    ] as const;
    for (const [index, fault] of faults.entries()) {
      office.whatsapp.write({ author: `warga-sim-${index}`, text: complaint });
      await office.work();
      const released = await office.release((await newestDraft(office, index + 1)).draft);
      office.whatsapp.faults.add({ match: { method: 'POST', path: /messages$/ }, do: fault });
      expect(await send(office, released, 1)).toBe('unknown');
      await office.work();
      expect(await office.reply(released._id)).toMatchObject({ state: 'sent', sent: { by: 'look' } });
      expect(office.whatsapp.ledger.repliesReceived()).toHaveLength(index + 1);
      expect(await dueLooks(replies(office.services.database.db), new Date('2030-01-01'), 9)).toEqual([]);
    }
  });

  test('what WhatsApp takes and then reports as not delivered is shown as failed, and the case is open again', async () => {
    await using office = await openWebhookOffice();
    const { db } = office.services.database;
    office.whatsapp.write({ author: 'warga-sim-1', text: complaint });
    await office.work();
    const { one, draft } = await onlyDraft(office);
    // A text of the officer's own answers the case.
    await replies(db).updateOne({ _id: draft._id }, { $set: { templateId: null } });
    const released = await office.release(await office.reply(draft._id));
    office.whatsapp.switches.failLaterCode = 131_026;
    expect(await send(office, released)).toBe('sent');
    expect(await cases(db).findOne({ _id: one._id })).toMatchObject({ state: 'dijawab' });
    await office.work();
    expect(await office.reply(draft._id)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('131026'),
    });
    const after = await cases(db).findOne({ _id: one._id });
    expect(after?.state).toBe('dibuka_kembali');
    expect(after?.history.at(-1)).toMatchObject({ by: systemUser });
  });

  test('a refusal is a failure, a wait or unclear by its code, never by its status', async () => {
    await using office = await openWebhookOffice();
    const ends = {
      131047: 'failed',
      132001: 'failed',
      131026: 'failed',
      131031: 'failed',
      130429: 'postponed',
      131056: 'postponed',
      80007: 'postponed',
      190: 'postponed',
      131016: 'unknown',
    } as const;
    for (const code of Object.keys(ends))
      office.whatsapp.write({ author: `warga-sim-${code}`, text: `${complaint} RT ${code}` });
    await office.work();
    const found: Record<string, string> = {};
    for (const [index, draft] of (await replies(office.services.database.db).find().toArray()).entries()) {
      const code = Object.keys(ends)[index] ?? '';
      office.whatsapp.switches.refuseCode = Number(code);
      found[code] = await send(office, await office.release(draft));
    }
    expect(found).toEqual(ends);
    expect(office.whatsapp.ledger.repliesReceived()).toEqual([]);
  });
});
