/** Answers to the citizen's own mail or telephone: only after its owner gave back the code, and of a secret case only there. */
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { createRouterClient } from '@orpc/server';
import { sendNotices } from '../../schedules/send-notices.ts';
import { router } from '../../src/api/routes/router.ts';
import { capabilityOf } from '../../src/approve/checks.ts';
import { MINUTE } from '../../src/core/clock.ts';
import type { UserId } from '../../src/domain/ids.ts';
import type { User } from '../../src/domain/user.ts';
import { whatsappNumber } from '../../src/forward/contact.ts';
import { publishDeps } from '../../src/joins/publish.ts';
import { publish } from '../../src/publish/publish.ts';
import { startMailSimulator } from '../../src/simulators/mail/index.ts';
import { audit } from '../../src/store/audit.ts';
import { cases } from '../../src/store/cases.ts';
import { findOpenReplyTo, replies } from '../../src/store/replies.ts';
import { listSiteAnswers } from '../../src/store/site-answers.ts';
import { openSiteOffice } from '../support/site-office.ts';
import { openWebhookOffice } from '../support/webhook-office.ts';

const address = 'warga@surat.contoh.test';
const report = {
  jenis: 'pengaduan',
  isi: 'Lampu penerangan jalan di depan pasar desa mati sejak seminggu, gelap sekali kalau malam.',
  kecamatan: 'Tasikmadu',
  surel: address,
  setuju: 'ya',
};

/** A report was sent; what its page offers, and what its owner can do there. */
async function openContact(part: Record<string, string> = {}) {
  const mail = await startMailSimulator();
  const office = await openSiteOffice({
    mail: { url: mail.smtpUrl, from: 'aduan@karanganyar.contoh.test' },
  });
  const { db } = office.services.database;
  const sent = await office.post('/lapor', { ...report, cap: await office.stamp(), ...part });
  const [, laporan = ''] = /name="laporan" value="([^"]+)"/.exec(sent.text) ?? [];
  const one = await cases(db).findOne();
  if (!one) throw new Error('no case');
  const draft = await findOpenReplyTo(replies(db), one.rootMentionId);
  if (!draft) throw new Error('no draft');
  const form = { laporan, lewat: 'mail' };
  const deliver = () => sendNotices.run(office.services, AbortSignal.timeout(60_000));
  return {
    mail,
    office,
    db,
    one,
    page: sent.text,
    form,
    deliver,
    draft,
    capability: () => capabilityOf(office.deps.review, draft),
    async code() {
      const asked = await office.post('/lapor/kontak/kode', form);
      await deliver();
      const text = mail.mails.at(-1)?.raw ?? '';
      return { asked, code: /Kode Anda: (\d{6})/.exec(text)?.[1] ?? '' };
    },
    async [Symbol.asyncDispose]() {
      await office[Symbol.asyncDispose]();
      await mail[Symbol.asyncDispose]();
    },
  };
}

// Planted: confirmedWay() takes a contact that a code was only sent to → a notice with the answer is written for it.
test('an address that nobody confirmed gets a code and nothing else; the answer stands on the page', async () => {
  await using up = await openContact();
  const { office, mail, form } = up;
  expect(up.page).toContain('w…@surat.contoh.test');
  expect(up.page.includes(`<strong>${address}`)).toBe(false);
  const { code } = await up.code();
  expect(mail.mails.flatMap(({ to }) => to)).toEqual([address]);
  const wrong = code === '000000' ? '000001' : '000000';
  expect((await office.post('/lapor/kontak', { ...form, kode: wrong })).status).toBe(422);
  // Asked again at once: no second mail.
  await up.code();
  expect(mail.mails).toHaveLength(1);

  expect(await office.answer(up.one.rootMentionId, 'Lampu sudah kami ganti, matur nuwun.')).toBe('sent');
  await up.deliver();
  expect(mail.mails).toHaveLength(1);
  expect(await up.db.collection('notices').countDocuments({ kind: 'jawaban' })).toBe(0);
  expect(await listSiteAnswers(up.db, [up.one.rootMentionId])).toHaveLength(1);
});

