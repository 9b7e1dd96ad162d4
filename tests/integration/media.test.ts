/** Pictures through our own door: for who may see the message, from the platform's own hosts, and from nowhere else. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { PermanentError } from '../../src/core/errors.ts';
import { fetchMedia } from '../../src/platforms/media.ts';
import { mentions } from '../../src/store/mentions.ts';
import { aMention, call, startTestApi } from '../support/api.ts';
import { startTestServices } from '../support/services.ts';
import { openWebhookOffice } from '../support/webhook-office.ts';

const never = AbortSignal.timeout(60_000);
const png = { type: 'image/png', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) };

test('a picture sent by WhatsApp is fetched by its id with our token, and only pictures are', async () => {
  await using office = await openWebhookOffice();
  const { whatsapp, services } = office;
  const connector = [...services.connectors.values()].find(({ platform }) => platform === 'whatsapp');
  const media = (id: string) => ({ type: 'photo' as const, id, url: null });
  whatsapp.media.set('9001', png);
  whatsapp.media.set('9002', { type: 'image/svg+xml', bytes: new Uint8Array([0x3c]) });
  expect(await connector?.media?.(media('9001'), never)).toMatchObject({ type: 'image/png' });
  await expect(connector?.media?.(media('9002'), never)).rejects.toThrow(PermanentError);
  await expect(connector?.media?.(media('../1'), never)).rejects.toThrow(PermanentError);
});

describe('a link', () => {
  test('that leads anywhere but to the platform’s delivery hosts is never called', async () => {
    let hits = 0;
    const trap = createServer((_request, answer) => {
      hits += 1;
      answer.end();
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    const { port } = trap.address() as AddressInfo;
    const bad = [
      '',
      'kata-kata',
      `http://127.0.0.1:${port}/`,
      `https://127.0.0.1:${port}/`,
      `http://2130706433:${port}/`,
      `http://0177.0.0.1:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://pbs.twimg.com@127.0.0.1:${port}/`,
      `https://pbs.twimg.com:${port}/`,
      'http://pbs.twimg.com/a.jpg',
      'https://pbs.twimg.com.contoh.test/a.jpg',
      'https://xfbcdn.net/a.jpg',
      'https://169.254.169.254/latest/meta-data',
      'file:///etc/passwd',
      'data:image/png;base64,AAAA',
    ];
    for (const link of bad) {
      await expect(fetchMedia(link, { hosts: ['pbs.twimg.com', '.fbcdn.net'] }, never)).rejects.toThrow(
        PermanentError,
      );
    }
    expect(hits).toBe(0);
    await new Promise<void>((resolve) => trap.close(() => resolve()));
  });
});

test('only who may see the message gets its picture, and a deleted message has none', async () => {
  await using services = await startTestServices();
  const { app, tokens } = await startTestApi(services, { readMedia: async () => png });
  const photo = { type: 'photo' as const, id: '1', url: null };
  const secret = aMention('2', { media: [photo] });
  await mentions(services.db).insertMany([
    aMention('1', { media: [photo, { type: 'video', id: '2', url: null }] }),
    { ...secret, classification: { ...secret.classification, secret: true } as never },
    aMention('3', { media: [photo], deletedAt: new Date() }),
  ]);
  const status = async (path: string, token?: string) =>
    (await call(app, path, token === undefined ? {} : { token })).status;
  expect(await status('/media/x-1/0', tokens.petugas)).toBe(200);
  expect(await status('/media/x-1/0')).toBe(401);
  expect(await status('/media/x-1/1', tokens.petugas)).toBe(404);
  expect(await status('/media/x-1/7', tokens.petugas)).toBe(404);
  expect(await status('/media/x-2/0', tokens.petugas)).toBe(200);
  expect(await status('/media/x-2/0', tokens.analis)).toBe(404);
  expect(await status('/media/x-3/0', tokens.petugas)).toBe(404);
  expect(await status('/media/x-99/0', tokens.petugas)).toBe(404);
});
