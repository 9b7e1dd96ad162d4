/** A case passed on to its agency: mail and WhatsApp, the link, the code, the answer that becomes a draft, reminders. */
import { describe, expect, test } from '@jest/globals';
import { remindAgencies } from '../../schedules/remind-agencies.ts';
import { sendNotices } from '../../schedules/send-notices.ts';
import { createUser } from '../../src/accounts/accounts.ts';
import { askedOf, resendLinkBy, revokeLinkBy } from '../../src/api/acts/links.ts';
import { moveCaseBy } from '../../src/api/case-acts.ts';
import { askingFor, threadLines, threadPage } from '../../src/api/thread-lists.ts';
import { approve } from '../../src/approve/decide.ts';
import { submit } from '../../src/approve/write.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/core/clock.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Recipient } from '../../src/domain/forward.ts';
import { systemUser, type UserId } from '../../src/domain/ids.ts';
import type { User } from '../../src/domain/user.ts';
import { apiDeps } from '../../src/joins/api.ts';
import { reviewDeps } from '../../src/joins/review.ts';
import type { GroupPost } from '../../src/simulators/group/index.ts';
import { startMailSimulator } from '../../src/simulators/mail/index.ts';
import { openAgencies } from '../../src/simulators/staff/agencies.ts';
import { openStaffDesk } from '../../src/simulators/staff/desk.ts';
import { openPassingOn } from '../../src/simulators/staff/passing-on.ts';
import { openStaff } from '../../src/simulators/staff/staff.ts';
import { audit, auditRecorder } from '../../src/store/audit.ts';
import { cases } from '../../src/store/cases.ts';
import { replies } from '../../src/store/replies.ts';
import { openWebhookOffice, type WebhookOffice } from '../support/webhook-office.ts';

const complaint = 'lampu penerangan jalan di Papahan mati sejak seminggu, mohon diperbaiki';
const never = AbortSignal.timeout(120_000);

const recipient = (part: Partial<Recipient>): Recipient => ({
  id: 'dishub-1',
  agency: 'DISHUB',
  role: 'admin_opd',
  name: 'Admin Dishub (sim)',
  way: 'mail',
  address: 'admin@dishub.contoh.test',
  user: null,
  ...part,
});
const officer: User = {
  _id: 'petugas.satu' as UserId,
  name: 'Petugas (sim)',
  role: 'petugas',
  agency: null,
  mayPublish: false,
  demo: false,
  disabledAt: null,
};

async function openForwarding(recipients: readonly Recipient[]) {
  const mail = await startMailSimulator();
  const office = await openWebhookOffice({
    open: { recipients, mail: { url: mail.smtpUrl, from: 'aduan@karanganyar.contoh.test' } },
  });
  const { db } = office.services.database;
  office.whatsapp.write({ author: 'warga-sim-1', text: complaint });
  await office.work();
  const only = async () => {
    const one = await cases(db).findOne();
    if (!one) throw new Error('no case');
    return one;
  };
  const asked = { deps: apiDeps(office.services, [office.api.origin]), user: officer };
  const move = async (verb: 'verifikasi' | 'disposisi', agency: string | null) =>
    moveCaseBy(asked, (await only())._id, { version: (await only()).version, verb, agency, note: null });
  return {
    mail,
    office,
    db,
    only,
    asked,
    async passOn(agency = 'DISHUB') {
      if ((await only()).state === 'baru') await move('verifikasi', null);
      await move('disposisi', agency);
      await sendNotices.run(office.services, never);
    },
    async [Symbol.asyncDispose]() {
      await office[Symbol.asyncDispose]();
      await mail[Symbol.asyncDispose]();
    },
  };
}

