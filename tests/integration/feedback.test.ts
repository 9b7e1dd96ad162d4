import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Hono } from 'hono';
import type { Env } from '../../src/api/guards.ts';
import { cases } from '../../src/store/cases.ts';
import { inTransaction } from '../../src/store/database.ts';
import { feedback, recordFeedback } from '../../src/store/feedback.ts';
import { mentions } from '../../src/store/mentions.ts';
import { aMention, answerOf, call, startTestApi } from '../support/api.ts';
import { aCase, fakePlatform, sari } from '../support/reply-builders.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

let services: TestServices;
let app: Hono<Env>;
let token: string;
beforeAll(async () => {
  services = await startTestServices();
  const api = await startTestApi(services, { connector: fakePlatform(() => new Date()) });
  app = api.app;
  token = api.tokens.petugas;
  await mentions(services.db).insertOne(aMention('1'));
});
afterAll(async () => {
  await services[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await Promise.all([cases(services.db).deleteMany({}), feedback(services.db).deleteMany({})]);
  await cases(services.db).insertOne({
    ...aCase(),
    state: 'terverifikasi',
    agency: 'DPUPR',
    subject: 'jalan',
  });
});

const move = async (body: object) => {
  const { _id, version } = aCase();
  const path = `/api/cases/${_id}/move`;
  return call(app, path, { method: 'POST', body: { version, ...body }, token });
};

test('sending a case to an agency is a labelled example, without the text', async () => {
  const done = await move({ verb: 'disposisi', agency: 'DLH' });
  expect([done.status, await answerOf(done)]).toMatchObject([200, { agency: 'DLH' }]);

  const [label, ...others] = await feedback(services.db).find().toArray();
  expect(others).toEqual([]);
  expect(label).toMatchObject({
    act: 'disposisi',
    by: 'petugas',
    mentionId: aCase().rootMentionId,
    before: { subject: 'jalan', agency: 'DPUPR' },
    after: { subject: 'jalan', agency: 'DLH' },
  });
  expect(Object.keys(label?.after ?? {}).sort()).toEqual(['agency', 'kind', 'subject']);
});

test('a move that is refused teaches nothing, and of two at once one does', async () => {
  expect((await move({ verb: 'disposisi', agency: 'DLH', version: 7 })).status).toBe(409);
  expect(await feedback(services.db).countDocuments()).toBe(0);

  const both = await Promise.all(['DLH', 'DISHUB'].map((agency) => move({ verb: 'disposisi', agency })));
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 409]);
  expect(await feedback(services.db).countDocuments()).toBe(1);
});

// Planted: recordFeedback writing without the session leaves the label of an act that did not happen.
test('an act that fails afterwards teaches nothing', async () => {
  const one = aCase();
  const label = { at: one.openedAt, by: sari, act: 'disposisi', mentionId: one.rootMentionId } as const;
  const failing = inTransaction(services.client)(async (session) => {
    await recordFeedback(services.db, { ...label, before: one, after: { ...one, agency: 'DLH' } }, session);
    throw new Error('the audit entry could not be written');
  });
  await expect(failing).rejects.toThrow('audit entry');
  expect(await feedback(services.db).countDocuments()).toBe(0);
});