test('a code is used up and is over; the right one makes the answer leave to its owner, once', async () => {
  await using up = await openContact();
  const { office, form } = up;
  const { code } = await up.code();
  for (let n = 0; n < 5; n += 1)
    await office.post('/lapor/kontak', { ...form, kode: code === '000000' ? '111111' : '000000' });
  expect((await office.post('/lapor/kontak', { ...form, kode: code })).status).toBe(422);
  office.clock.advance(2 * MINUTE);
  const second = await up.code();
  office.clock.advance(16 * MINUTE);
  expect((await office.post('/lapor/kontak', { ...form, kode: second.code })).status).toBe(422);
  const third = await up.code();
  expect((await office.post('/lapor/kontak', { ...form, kode: third.code })).text).toContain('Terima kasih');
  const foreign = { ...form, laporan: `${up.one.rootMentionId}.${'A'.repeat(43)}` };
  expect((await office.post('/lapor/kontak', { ...foreign, kode: third.code })).status).toBe(422);
  expect((await office.post('/lapor/kontak', { ...form, lewat: 'whatsapp', kode: '1' })).status).toBe(422);

  expect(await office.answer(up.one.rootMentionId, 'Lampu sudah kami ganti, matur nuwun.')).toBe('sent');
  await up.deliver();
  await up.deliver();
  const answers = up.mail.mails.filter(({ raw }) => raw.includes('Lampu sudah kami ganti'));
  expect(answers.flatMap(({ to }) => to)).toEqual([address]);
});

// Planted: the audience of a secret case is `page` → its answer stands where the tracking page reads.
test('a secret case is answered by hand until its contact is confirmed, then there alone', async () => {
  await using up = await openContact({ rahasia: 'ya' });
  const { office, mail, form } = up;
  expect(await up.capability()).toMatchObject({
    by: 'hand',
    reason: { id: expect.stringContaining('rahasia') },
  });
  await expect(
    office.answer(up.one.rootMentionId, 'Terima kasih, sudah kami periksa.'),
  ).rejects.toMatchObject({
    code: 'not-possible',
  });
  const { code } = await up.code();
  expect((await office.post('/lapor/kontak', { ...form, kode: code })).status).toBe(200);
  expect(await up.capability()).toEqual({ by: 'api' });
  await replies(up.db).updateOne({ _id: up.draft._id }, { $set: { state: 'draft', approval: null } });
  expect(await office.answer(up.one.rootMentionId, 'Terima kasih, sudah kami periksa.')).toBe('sent');
  await up.deliver();
  expect(mail.mails.flatMap(({ to }) => to)).toEqual([address, address]);
  expect(mail.mails.at(-1)?.raw).not.toContain(up.one._id);
  expect(await listSiteAnswers(up.db, [up.one.rootMentionId])).toEqual([]);
});

