/** From "a citizen fills in the form" to "he reads the answer on the tracking page", over the whole product. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { DAY } from '../../src/core/clock.ts';
import type { MentionId } from '../../src/domain/ids.ts';
import { cases } from '../../src/store/cases.ts';
import { setChannelState } from '../../src/store/channels.ts';
import { inTransaction } from '../../src/store/database.ts';
import { addIntakeKey } from '../../src/store/intake-keys.ts';
import { mentions } from '../../src/store/mentions.ts';
import { findSiteReport } from '../../src/store/site-reports.ts';
import { counts } from '../support/full-counts.ts';
import { openSiteOffice, type SiteOffice, siteOrigin } from '../support/site-office.ts';

const report = {
  jenis: 'pengaduan',
  isi: 'Lampu penerangan jalan di depan pasar desa mati sejak seminggu, gelap sekali kalau malam.',
  kecamatan: 'Tasikmadu',
  tempat: 'Papahan, Tasikmadu',
  nama: 'Warga Contoh',
  setuju: 'ya',
};

function receiptOf(text: string): { nomor: string; kode: string } {
  const [nomor = '', kode = ''] = [...text.matchAll(/<dd><strong>([^<]+)<\/strong>/g)].map(
    (match) => match[1],
  );
  return { nomor, kode };
}

/** What the page says is wrong. */
const wrongOf = (text: string) => /<div class="wrong".*?<\/div>/s.exec(text)?.[0] ?? '';

async function send(office: SiteOffice, part: Record<string, string | File | File[]> = {}) {
  return office.post('/lapor', { ...report, cap: await office.stamp(), ...part });
}

test('a citizen writes on the form, gets number and code, and reads the approved answer on the tracking page', async () => {
  await using office = await openSiteOffice();
  const { db } = office.services.database;
  const page = await office.get('/lapor');
  const [, css = ''] = /href="([^"]+\.css)"/.exec(page.text) ?? [];
  expect(await office.get(css)).toMatchObject({ status: 200 });
  const sent = await send(office);
  expect(sent.status).toBe(201);
  const receipt = receiptOf(sent.text);
  expect(receipt.nomor).toMatch(/^KRA-2026-\d{6}$/);
  const opened = await cases(db).findOne();
  expect(opened).toMatchObject({
    _id: receipt.nomor,
    platform: 'website',
    kind: 'pengaduan',
    agency: 'DISHUB',
    place: { kecamatan: 'Tasikmadu', name: 'Papahan' },
    anonymous: false,
  });
  const before = await office.post('/lacak', receipt);
  expect(before).toMatchObject({ status: 200 });
  expect(before.text).toContain('Belum ada jawaban');

  const published = await office.answer(
    opened?.rootMentionId as MentionId,
    `Terima kasih, laporan ${receipt.nomor} sudah kami tangani: lampu diganti hari ini.`,
  );
  expect(published).toBe('sent');
  const after = await office.post('/lacak', { nomor: receipt.nomor.toLowerCase(), kode: receipt.kode });
  expect(after.text).toContain('lampu diganti hari ini');
  expect(after.text).toContain('Laporan sudah dijawab');

  expect((await office.post('/lacak/nilai', { ...receipt, bintang: '4' })).text).toContain('4 dari 5');
  expect((await office.post('/lacak/nilai', { ...receipt, bintang: '9' })).status).toBe(422);
  const asked = await office.post('/lacak/buka', { ...receipt, alasan: '$lampunya mati lagi semalam' });
  expect(asked.text).toContain('sudah diterima petugas');
  expect(await cases(db).findOne()).toMatchObject({
    state: 'dijawab',
    feedback: { rating: { stars: 4 }, reopen: { reason: '$lampunya mati lagi semalam' } },
  });
});

test('the same form sent twice is one report; what is missing is asked for and nothing typed is lost', async () => {
  await using office = await openSiteOffice();
  const { db } = office.services.database;
  const cap = await office.stamp();
  const [one, other] = await Promise.all([
    office.post('/lapor', { ...report, cap }),
    office.post('/lapor', { ...report, cap }),
  ]);
  expect([one.status, other.status]).toEqual([201, 201]);
  expect(receiptOf(one.text)).toEqual(receiptOf(other.text));
  expect(await cases(db).countDocuments()).toBe(1);

  const { setuju: _, ...withoutConsent } = report;
  const refused = await office.post('/lapor', { ...withoutConsent, cap: await office.stamp() });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Beri tanda setuju');
  expect(refused.text).toContain(report.isi);
  const inEnglish = await office.post('/lapor?bahasa=en', { ...withoutConsent, cap: await office.stamp() });
  expect(inEnglish.text).toContain('<html lang="en">');
  expect(wrongOf(inEnglish.text)).toContain('Tick your consent');
  expect((await office.post('/lacak?bahasa=en', receiptOf(one.text))).text).toContain('No answer yet.');
  const [stampId, stampedAt] = (await office.stamp()).split('.');
  for (const wrong of [
    { cap: 'x.y.z' },
    { cap: `${stampId}.${stampedAt}.${'A'.repeat(43)}` },
    { situs: 'http://iklan.example' },
    { isi: 'pendek' },
    { surel: 'bukan surel' },
  ]) {
    expect((await send(office, wrong)).status).toBe(422);
  }
  expect(await cases(db).countDocuments()).toBe(1);
});

