import { expect, test } from '@jest/globals';
import { createUser } from '../../src/accounts/accounts.ts';
import { buildApi } from '../../src/api/build-api.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import { type ListeningApi, serveApi } from '../../src/api/serve-api.ts';
import { fixedClock } from '../../src/core/clock.ts';
import { silentLog } from '../../src/core/log.ts';
import { type CaseNumber, systemUser, type UserId } from '../../src/domain/ids.ts';
import type { Reply, ReplyState } from '../../src/domain/reply.ts';
import { openStaffDesk } from '../../src/simulators/staff/desk.ts';
import { leftForVisitor, openStaff, runStaff, staffPass } from '../../src/simulators/staff/staff.ts';
import { cases } from '../../src/store/cases.ts';
import { mentions } from '../../src/store/mentions.ts';
import { addDraft, replies } from '../../src/store/replies.ts';
import { aMention, testApiDeps } from '../support/api.ts';
import { aCase, aReply, fakePlatform } from '../support/reply-builders.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

const clock = fixedClock('2026-11-02T04:00:00Z');
const password = 'kopi-hangat-pagi-77';
const writer = 'peran.petugas';
const approver = 'peran.penyetuju';

/** The API on a real port, with the two demo roles; the API is told its own address, so the port is known first. */
async function openOffice(services: TestServices, part: Partial<ApiDeps> = {}) {
  const origins: string[] = [];
  const deps = testApiDeps(services, { ...part, clock, connector: fakePlatform(clock.now), origins });
  for (const [loginName, role] of [
    [writer, 'petugas'],
    [approver, 'penyetuju'],
  ] as const) {
    const user = { loginName, name: loginName, role, agency: null, mayPublish: true, password };
    await createUser(deps, { ...user, demo: 'played' }, systemUser);
  }
  const api: ListeningApi = await listening(deps, origins);
  const baseUrl = new URL(origins[0] ?? '');
  const desk = (loginName: string) => openStaffDesk({ baseUrl, loginName, password });
  return { api, deps, baseUrl, desk, [Symbol.asyncDispose]: () => api[Symbol.asyncDispose]() };
}

async function listening(deps: ApiDeps, origins: string[]): Promise<ListeningApi> {
  const free = await serveApi(buildApi(deps), { hostname: '127.0.0.1', port: 0 });
  const { port } = free;
  await free[Symbol.asyncDispose]();
  origins.push(`http://127.0.0.1:${port}`);
  return serveApi(buildApi(deps), { hostname: '127.0.0.1', port });
}

async function putDrafts(
  { db }: TestServices,
  count: number,
  change: Partial<Reply> = {},
  from = 0,
): Promise<void> {
  for (let index = from; index < from + count; index += 1) {
    const nativeId = String(1_000 + index);
    const caseId = `KRA-2026-${String(index + 1).padStart(6, '0')}` as CaseNumber;
    const message = aReply(nativeId).target.mentionId;
    await mentions(db).insertOne(aMention(nativeId, { caseId }));
    await cases(db).insertOne(
      aCase({
        _id: caseId,
        trackingCode: caseId,
        rootMentionId: message,
        mentionIds: [message],
        state: 'terverifikasi',
      }),
    );
    const { open, version, ...draft } = aReply(nativeId, {
      caseId,
      state: 'draft',
      authors: [systemUser],
      text: 'Halo Bapak/Ibu, terima kasih laporannya. Kami periksa besok pagi.',
      updatedAt: new Date(clock.now().getTime() + index),
      ...change,
    });
    await addDraft(replies(db), draft);
  }
}

async function inState({ db }: TestServices, state: ReplyState): Promise<Reply[]> {
  return replies(db).find({ state }).sort({ updatedAt: 1 }).toArray();
}

test('the quick pass brings six replies out, leaves five for the visitor, and a second one adds nothing', async () => {
  await using services = await startTestServices();
  await using office = await openOffice(services);
  await putDrafts(services, 20);
  const deps = { writer: await office.desk(writer), approver: await office.desk(approver), log: silentLog };
  expect(await staffPass(deps)).toEqual({ submitted: 11, released: 6 });
  const released = await inState(services, 'released');
  expect(released).toHaveLength(6);
  for (const reply of released) {
    expect(reply.authors).toEqual([systemUser, writer]);
    expect(reply.approval?.by).toBe(approver);
  }
  expect(await inState(services, 'submitted')).toHaveLength(leftForVisitor);
  expect(
    (await inState(services, 'released')).filter((reply) => reply.revision > 1).length,
  ).toBeLessThanOrEqual(3);
  expect(await staffPass(deps)).toEqual({ submitted: 0, released: 0 });
});