/** The demo's played people over the product: two of the desk by the JSON API, the agencies by what reaches them. */
async function openPlayed(office: Awaited<ReturnType<typeof openForwarding>>, people: readonly Recipient[]) {
  const { mail, asked } = office;
  const { api, clock, services, whatsapp } = office.office;
  const password = 'kopi-hangat-pagi-77';
  const desk = async (loginName: string, role: 'petugas' | 'penyetuju') => {
    const user = { loginName, name: loginName, role, agency: null, mayPublish: true, password };
    await createUser(asked.deps, { ...user, demo: 'played' }, systemUser);
    return openStaffDesk({ baseUrl: api, loginName, password });
  };
  const writer = await desk('peran.petugas', 'petugas');
  const approver = await desk('peran.penyetuju', 'penyetuju');
  const posts: GroupPost[] = [];
  const group = {
    posts: () => posts,
    write: (author: string, text: string) => void posts.push({ author, text, at: clock.now() }),
  };
  const inbox = ({ way, address }: Recipient) =>
    way === 'mail'
      ? mail.mails.filter(({ to }) => to.includes(address)).map(({ text }) => text)
      : whatsapp.textsTo(address);
  const agencies = new Set(people.flatMap(({ agency }) => agency ?? []));
  return {
    posts,
    staff: openStaff({ writer, approver, log: silentLog }),
    passingOn: openPassingOn({ writer, agencies, group, log: silentLog }),
    agencies: openAgencies({ baseUrl: api, clock, log: silentLog, people, inbox, group }),
    /** WhatsApp takes one message a person each six seconds. */
    async deliver() {
      clock.advance(10 * SECOND);
      await sendNotices.run(services, never);
    },
  };
}

async function post({ api }: WebhookOffice, path: string, body: object) {
  const answer = await fetch(new URL(`/jawab/${path}`, api), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: api.origin },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, never> };
}

const tokenIn = (text: string) => /\/jawab#([\w-]{22})/.exec(text.replaceAll('=\r\n', ''))?.[1] ?? '';
const codeIn = (text: string) => /Kode Anda: (\d{6})/.exec(text)?.[1] ?? '';