/** A small picture with the place where it was taken, as telephones write it. */
function taken(pixels: { width: number; height: number }) {
  return sharp({ create: { ...pixels, channels: 3, background: 'teal' } })
    .withExif({
      IFD0: { Make: 'TELEPON CONTOH' },
      IFD3: { GPSLatitude: '7/1 35/1 0/1', GPSLatitudeRef: 'S' },
    })
    .jpeg()
    .toBuffer();
}

const asFile = (bytes: Buffer, name = 'foto.jpg') =>
  new File([new Uint8Array(bytes)], name, { type: 'image/jpeg' });

// Planted: keepMetadata() in photo.main.ts → the maker of the telephone is found in the stored photo.
test('a photo is made anew without what the telephone wrote into it, kept for its time, and refused in words', async () => {
  await using office = await openSiteOffice();
  const { db } = office.services.database;
  const photo = await taken({ width: 2_400, height: 1_200 });
  expect(photo.includes('TELEPON CONTOH')).toBe(true);
  const cap = await office.stamp();
  const two = { ...report, cap, foto: [asFile(photo), asFile(photo)] };
  const [one, again] = await Promise.all([office.post('/lapor', two), office.post('/lapor', two)]);
  expect([one.status, again.status]).toEqual([201, 201]);
  const stored = await mentions(db).findOne();
  expect(stored?.media).toHaveLength(2);
  expect(await db.collection('photos').countDocuments()).toBe(2);
  const connector = office.services.connectors.get('website-karanganyar' as never);
  const read = () => connector?.media?.(stored?.media[0] as never, AbortSignal.timeout(10_000));
  const shown = await read();
  const bytes = Buffer.from(shown?.bytes ?? []);
  expect(bytes.includes('TELEPON CONTOH')).toBe(false);
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1_920, height: 960 });
  expect((await sharp(bytes).metadata()).exif).toBeUndefined();

  // 100 million pixels of one colour are a few kilobytes.
  const bomb = await sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  for (const [file, words] of [
    [bomb, '60 megapiksel'],
    [svg, 'bukan foto'],
    [photo.subarray(0, 1_000), 'rusak'],
  ] as const) {
    const refused = await send(office, { foto: [asFile(photo), asFile(file)] });
    expect(refused.status).toBe(422);
    expect(wrongOf(refused.text)).toMatch(new RegExp(`Foto 2 .*${words}`));
    expect(refused.text.includes(report.isi)).toBe(true);
  }
  const large = await send(office, { foto: asFile(Buffer.alloc(13 * 1024 * 1024)) });
  expect(wrongOf(large.text)).toContain('Foto 1 lebih besar dari 12 MB');
  const many = await send(office, { foto: [1, 2, 3, 4].map(() => asFile(photo)) });
  expect(wrongOf(many.text)).toContain('Foto paling banyak 3');
  expect(await cases(db).countDocuments()).toBe(1);
  expect(await db.collection('photos').countDocuments()).toBe(2);

  office.clock.advance(181 * DAY);
  await expect(read()).rejects.toThrow('gone');
});

// Planted: `secret: false` left out of findTracked → the secret case is shown.
test('an unknown number, a wrong code and a secret case are the same page, and as slow', async () => {
  await using office = await openSiteOffice();
  const { db } = office.services.database;
  const open = receiptOf((await send(office)).text);
  const secret = await send(office, { rahasia: 'ya', anonim: 'ya' });
  expect(secret.text).not.toContain('<dt>Kode</dt>');
  const hidden = await cases(db).findOne({ secret: true });
  expect(hidden).toMatchObject({ anonymous: true });
  const misses = [
    { nomor: 'KRA-2026-999999', kode: open.kode },
    { nomor: open.nomor, kode: 'AAAAAAAA' },
    { nomor: String(hidden?._id), kode: String(hidden?.trackingCode) },
    { nomor: 'bukan nomor', kode: '' },
  ];
  const pages = [];
  for (const miss of misses) {
    const startedAt = performance.now();
    pages.push(await office.post('/lacak', miss));
    expect(performance.now() - startedAt).toBeGreaterThan(240);
  }
  expect(new Set(pages.map((page) => page.text)).size).toBe(1);
  expect(pages[0]?.status).toBe(404);
  const name = await mentions(db).findOne({ caseId: hidden?._id ?? null });
  expect(JSON.stringify(name)).not.toContain('Warga Contoh');
  expect(await findSiteReport(db, hidden?.rootMentionId as MentionId)).toMatchObject({
    name: 'Warga Contoh',
  });
});