// Planted: `contact.view` for the writers → the agency has it.
test('who left a contact is shown to the desk alone, for a reason that is audited; to nobody where he asked to stay unnamed', async () => {
  const phone = '081234567899';
  const isi = `${report.isi} Hubungi saya di 0812 9999 8888.`;
  const part = { isi, telepon: phone, nama: 'Pelapor Simulasi', rahasia: 'ya' };
  await using up = await openContact(part);
  const { office, one, db } = up;
  const people = {
    petugas: null,
    penyetuju: null,
    admin_opd: one.agency,
    admin_lain: 'DINKES',
    analis: null,
    pimpinan: null,
    superadmin: null,
  } as const;
  const as = (who: keyof typeof people) => {
    const role = who === 'admin_lain' ? 'admin_opd' : who;
    const user: User = {
      ...{ _id: who as UserId, name: who, role, agency: people[who] },
      ...{ mayPublish: false, demo: false, disabledAt: null },
    };
    const context = { deps: office.deps, user, token: null, address: 'test', keepToken: () => {} };
    return createRouterClient(router, { context });
  };
  const said = async (work: Promise<unknown>) =>
    JSON.stringify(await work.catch((error) => error.code ?? 'refused'));
  const opened: Record<string, string> = {};
  for (const who of Object.keys(people) as (keyof typeof people)[]) {
    const client = as(who);
    const read = [
      client.cases.get({ number: one._id }),
      client.mentions.get({ id: one.rootMentionId }),
      client.threads.list({ limit: '10' }),
      client.threads.list({ q: phone, limit: '10' }),
      client.threads.list({ q: address, limit: '10' }),
      client.exports.cases({ format: 'csv' }).then(({ body }) => text(body)),
    ];
    for (const answer of read)
      expect(await said(answer)).not.toMatch(/1234567899|9999|surat\.contoh|Pelapor Sim/);
    const words = await said(client.mentions.open({ id: one.rootMentionId, reason: 'menghubungi-pelapor' }));
    const sees = [/0812 9999 8888/, new RegExp(phone), new RegExp(address)].map((part) => part.test(words));
    opened[who] = sees.map((yes) => (yes ? 'Y' : '-')).join('');
  }
  // His words · his telephone · his mail.
  expect(opened).toEqual({
    petugas: 'YYY',
    penyetuju: 'YYY',
    admin_opd: 'Y--',
    admin_lain: '---',
    analis: '---',
    pimpinan: '---',
    superadmin: '---',
  });
  const acts = await audit(db).find({ act: 'personal-data.open' }).sort({ at: 1, _id: 1 }).toArray();
  expect(acts.map(({ by, fields }) => [by, fields])).toEqual(
    ['petugas', 'penyetuju', 'admin_opd'].map((by) => [
      by,
      { reason: 'menghubungi-pelapor', case: one._id, contact: by !== 'admin_opd' },
    ]),
  );

  await cases(db).updateOne({ _id: one._id }, { $set: { anonymous: true } });
  const hidden = await said(
    as('petugas').mentions.open({ id: one.rootMentionId, reason: 'menghubungi-pelapor' }),
  );
  expect(hidden).toContain('"contact":null');
});

// Planted: citizenText() asks for a mail contact whatever the way → no answer leaves by WhatsApp.
test('a telephone that its owner confirmed by WhatsApp gets the answer there, once', async () => {
  await using office = await openWebhookOffice();
  const { services, whatsapp, api, clock } = office;
  const { db } = services.database;
  const post = async (at: string, fields: Record<string, string>) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const response = await fetch(new URL(at, api), { method: 'POST', body, headers: { origin: api.origin } });
    return { status: response.status, text: await response.text() };
  };
  const form = await (await fetch(new URL('/lapor', api))).text();
  const cap = /name="cap" value="([^"]+)"/.exec(form)?.[1] ?? '';
  clock.advance(MINUTE);
  const { surel: _, ...byPhone } = report;
  const sent = await post('/lapor', { ...byPhone, telepon: '0812-0000-0001', cap });
  const [, laporan = ''] = /name="laporan" value="([^"]+)"/.exec(sent.text) ?? [];
  expect(sent.text).toContain('…001');

  const inbox = () => whatsapp.posts().filter(({ byOffice }) => byOffice);
  const deliver = () => sendNotices.run(services, AbortSignal.timeout(60_000));
  await post('/lapor/kontak/kode', { laporan, lewat: 'whatsapp' });
  await deliver();
  const [, code = ''] = /\[templat kode_aduan\] (\d{6})/.exec(inbox().at(-1)?.text ?? '') ?? [];
  expect((await post('/lapor/kontak', { laporan, lewat: 'whatsapp', kode: code })).status).toBe(200);

  const one = await cases(db).findOne();
  const draft = one && (await findOpenReplyTo(replies(db), one.rootMentionId));
  if (!draft) throw new Error('no draft');
  const text = 'Lampu sudah kami ganti, matur nuwun.';
  await replies(db).updateOne({ _id: draft._id }, { $set: { text, templateId: null } });
  const released = await office.release(draft);
  expect(await publish(publishDeps(services), released._id, released.version)).toBe('sent');
  await deliver();
  await deliver();
  expect(inbox().filter((message) => message.text.includes('Lampu sudah kami ganti'))).toHaveLength(1);
  expect(inbox()).toHaveLength(2);
});

test('a telephone is read as citizens write it', () => {
  expect(whatsappNumber('0812-0000-0001')).toBe('6281200000001');
  expect(whatsappNumber('+62 812 0000 0001')).toBe('6281200000001');
  expect(whatsappNumber('12345')).toBeNull();
});
