import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Hono } from 'hono';
import { buildApi } from '../../src/api/build-api.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import type { Env } from '../../src/api/guards.ts';
import { markAnsweredByHand } from '../../src/approve/by-hand.ts';
import { approve } from '../../src/approve/decide.ts';
import { release } from '../../src/approve/release.ts';
import { submit } from '../../src/approve/write.ts';
import { fixedClock, MINUTE, SECOND } from '../../src/core/clock.ts';
import { readConfig } from '../../src/core/config.ts';
import { silentLog } from '../../src/core/log.ts';
import type { MentionId, UserId } from '../../src/domain/ids.ts';
import type { Reply } from '../../src/domain/reply.ts';
import { apiDeps } from '../../src/joins/api.ts';
import { publishDeps } from '../../src/joins/publish.ts';
import { type Published, publish } from '../../src/publish/publish.ts';
import { type OpenOptions, openServices, type Services } from '../../src/services.ts';
import { findOpenReplyTo, replies } from '../../src/store/replies.ts';
import { startTestServices } from './services.ts';

export const siteOrigin = 'http://127.0.0.1:8420';
const writer = { id: 'penulis' as UserId, mayPublish: true };
const approver = { id: 'orang.lain' as UserId, mayPublish: true };

export interface SiteOffice extends AsyncDisposable {
  readonly clock: ReturnType<typeof fixedClock>;
  readonly services: Services;
  readonly deps: ApiDeps;
  readonly app: Hono<Env>;
  get(path: string): Promise<{ status: number; text: string }>;
  /** A form as a browser without JavaScript sends it. */
  post(
    path: string,
    fields: Readonly<Record<string, string | File | readonly File[]>>,
  ): Promise<{ status: number; text: string }>;
  /** The hidden stamp of a fresh form, old enough to be sent. */
  stamp(): Promise<string>;
  /** Officers take the message's draft through to the end, with this text. */
  answer(mentionId: MentionId, text: string): Promise<Published>;
  /** Officers take the message's draft up to the approval, with this text. */
  approve(mentionId: MentionId, text: string): Promise<Reply>;
  /** Where no machine carries it over: an officer did, and says so. */
  markByHand(approved: Reply): Promise<Reply>;
}

/** The whole product without any platform but our own: form, tracking page, portals. Real MongoDB and Valkey. */
export async function openSiteOffice(
  open: Pick<OpenOptions, 'mail' | 'recipients'> = {},
): Promise<SiteOffice> {
  const test = await startTestServices();
  const dir = await mkdtemp(path.join(tmpdir(), 'tanggap-site-'));
  const clock = fixedClock('2026-11-24T03:00:00Z');
  const config = { ...readConfig({}, dir), database: test.db.databaseName, queuePrefix: test.queuePrefix };
  const services = await openServices({
    config: { ...config, home: dir },
    channels: [],
    mongoUrl: test.mongoUrl,
    redisUrl: test.redisUrl,
    auditKey: 'b'.repeat(64),
    secretKey: 'c'.repeat(64),
    clock,
    log: silentLog,
    ...open,
  });
  const deps = apiDeps(services, [siteOrigin]);
  const app = buildApi(deps);
  const host = { host: '127.0.0.1:8420' };
  const read = async (response: Response) => ({ status: response.status, text: await response.text() });
  const get: SiteOffice['get'] = async (at) =>
    read(await app.request(`${siteOrigin}${at}`, { headers: host }));
  const approvedDraft = async (mentionId: MentionId, text: string): Promise<Reply> => {
    const all = replies(services.database.db);
    const draft = await findOpenReplyTo(all, mentionId);
    if (!draft) throw new Error('no draft');
    await all.updateOne({ _id: draft._id }, { $set: { text, templateId: null } });
    const submitted = await submit(deps.review, draft._id, draft.version, writer);
    return approve(deps.review, draft._id, submitted.reply.version, approver);
  };
  return {
    clock,
    services,
    deps,
    app,
    get,
    async post(at, fields) {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields))
        for (const one of [value].flat()) body.append(name, one);
      const headers = { ...host, origin: siteOrigin };
      return read(await app.request(`${siteOrigin}${at}`, { method: 'POST', body, headers }));
    },
    async stamp() {
      const { text } = await get('/lapor');
      clock.advance(5 * SECOND);
      return /name="cap" value="([^"]+)"/.exec(text)?.[1] ?? '';
    },
    async answer(mentionId, text) {
      const approved = await approvedDraft(mentionId, text);
      const released = await release(deps.review, approved._id, approved.version, approver);
      clock.advance(MINUTE);
      return publish(publishDeps(services), approved._id, released.version);
    },
    approve: approvedDraft,
    markByHand: ({ _id, version }) => markAnsweredByHand(deps.review, _id, version, writer, null),
    async [Symbol.asyncDispose]() {
      await services[Symbol.asyncDispose]();
      await test[Symbol.asyncDispose]();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