// Planted: `slice(leftForVisitor)` made `slice(0)` → only the newest are left, this test fails.
test('however long the staff works, five submitted drafts are left, and they are the same five', async () => {
  await using services = await startTestServices();
  await using office = await openOffice(services);
  await putDrafts(services, 12);
  const staff = openStaff({
    writer: await office.desk(writer),
    approver: await office.desk(approver),
    log: silentLog,
  });
  for (let step = 0; step < 7; step += 1) await staff.step();
  const five = (await inState(services, 'submitted')).slice(0, leftForVisitor).map((reply) => reply._id);
  for (let step = 0; step < 20; step += 1) await staff.step();
  expect((await inState(services, 'submitted')).map((reply) => reply._id)).toEqual(five);
  expect(await staff.step()).toBe('nothing');
  expect(await inState(services, 'released')).toHaveLength(7);
});

// Planted: isOurs made true → the visitor's drafts are submitted and approved.
test('what a real person has touched is left alone: written, edited, submitted, claimed or stopped by him', async () => {
  await using services = await startTestServices();
  await using office = await openOffice(services);
  const visitor = 'tamu' as UserId;
  await putDrafts(services, 1, { authors: [visitor] }, 0);
  await putDrafts(services, 1, { authors: [systemUser, visitor] }, 1);
  await putDrafts(services, 7, { authors: [systemUser, visitor], state: 'submitted' }, 2);
  await putDrafts(services, 1, {}, 9);
  await cases(services.db).updateOne(
    { _id: 'KRA-2026-000010' as CaseNumber },
    { $set: { assignee: visitor } },
  );
  await putDrafts(services, 1, { authors: [systemUser, writer as UserId], state: 'changes_requested' }, 10);
  const approval = { by: approver as UserId, at: clock.now(), hash: 'x' };
  await putDrafts(services, 1, { authors: [systemUser, writer as UserId], state: 'approved', approval }, 11);
  const before = await replies(services.db).find().sort({ _id: 1 }).toArray();
  const staff = openStaff({
    writer: await office.desk(writer),
    approver: await office.desk(approver),
    log: silentLog,
  });
  for (let step = 0; step < 5; step += 1) expect(await staff.step()).toBe('nothing');
  expect(await replies(services.db).find().sort({ _id: 1 }).toArray()).toEqual(before);
});

test('secret cases are left to people', async () => {
  await using services = await startTestServices();
  await using office = await openOffice(services);
  await putDrafts(services, 1);
  await cases(services.db).updateMany({}, { $set: { secret: true } });
  const staff = openStaff({
    writer: await office.desk(writer),
    approver: await office.desk(approver),
    log: silentLog,
  });
  expect(await staff.step()).toBe('nothing');
});

test('a session that was ended is opened again, and a stop ends the work', async () => {
  await using services = await startTestServices();
  await using office = await openOffice(services);
  await putDrafts(services, 2);
  const deps = { writer: await office.desk(writer), approver: await office.desk(approver), log: silentLog };
  await services.db.collection('sessions').deleteMany({});
  expect(await openStaff(deps).step()).toBe('submitted');
  const passingOn = { isCatchingUp: false, step: async () => null };
  await runStaff({ ...deps, passingOn, signal: AbortSignal.abort() });
});

test('in live mode, or with a real account, the staff refuses to work', async () => {
  await using services = await startTestServices();
  await using office = await openOffice(services);
  const user = {
    loginName: 'sari',
    name: 'Sari',
    role: 'petugas',
    agency: null,
    mayPublish: true,
    password,
  } as const;
  await createUser(office.deps, user, systemUser);
  await expect(office.desk('sari')).rejects.toThrow('no account of the demo');
  const origins: string[] = [];
  await using live = await listening({ ...office.deps, mode: 'live', origins }, origins);
  const baseUrl = new URL(`http://127.0.0.1:${live.port}`);
  await expect(openStaffDesk({ baseUrl, loginName: writer, password })).rejects.toThrow('demo mode only');
});