// Planted: authors without the answerer, and without who passed on → the approval below goes through.
test('the agency answers by its link and code, and neither its answerer nor who passed it on may approve the draft', async () => {
  await using office = await openForwarding([recipient({ user: 'admin.dishub' as UserId })]);
  const { mail, db } = office;
  await office.passOn();
  const [first] = mail.mails;
  const token = tokenIn(first?.raw ?? '');
  expect(token).not.toBe('');
  expect(first?.to).toEqual(['admin@dishub.contoh.test']);
  // The complaint itself stands in no mail, and the token nowhere in the database.
  expect(first?.raw).not.toContain('Papahan mati');
  const stored = JSON.stringify([
    await db.collection('answer_links').find().toArray(),
    await db.collection('notices').find().toArray(),
  ]);
  expect(stored).not.toContain(token);

  const page = await fetch(new URL('/jawab', office.office.api));
  expect(await page.text()).not.toContain('KRA-');
  await post(office.office, 'kode', { token });
  await sendNotices.run(office.office.services, never);
  const code = codeIn(mail.mails.at(-1)?.raw ?? '');
  const wrong = code === '000000' ? '000001' : '000000';
  expect((await post(office.office, 'buka', { token, code: wrong })).status).toBe(404);
  const opened = await post(office.office, 'buka', { token, code });
  expect(opened).toMatchObject({ status: 200, body: { case: { texts: [complaint], agency: 'Dishub' } } });
  const { session } = opened.body;
  expect((await post(office.office, 'kirim', { token, session: 'lain', text: 'x' })).status).toBe(404);
  const answer = { token, session, text: 'Lampu sudah diganti hari ini, matur nuwun laporannya.' };
  const both = await Promise.all([
    post(office.office, 'kirim', answer),
    post(office.office, 'kirim', answer),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);

  // Opened and answered is on record, for officers and in the audit.
  const { _id: number } = await office.only();
  expect(await askedOf(office.asked.deps, number)).toMatchObject([
    { state: 'dijawab', openedAt: office.office.clock.now(), answeredAt: office.office.clock.now() },
  ]);
  const acts = { act: /^agency\.(open|answer)$/, subject: number, by: 'admin.dishub' as UserId };
  expect((await audit(db).find(acts).toArray()).map(({ act }) => act)).toEqual([
    'agency.open',
    'agency.answer',
  ]);

  const draft = await replies(db).findOne({ open: true });
  expect(draft).toMatchObject({
    state: 'draft',
    text: answer.text,
    templateId: null,
    situation: 'Jawaban OPD',
  });
  if (!draft) throw new Error('no draft');
  const deps = reviewDeps(office.office.services, auditRecorder(db, office.office.services.auditKey));
  const actor = (id: string) => ({ id: id as UserId, mayPublish: false });
  const { reply } = await submit(deps, draft._id, draft.version, actor('petugas.dua'));
  for (const author of ['admin.dishub', 'petugas.satu', 'petugas.dua'])
    await expect(approve(deps, reply._id, reply.version, actor(author))).rejects.toThrow();
  expect(await approve(deps, reply._id, reply.version, actor('penyetuju'))).toMatchObject({
    state: 'approved',
  });
});

test('the demo: one agency never opens, one opens, one answers in the group only, one by its link and is answered for', async () => {
  const people = [
    recipient({ id: 'dlh', agency: 'DLH', address: 'dlh@opd.contoh.test' }),
    recipient({ id: 'dishub', way: 'whatsapp', address: '6280099990001' }),
    recipient({ id: 'dikbud', agency: 'DIKBUD', name: 'Admin Dikbud', address: 'dikbud@opd.contoh.test' }),
    recipient({ id: 'dpupr', agency: 'DPUPR', way: 'whatsapp', address: '6280099990002' }),
  ];
  await using office = await openForwarding(people);
  const { whatsapp, work, reply } = office.office;
  const texts = [
    'Sampah di TPS Dagen sudah 10 hari tidak diangkut, baunya sampai rumah',
    'Rambu tikungan Gerdu hilang, bahaya kalau malam',
    'Atap ruang kelas SD di Kerjo bocor setiap hujan',
    ...['Jumapolo', 'Matesih', 'Jenawi', 'Kerjo', 'Ngargoyoso', 'Jatipuro'].map(
      (where) => `Jalan berlubang di ${where}, mohon segera ditambal`,
    ),
  ];
  for (const [index, text] of texts.entries()) whatsapp.write({ author: `warga-sim-${10 + index}`, text });
  await work();
  const played = await openPlayed(office, people);
  for (let turn = 0; turn < 8; turn += 1) {
    await played.passingOn.step();
    await played.deliver();
    await played.agencies.step();
  }
  const passedOn = await cases(office.db).find({ state: 'disposisi' }).toArray();
  const states = await Promise.all(
    passedOn.map(
      async ({ _id, agency }) => [agency, (await askedOf(office.asked.deps, _id))[0]?.state] as const,
    ),
  );
  expect(Object.fromEntries(states)).toEqual({
    DLH: 'belum-dibuka',
    DISHUB: 'dibuka',
    DIKBUD: 'belum-dibuka',
    DPUPR: 'dijawab',
  });
  const fromDikbud = played.posts.filter(({ author }) => author === 'Admin Dikbud');
  expect(fromDikbud).toHaveLength(1);
  expect(fromDikbud[0]?.text).toContain(passedOn.find(({ agency }) => agency === 'DIKBUD')?._id);

  const answer = await replies(office.db).findOne({ situation: 'Jawaban OPD' });
  if (!answer) throw new Error('no answer');
  for (let step = 0; step < 20 && (await reply(answer._id)).state !== 'released'; step += 1)
    await played.staff.step();
  expect(await reply(answer._id)).toMatchObject({
    state: 'released',
    authors: expect.arrayContaining(['opd:dpupr', 'peran.petugas']),
    approval: { by: 'peran.penyetuju' },
  });
});

test('an automatic draft is brought up to date when a person opens it, one that somebody wrote is left', async () => {
  await using office = await openForwarding([recipient({})]);
  const { clock, whatsapp, work } = office.office;
  const { composer } = office.asked.deps;
  const write = async () =>
    composer.write(officer, { case: await office.only(), text: null, templateId: null, key: null });
  expect(await write()).toMatchObject({ templateId: 'terima-aduan', authors: ['sistem'] });
  await office.passOn();
  expect(await write()).toMatchObject({ templateId: 'diteruskan-opd', authors: ['sistem'], state: 'draft' });
  // The day before its deadline the citizen asks again.
  const due = (await office.only()).dueAt;
  clock.set(new Date((due?.getTime() ?? 0) - 6 * HOUR));
  whatsapp.write({ author: 'warga-sim-1', text: 'Sudah dua minggu lampu belum juga diperbaiki, kapan ini?' });
  await work();
  expect(await office.only()).toMatchObject({
    flags: expect.arrayContaining(['ditagih']),
    urgency: 'tinggi',
  });
  const late = await write();
  expect(late).toMatchObject({ templateId: 'maaf-terlambat', authors: ['sistem'] });
  expect(late.text).toContain('{isi}');
  await replies(office.db).updateOne({ _id: late._id }, { $push: { authors: officer._id } });
  // Now it is a person's: the newest message gets a draft of its own, his stays as it is.
  expect((await write())._id).not.toBe(late._id);
  expect(await replies(office.db).findOne({ _id: late._id })).toMatchObject({
    text: late.text,
    state: 'draft',
  });
});

describe('a link', () => {
  test('ends after a week, when the case is passed on elsewhere, and after five wrong codes', async () => {
    await using office = await openForwarding([
      recipient({}),
      recipient({ id: 'dpupr-1', agency: 'DPUPR', address: 'admin@dpupr.contoh.test' }),
    ]);
    const { mail } = office;
    await office.passOn();
    const token = tokenIn(mail.mails[0]?.raw ?? '');
    const ask = async (which: string) => {
      office.office.clock.advance(2 * MINUTE);
      const before = mail.mails.length;
      await post(office.office, 'kode', { token: which });
      await sendNotices.run(office.office.services, never);
      return mail.mails.length === before ? null : codeIn(mail.mails.at(-1)?.raw ?? '');
    };
    const code = await ask(token);
    const tries = [];
    for (let count = 0; count < 6; count += 1)
      tries.push(
        (await post(office.office, 'buka', { token, code: code === '111111' ? '222222' : '111111' })).status,
      );
    expect(tries).toEqual([404, 404, 404, 404, 404, 404]);
    expect((await post(office.office, 'buka', { token, code })).status).toBe(404);
    expect((await post(office.office, 'buka', { token, code: await ask(token) })).status).toBe(200);

    await office.passOn('DPUPR');
    expect(await ask(token)).toBeNull();
    const other = tokenIn(mail.mails.at(-1)?.raw ?? '');
    expect(mail.mails.at(-1)?.to).toEqual(['admin@dpupr.contoh.test']);
    office.office.clock.advance(7 * DAY);
    expect(await ask(other)).toBeNull();
    // The same answer, whether there is such a link or not.
    expect(await post(office.office, 'kode', { token: 'a'.repeat(22) })).toEqual(
      await post(office.office, 'kode', { token: other }),
    );
  });
});

test('officers see how far it got, send a new link and revoke it; the older one opens nothing from then on', async () => {
  await using office = await openForwarding([recipient({})]);
  const { mail, asked } = office;
  await office.passOn();
  const old = tokenIn(mail.mails[0]?.raw ?? '');
  const { _id: number } = await office.only();
  const [first] = await askedOf(asked.deps, number);
  expect(first).toMatchObject({ to: 'Admin Dishub (sim)', state: 'belum-dibuka' });
  // Planted: the links of the cases not asked for.
  const inList = async () => {
    const asking = askingFor(asked.deps, officer, { agency: null, secret: true });
    const { rows } = await threadPage(asked.deps, { view: 'opd-belum-menjawab' }, asking, { limit: 10 });
    return (await threadLines(asked.deps, rows, asking)).map(({ id, forward }) => [id, forward]);
  };
  expect(await inList()).toEqual([[number, 'belum-dibuka']]);

  office.office.clock.advance(MINUTE);
  await resendLinkBy(asked, number, first?.id ?? '');
  await sendNotices.run(office.office.services, never);
  const fresh = tokenIn(mail.mails.at(-1)?.raw ?? '');
  expect(fresh).not.toBe(old);
  const codeFor = async (token: string) => {
    const before = mail.mails.length;
    await post(office.office, 'kode', { token });
    await sendNotices.run(office.office.services, never);
    return mail.mails.length === before ? null : codeIn(mail.mails.at(-1)?.raw ?? '');
  };
  expect(await codeFor(old)).toBeNull();
  const opened = await post(office.office, 'buka', { token: fresh, code: await codeFor(fresh) });
  expect(opened.status).toBe(200);
  expect((await askedOf(asked.deps, number)).map(({ state }) => state)).toEqual(['dibuka', 'dicabut']);
  expect(await inList()).toEqual([[number, 'dibuka']]);

  const [newest] = await askedOf(asked.deps, number);
  const both = await Promise.allSettled([1, 2].map(() => revokeLinkBy(asked, number, newest?.id ?? '')));
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const answer = { token: fresh, session: opened.body.session, text: 'Sudah diperbaiki.' };
  expect((await post(office.office, 'kirim', answer)).status).toBe(404);
  expect(await inList()).toEqual([[number, null]]);
  // Nobody answered within its days: said as such, and it can be sent anew.
  office.office.clock.advance(MINUTE);
  await resendLinkBy(asked, number, newest?.id ?? '');
  office.office.clock.advance(7 * DAY);
  const [expired] = await askedOf(asked.deps, number);
  expect(expired?.state).toBe('kedaluwarsa');
  expect(await inList()).toEqual([[number, 'kedaluwarsa']]);
  await resendLinkBy(asked, number, expired?.id ?? '');
});

describe('a notice', () => {
  // Planted: everything unclear sorted as "not now" → the second run sends the mail again.
  test('is sent at most once: refused, later, or cut off when it may have arrived', async () => {
    await using office = await openForwarding([recipient({})]);
    const { mail, db } = office;
    const notices = () => db.collection('notices').find().sort({ createdAt: 1 }).toArray();
    mail.fault = 'later';
    await office.passOn();
    expect(await notices()).toMatchObject([{ state: 'waiting', tries: 1 }]);
    mail.fault = 'cut-after-data';
    office.office.clock.advance(5 * MINUTE);
    await sendNotices.run(office.office.services, never);
    expect(await notices()).toMatchObject([{ state: 'unknown' }]);
    mail.fault = null;
    office.office.clock.advance(HOUR);
    await sendNotices.run(office.office.services, never);
    expect(mail.mails).toHaveLength(1);
    mail.fault = 'refuse';
    await office.passOn();
    expect((await notices()).map(({ state }) => state).sort()).toEqual(['failed', 'unknown']);
  });

  test('goes by WhatsApp as an approved template, and what is reported later is noted', async () => {
    await using office = await openForwarding([recipient({ way: 'whatsapp', address: '6280099990000' })]);
    await office.passOn();
    const [sent] = office.office.whatsapp.ledger.repliesReceived();
    expect(sent?.text).toMatch(
      /^\[templat disposisi_aduan\] KRA-2026-000001 · Dishub · .* · http.*#[\w-]{22}$/,
    );
    office.office.whatsapp.switches.failLaterCode = 131_026;
    await post(office.office, 'kode', { token: tokenIn(sent?.text ?? '') });
    await sendNotices.run(office.office.services, never);
    await office.office.work();
    const states = await office.db.collection('notices').find().sort({ createdAt: 1, _id: 1 }).toArray();
    expect(states.map(({ kind, state }) => [kind, state]).sort()).toEqual([
      ['disposisi', 'sent'],
      ['kode', 'failed'],
    ]);
  });
});

// Planted: only links in force asked for → the Sekda never hears of it. The case's state, or another's answer, not asked
// for → reminders go on. A new link with a chain of its own → its recipient is reminded again.
test('who is silent is reminded in office hours, then his superiors one after another; emergencies go to the duty officer at any hour', async () => {
  const above = (id: string) => recipient({ id, agency: null, role: id, address: `${id}@contoh.test` });
  await using office = await openForwarding([
    recipient({}),
    recipient({ id: 'dishub-2', address: 'wakil@dishub.contoh.test' }),
    recipient({ id: 'dishub-kepala', role: 'kepala_opd', address: 'kepala@dishub.contoh.test' }),
    recipient({ id: 'dpupr-kepala', role: 'kepala_opd', agency: 'DPUPR', address: 'lain@dpupr.contoh.test' }),
    ...['kabid_ikp', 'sekda', 'piket'].map(above),
  ]);
  const { mail, db, asked } = office;
  const { clock, services, whatsapp } = office.office;
  const to = () => mail.mails.map((one) => one.to[0]?.split('@')[0]);
  /** Two processes look, then what is due is sent. @returns who got a mail by that */
  const at = async (wib: string) => {
    clock.advance(new Date(`${wib}:00+07:00`).getTime() - clock.now().getTime());
    const before = mail.mails.length;
    await Promise.all([remindAgencies.run(services, never), remindAgencies.run(services, never)]);
    await sendNotices.run(services, never);
    return to().slice(before).sort();
  };
  // Tuesday 24 November, 10.00: six hours of the office are left of that day, 8.5 has each other one.
  await office.passOn();
  expect(to().sort()).toEqual(['admin', 'wakil']);
  expect(await at('2026-11-24T23:00')).toEqual([]);
  expect(await at('2026-11-25T09:29')).toEqual([]);
  expect(await at('2026-11-25T09:30')).toEqual(['admin', 'wakil']);
  expect(await at('2026-11-26T16:00')).toEqual([]);
  expect(await at('2026-11-27T08:30')).toEqual(['kepala']);

  // Saturday, 02.00.
  clock.advance(new Date('2026-11-28T02:00:00+07:00').getTime() - clock.now().getTime());
  const text = 'tolong cepat, rumah kebakaran di Jaten, api besar sekali!';
  whatsapp.write({ author: 'warga-sim-9', text });
  await office.office.work();
  await cases(db).updateMany({ agency: { $ne: 'DISHUB' } }, { $set: { urgency: 'darurat', state: 'baru' } });
  expect(await at('2026-11-28T02:01')).toEqual(['piket']);
  expect(await at('2026-11-28T02:02')).toEqual([]);

  expect(await at('2026-11-30T16:00')).toEqual([]);
  expect(await at('2026-12-01T07:30')).toEqual(['kabid_ikp']);
  const { _id: number } = (await cases(db).findOne({ agency: 'DISHUB' })) ?? {};
  if (!number) throw new Error('no case');
  // The links end on this day, and the chain does not.
  expect(await at('2026-12-07T13:29')).toEqual([]);
  const asked1 = await askedOf(asked.deps, number);
  expect(asked1.map(({ state }) => state)).toEqual(['kedaluwarsa', 'kedaluwarsa']);
  expect(await at('2026-12-07T13:30')).toEqual(['sekda']);
  // Who was told is on record, each once.
  const reminders = db.collection('notices').find({ kind: 'pengingat', state: 'sent' });
  const roles = (await reminders.toArray()).map((one) => one.recipient.role);
  expect(roles).toEqual(['admin_opd', 'admin_opd', 'kepala_opd', 'kabid_ikp', 'sekda']);
  // A link that is sent anew begins no chain of its own.
  await resendLinkBy(asked, number, asked1[0]?.id ?? '');
  expect(await at('2026-12-16T10:00')).toHaveLength(1);

  // Passed on once more, it is a new question, as long as the case waits for its agency.
  await office.passOn();
  const now = (state: 'dijawab' | 'disposisi') => cases(db).updateOne({ _id: number }, { $set: { state } });
  await now('dijawab');
  expect(await at('2026-12-18T10:00')).toEqual([]);
  await now('disposisi');
  expect(await at('2026-12-18T10:01')).toEqual(['admin', 'wakil']);
  // One of them answers: nobody is silent any more.
  const { modifiedCount } = await db
    .collection('answer_links')
    .updateOne({ caseId: number, revokedAt: null, answeredAt: null }, { $set: { answeredAt: clock.now() } });
  expect(modifiedCount).toBe(1);
  expect(await at('2026-12-22T10:00')).toEqual([]);
});