test('who guesses codes, and who floods the form, is stopped after a while', async () => {
  await using office = await openSiteOffice();
  const statuses = [];
  for (let n = 0; n < 14; n += 1)
    statuses.push((await office.post('/lacak', { nomor: 'KRA-2026-000001', kode: `A${n}` })).status);
  expect(statuses.slice(0, 12)).toEqual(Array(12).fill(404));
  expect(statuses.slice(12)).toEqual([429, 429]);
  const reports = [];
  for (let n = 0; n < 11; n += 1) reports.push((await send(office)).status);
  expect(reports).toEqual([...Array(10).fill(201), 429]);
});

test(
  'a program with a key hands reports over once each; without one, or with a revoked one, it is refused',
  async () => {
    await using office = await openSiteOffice();
    const { db, client } = office.services.database;
    const by = 'admin' as never;
    const made = {
      channelId: 'website-karanganyar' as never,
      name: 'situs pemkab',
      createdAt: office.clock.now(),
      by,
    };
    const { stored, key } = await inTransaction(client)((session) => addIntakeKey(db, made, session));
    expect(JSON.stringify(stored)).not.toContain(key);
    const hand = async (token: string | null, body: unknown, door = 'website') => {
      const response = await office.app.request(`${siteOrigin}/intake/${door}`, {
        method: 'POST',
        headers: {
          host: '127.0.0.1:8420',
          'content-type': 'application/json',
          'accept-language': 'en',
          ...(token !== null && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const body = { ...report, id: 'form-77', waktu: '2026-11-24T09:00:00+07:00' };
    const first = await hand(key, body);
    expect(first.status).toBe(201);
    expect(await hand(key, body)).toEqual(first);
    expect(await cases(db).find().toArray()).toMatchObject([
      { _id: first.body.nomor, openedAt: new Date('2026-11-24T02:00:00Z') },
    ]);
    expect((await hand(key, { ...body, isi: 1 })).status).toBe(422);
    expect((await hand(null, body)).status).toBe(401);
    expect((await hand(`${key}x`, body)).status).toBe(401);
    const portalKey = await inTransaction(client)((session) =>
      addIntakeKey(db, { ...made, channelId: 'sp4n-karanganyar' as never }, session),
    );
    const value = fc.oneof(
      fc.anything({ maxDepth: 2 }),
      fc.constantFrom<unknown>('__proto__', '\ud800', { $ne: '' }, 'x'.repeat(300_000), -1, '=cmd|1'),
    );
    const names = fc.constantFrom(
      'id',
      'jenis',
      'isi',
      'waktu',
      'Tracking ID',
      'Tanggal Laporan',
      'Status',
      '$where',
    );
    const hostile = fc.dictionary(names, value).map((part) => ({ ...body, id: 'jahat', ...part }));
    const { redis } = office.services.producerConnection;
    const counted = (whose: 'each' | 'all') =>
      redis.keys(`${office.services.config.queuePrefix}:public:intake:${whose}*`);
    const seen = new Set<number>();
    for (const [n, bad] of fc.sample(hostile, { seed: 20261124, numRuns: counts(150, 3_400) }).entries()) {
      // A key may hand over 600 in ten minutes; what comes above that is refused unread.
      if (n % 500 === 499) await redis.del(...(await counted('each')), ...(await counted('all')));
      seen.add((await hand(key, bad)).status);
      seen.add((await hand(portalKey.key, bad, 'portal')).status);
    }
    // Taken, asked to be put right, or too large: never an error of ours.
    expect([...seen].filter((status) => ![200, 201, 202, 413, 422].includes(status))).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    // Planted: counted by the address → the other key is refused too.
    await redis.del(...(await counted('each')));
    expect((await hand(key, { ...body, isi: 1 })).status).toBe(422);
    for (const used of await counted('each')) await redis.incrby(used, 600);
    expect((await hand(key, { ...body, isi: 1 })).status).toBe(429);
    const refused = await hand(portalKey.key, {}, 'portal');
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toMatch(/The row is refused: columns not found: \S/);
    await redis.del(...(await counted('each')));
    await setChannelState(db, 'website-karanganyar' as never, 'paused');
    expect((await hand(key, { ...body, id: 'form-78' })).status).toBe(409);
  },
  counts(60_000, 600_000),
);
