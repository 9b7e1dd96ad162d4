import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { cases } from '../../src/store/cases.ts';
import { mentions } from '../../src/store/mentions.ts';
import { replies } from '../../src/store/replies.ts';
import { aMention, password } from '../support/api.ts';
import { chromiumPath } from '../support/browser.ts';
import {
  goOn,
  type OpenDesk,
  openDesk,
  phoneFaults,
  picture,
  seriousViolations,
  type Visit,
} from '../support/desk-browser.ts';
import { hostileCopied, hostileNumbers, seedDesk, seededNumber, seedHostile } from '../support/desk-seed.ts';
import { until } from '../support/e2e-until.ts';
import { hostileTexts } from '../support/hostile-texts.ts';

const withBrowser = chromiumPath === null ? describe.skip : describe;
if (chromiumPath === null) console.warn('Browser tests skipped: no Chromium. apt-get install -y chromium');

/** A loaded machine takes its time with several browsers. */
jest.setTimeout(180_000);

let desk: OpenDesk;
/** One window a person, in which axe looks at page after page. */
const looking = new Map<string, Visit>();

beforeAll(async () => {
  if (chromiumPath === null) return;
  desk = await openDesk();
  await seedDesk(desk.services, new Date());
});
afterAll(async () => {
  for (const visit of looking.values()) await visit[Symbol.asyncDispose]();
  await desk?.[Symbol.asyncDispose]();
});

/** Types into a list of names until the one that is meant is marked, and takes it. Typed so fast the list may need a nudge. */
async function choose({ page }: Visit, word: string): Promise<void> {
  await page.keyboard.type(word);
  const marked = page.locator(`[role=option][data-combobox-selected]:has-text("${word}")`);
  const name = (await marked.textContent()) ?? '';
  const field = page.locator('input:focus');
  await page.keyboard.press('Enter');
  await until(`${name} taken`, 10_000, async () => {
    if ((await field.inputValue()) === name) return true;
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    return false;
  });
}

/** Whose it is, which is reason enough; or a reason only, where nobody knows. */
async function sayWhose(visit: Visit, owner: string | null): Promise<void> {
  const { keyboard } = visit.page;
  if (owner !== null) await choose(visit, owner);
  else {
    await keyboard.press('Tab');
    await keyboard.type('Bukan urusan kami');
  }
  await keyboard.press('Enter');
}

withBrowser('the desk in Chromium', () => {
  test.each([
    ['masuk', '/masuk', null, 'main form'],
    ['kotak-masuk', '/kotak-masuk', 'petugas', '.thread'],
    ['aduan', '/kotak-masuk?kecamatan=Tasikmadu&buka=KRA-2026-000003', 'petugas', '.detail-pane h2'],
    [
      'perlu-dicek',
      '/kotak-masuk?view=perlu-dicek&buka=x-501',
      'petugas',
      '.detail-pane article >> text=min iki piye',
    ],
    ['persetujuan', '/persetujuan', 'penyetuju', '.views .count'],
    ['serah-terima', '/serah-terima', 'petugas', 'main table'],
    ['tren', '/tren', 'analis', '.hours'],
    ['laporan', '/laporan', 'pimpinan', 'main form'],
    // A channel without its token says how it is connected again, and who may do it.
    ['pengaturan', '/pengaturan', 'superadmin', 'text=Sambungkan ulang akun ini'],
  ] as const)('%s: no serious axe violation in either theme', async (name, where, who, ready) => {
    // axe is put into the page as a script, which our CSP would refuse.
    const known = looking.get(String(who));
    const visit = known ?? (await desk.enter(who, { bypassCSP: true, at: where }));
    looking.set(String(who), visit);
    const { page } = visit;
    if (known) await goOn(page, where);
    else if (who === null) await page.goto(`${desk.base}/meja${where}`);
    await page.waitForSelector(ready);
    await page.waitForSelector('text=DATA SIMULASI');
    expect(await seriousViolations(page, name)).toEqual([]);
  });

  // Seen failing: before the kit's closing buttons, the command bar and the reasons to hide had a name.
  test('no dialog has a serious axe violation in either theme, wide or on a phone', async () => {
    const facebook = { ...aMention('301'), _id: 'facebook-301' as never, platform: 'facebook' } as const;
    await mentions(desk.services.db).insertOne({
      ...facebook,
      text: 'NIK saya 3313 0000 0000 0000, mohon bantuan',
      caseId: seededNumber(23),
    });
    await cases(desk.services.db).updateOne(
      { _id: seededNumber(23) },
      { $set: { state: 'disposisi' }, $push: { mentionIds: facebook._id } },
    );
    const at = `/kotak-masuk?view=opd-belum-menjawab&buka=${seededNumber(23)}`;
    await using visit = await desk.enter('petugas', { at, bypassCSP: true });
    const { page } = visit;
    await page.waitForSelector('.detail-pane h2');
    const found: string[] = [];
    const byKey = (key: string) => () => page.keyboard.press(key);
    const byText = (text: string) => () => page.click(`text=${text}`);
    const dialogs = [
      ['pintasan', byKey('?')],
      ['perintah', byKey('Control+k')],
      ['catat', byKey('n')],
      ['koreksi', byKey('c')],
      ['disposisi', byKey('d')],
      ['bukan-wewenang', byKey('3')],
      ['ingatkan', byKey('h')],
      ['gabungkan', byKey('2')],
      ['grup-teks', byText('Salin untuk grup WA')],
      ['grup-jawaban', byText('Catat jawaban dari grup')],
      ['pengingat', byText('Teks pengingat')],
      ['nomor-portal', byText('Nomor di portal')],
      ['buka-data', byText('Buka data pribadi')],
      ['sembunyikan', byText('Sembunyikan komentar')],
    ] as const;
    for (const [name, open] of dialogs) {
      await open();
      await page.waitForSelector('[role=dialog]', { timeout: 10_000 }).catch((error: unknown) => {
        throw new Error(`no dialog: ${name}`, { cause: error });
      });
      const violations = [
        ...(await seriousViolations(page, `dialog-${name}`, '[role=dialog]')),
        ...(await phoneFaults(page, `dialog-${name}`, '[role=dialog]')),
      ];
      found.push(...violations.map((one) => `${name} ${one}`));
      // An open list of choices takes the first Escape for itself.
      const choices = '[role=listbox] >> visible=true';
      if (await page.isVisible(choices)) {
        await page.keyboard.press('Escape');
        await page.waitForSelector(choices, { state: 'detached' });
      }
      await page.keyboard.press('Escape');
      await page.waitForSelector('[role=dialog]', { state: 'detached' });
    }
    expect(found).toEqual([]);
    expect(visit.wrong).toEqual([]);
  });

  test('under its own CSP the desk opens menus, dialogs and pages without a console error', async () => {
    await using visit = await desk.enter(null);
    const { page } = visit;
    await page.goto(`${desk.base}/meja/masuk`);
    await page.fill('input[name=nama]', 'petugas');
    await page.fill('input[name=sandi]', password);
    await page.click('button[type=submit]');
    await page.waitForSelector('.thread');
    await page.keyboard.press('?');
    await page.waitForSelector('[role=dialog] >> text=lembar ini');
    await picture(page, 'pintasan');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[role=dialog]', { state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.fill('[role=dialog] input', 'Perlu');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/kotak-masuk?view=perlu-dicek');
    await page.click('text=Orang petugas');
    await page.click('text=Keluar');
    await page.waitForURL('**/meja/masuk');
    await page.goto(`${desk.base}/meja/kotak-masuk?view=semua`);
    await page.waitForURL((url) => url.searchParams.get('ke') === '/meja/kotak-masuk?view=semua');
    expect(visit.wrong).toEqual([]);
  });

  test('a leader makes a report of any period, and it is there again under its number', async () => {
    await using visit = await desk.enter('pimpinan');
    const { page } = visit;
    // He sees Tren too, but begins here.
    await page.waitForURL('**/meja/laporan');
    await page.click('role=button[name="28 hari"]');
    await page.click('role=button[name=/Susun laporan/]');
    await page.waitForURL((url) => url.searchParams.has('buka'));
    const words = await page.textContent('.letter');
    expect(words).toMatch(/Aduan masuk: \*2\d\*/);
    await page.reload();
    await page.waitForSelector('.letter');
    expect(await page.textContent('.letter')).toBe(words);
    expect(visit.wrong).toEqual([]);
  });

  test('an officer triages 20 cases by keyboard only; nothing leaves for eight seconds, and u takes it back', async () => {
    await using visit = await desk.enter('petugas');
    const { page } = visit;
    await page.waitForSelector('.thread');
    const chips = await page.locator('.thread .signs').allTextContents();
    expect(chips.filter((text) => /sisa \d+ hari kerja/.test(text)).length).toBeGreaterThan(5);
    // Time stands still from here on; it moves only as far as we say.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    const sent: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      // That somebody looks at a case is said at once; what he decides is not.
      if (request.method() !== 'GET' && !pathname.startsWith('/api/presence/')) sent.push(pathname);
    });
    await page.keyboard.press('j');
    await page.waitForSelector('.thread[data-open]');
    for (let n = 1; n <= 20; n += 1) {
      const number = seededNumber(n);
      await page.waitForURL((url) => url.searchParams.get('buka') === number, { waitUntil: 'commit' });
      if (n % 4 === 0) {
        await page.keyboard.press('3');
        await page.waitForSelector('[role=dialog] input');
        // The dialog takes the focus after a moment.
        await page.clock.runFor(100);
        await page.waitForSelector('[role=dialog] input:focus');
        await sayWhose(visit, n === 8 ? null : 'PLN');
        await page.waitForSelector('[role=dialog]', { state: 'detached' });
      } else await page.keyboard.press('1');
    }
    await page.waitForSelector(`.thread[data-held] >> text=${seededNumber(20)}`);
    await page.keyboard.press('u');
    await page.waitForSelector(`.thread:not([data-held]) >> text=${seededNumber(20)}`);
    expect(sent).toEqual([]);
    await picture(page, 'triase');
    await page.clock.runFor(7_000);
    expect(sent).toEqual([]);
    await page.clock.runFor(2_000);
    await page.waitForSelector('.thread[data-held]', { state: 'detached' });
    await until('19 cases moved', 20_000, async () => {
      const verified = await cases(desk.services.db).countDocuments({ state: 'terverifikasi' });
      const notOurs = await cases(desk.services.db).countDocuments({ state: 'bukan_wewenang' });
      return verified === 15 && notOurs === 4;
    });
    const { db } = desk.services;
    expect(await cases(db).findOne({ _id: seededNumber(20) })).toMatchObject({ state: 'baru' });
    const notOurs = await cases(db).find({ state: 'bukan_wewenang' }).sort({ _id: 1 }).toArray();
    expect(notOurs.map(({ agency, history }) => [agency === 'PLN', history.at(-1)?.note])).toEqual([
      [true, expect.stringContaining('Wewenang PT PLN')],
      [false, 'Bukan urusan kami'],
      ...Array(2).fill([true, expect.stringContaining('Wewenang PT PLN')]),
    ]);
    expect(visit.wrong).toEqual([]);
  });

  test('c corrects, h puts off, s and 2 make one matter of what is similar: by keyboard, and as people meant it', async () => {
    const { db } = desk.services;
    await cases(db).updateMany({}, { $set: { state: 'baru', lead: null, followers: [] } });
    await using visit = await desk.enter('petugas');
    const { page } = visit;
    await page.clock.install();
    const holdEnds = () => page.clock.fastForward(8_500);
    const dialog = (field: string) => page.waitForSelector(`[role=dialog] ${field}:focus`);
    const closed = () => page.waitForSelector('[role=dialog]', { state: 'detached' });
    await page.goto(`${desk.base}/meja/kotak-masuk?view=perlu-dicek&buka=x-501`);
    await page.waitForSelector('.thread[data-open]');
    await page.keyboard.press('c');
    await dialog('input');
    await choose(visit, 'jalan');
    await page.keyboard.press('Tab');
    await choose(visit, 'kesehatan');
    await picture(page, 'koreksi');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await closed();
    await holdEnds();
    await page.waitForSelector('text=Koreksi dicatat');
    expect(await cases(db).findOne({ rootMentionId: 'x-501' as never })).toMatchObject({
      kind: 'pengaduan',
      agency: 'DINKES',
    });

    await page.goto(`${desk.base}/meja/kotak-masuk?view=baru&buka=${seededNumber(9)}`);
    await page.waitForSelector('.detail-pane h2');
    await page.keyboard.press('h');
    await dialog('input');
    await picture(page, 'ingatkan-nanti');
    await page.keyboard.press('Enter');
    await closed();
    await holdEnds();
    await until('put off', 20_000, async () => {
      return (await cases(db).findOne({ _id: seededNumber(9) }))?.snooze?.by === ('petugas' as never);
    });

    await page.goto(`${desk.base}/meja/kotak-masuk?view=baru&buka=${seededNumber(12)}`);
    await page.waitForSelector('text=Pilih semua yang serupa');
    await page.keyboard.press('s');
    await page.waitForSelector('.bulk >> text=/\\d dipilih/');
    await picture(page, 'gabungkan');
    const chosen = Number.parseInt((await page.textContent('.bulk p')) ?? '', 10);
    await page.keyboard.press('2');
    await page.waitForSelector('.toast >> text=/→ KRA/');
    await holdEnds();
    await until('one leads the others', 20_000, async () => {
      return (await cases(db).countDocuments({ lead: { $type: 'string' } })) === chosen - 1;
    });
    expect(
      new Set(
        (
          await cases(db)
            .find({ lead: { $type: 'string' } })
            .toArray()
        ).map(({ lead }) => lead),
      ).size,
    ).toBe(1);
    expect(visit.wrong).toEqual([]);
  });

  test('what came by phone is noted once; a photo, personal data, the group and a colleague are one click away', async () => {
    const { db } = desk.services;
    await mentions(db).updateOne(
      { _id: 'x-2' as never },
      {
        $set: {
          text: 'Tolong, NIK saya 3313 0000 0000 0000',
          media: [{ type: 'photo', id: null, url: 'https://pbs.twimg.com/media/sim.jpg' }],
        },
      },
    );
    await cases(db).updateOne({ _id: seededNumber(2) }, { $set: { state: 'disposisi' } });
    await using visit = await desk.enter('petugas');
    const { page } = visit;
    await page.waitForSelector('.thread');
    await page.keyboard.press('n');
    await page.waitForSelector('[role=dialog] textarea:focus');
    await page.keyboard.type('Bu RT menelepon: lampu jalan mati di gang melati.');
    await page.fill(
      '[role=dialog] input[maxlength="500"]',
      'https://x.com/warga_sim/status/1990000000000000777?s=20',
    );
    await picture(page, 'catat-aduan');
    await page.click('[role=dialog] button[type=submit]');
    await page.waitForURL((url) => url.searchParams.get('buka') === 'x-1990000000000000777');
    expect(
      await mentions(db).countDocuments({ _id: 'x-1990000000000000777' as never, reach: 'import' }),
    ).toBe(1);

    await page.goto(`${desk.base}/meja/kotak-masuk?view=semua&buka=${seededNumber(2)}`);
    await page.click('text=Lihat foto 1');
    // Asked anew each time: a condition that waits in the page is made from text, which its policy refuses.
    await until('the photo is there', 20_000, async () => {
      return (await page.evaluate("document.querySelector('img.photo')?.naturalWidth")) === 1;
    });
    expect(await page.textContent('.bubble')).not.toContain('3313');
    await page.click('text=Buka data pribadi');
    await page.click('[role=dialog] >> text=Diteruskan ke OPD yang menangani');
    await page.click('[role=dialog] button[type=submit]');
    await page.waitForSelector('.bubble >> text=3313 0000 0000 0000');
    await page.click('text=Salin untuk grup WA');
    expect(await page.inputValue('[role=dialog] textarea:not([aria-hidden])')).toMatch(
      /^Aduan KRA-2026-000002/,
    );
    await picture(page, 'grup-wa');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[role=dialog]', { state: 'detached' });
    await page.fill('textarea[placeholder*="@nama"]', 'Mohon dilihat @peny');
    await page.click('role=button[name="Orang penyetuju"]');
    await page.click('text=Simpan catatan');
    await until('the note is there', 10_000, async () => {
      return (
        (await cases(db).findOne({ _id: seededNumber(2) }))?.notes[0]?.mentions?.[0] ===
        ('penyetuju' as never)
      );
    });

    await page.click('text=Catat jawaban dari grup');
    await page.waitForSelector('[role=dialog] textarea:focus');
    await page.keyboard.type('Lubang ditambal besok pagi oleh regu kami.');
    await page.fill('[role=dialog] input[maxlength="100"]', 'Pak Sim DPUPR');
    await page.fill('[role=dialog] input[maxlength="500"]', 'https://contoh.go.id/tangkapan/7');
    await page.click('[role=dialog] button[type=submit]');
    await page.waitForURL('**/persetujuan?*');
    expect(await replies(db).countDocuments({ caseId: seededNumber(2), text: /ditambal besok/ })).toBe(1);

    await page.goto(`${desk.base}/meja/kotak-masuk?view=opd-belum-menjawab&buka=${seededNumber(2)}`);
    await page.waitForSelector('.history a[href="https://contoh.go.id/tangkapan/7"]');
    await page.click('text=Teks pengingat');
    expect(await page.inputValue('[role=dialog] textarea:not([aria-hidden])')).toContain(seededNumber(2));
    await picture(page, 'pengingat');
    expect(visit.wrong).toEqual([]);
  });

  test('on a phone the list and the case are pages of their own, and nothing sticks out sideways', async () => {
    await using visit = await desk.enter('petugas', { viewport: { width: 375, height: 740 } });
    const { page } = visit;
    await page.waitForSelector('.thread');
    await picture(page, 'telepon-daftar');
    const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(sideways)).toBe(0);
    // Not the newest, which a correction opened: no rule of a deadline is known here.
    await page.click(`.thread:has-text("${seededNumber(1)}") button >> nth=0`);
    await page.waitForSelector('.detail-pane h2');
    expect(await page.isVisible('.list-pane')).toBe(false);
    expect(await page.textContent('.detail-pane .facts')).toMatch(/WIB.*(sisa|lewat) \d+/);
    expect(await page.evaluate(sideways)).toBe(0);
    await picture(page, 'telepon-aduan');
    await page.click('text=← Daftar');
    await page.waitForSelector('.list-pane >> visible=true');
    expect(visit.wrong).toEqual([]);
  });

  // Fault row 25: 52 texts in six fields each. Planted, one after the other, each seen here: a note (notes.tsx) and a reply
  // (review-pane.tsx) as raw HTML, links let through unread in safeUrl (masking.ts).
  test('312 stored payloads make no element, no handler, no request and no script link on any screen', async () => {
    await seedHostile(desk.services);
    const hostile =
      "#isi :is(script, img, iframe, object, embed, style, base, meta, marquee, video, audio, math, form[action]), #isi a[href^='javascript:' i], #isi a[href^='data:' i]";
    const payload = hostileTexts[0] ?? '';
    /** They are there to be read, and are nothing but letters. */
    async function looked(page: Visit['page'], ready: string, contains: string): Promise<void> {
      await page.waitForSelector(ready);
      expect(await page.textContent('#isi')).toContain(contains);
      expect(await page.locator(hostile).count()).toBe(0);
      expect(await page.evaluate('globalThis.hit')).toBeUndefined();
    }
    await using officer = await desk.enter('petugas', { at: '/kotak-masuk?view=semua&q=hostile' });
    const inbox = '/kotak-masuk?view=semua';
    for (const [at, ready, contains] of [
      [`${inbox}&q=hostile`, '.views .count', ''],
      // Messages, notes, history, replies, links of the agency, similar cases.
      ...hostileNumbers.map(
        (number) =>
          [
            `${inbox}&buka=${number}`,
            `.detail-pane:has(h2:text-is("${number}")) .history`,
            'Diminta ke OPD',
          ] as const,
      ),
      [`${inbox}&buka=${hostileCopied}`, '.detail-pane >> text=/pesan lain dari/', payload],
      ['/serah-terima', 'main table', payload],
      ['/persetujuan?view=riwayat&buka=r-70', '.review .bubble.reply', payload],
    ] as const) {
      await goOn(officer.page, at);
      await looked(officer.page, ready, contains);
    }
    // A portal's file: its columns, its rows, and why they are refused.
    await goOn(officer.page, '/pengaturan?bagian=berkas');
    const quoted = (cells: readonly string[]) =>
      cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';');
    const file = [quoted(hostileTexts.slice(0, 6)), quoted(hostileTexts.slice(6, 12))].join('\n');
    const chooser = officer.page.waitForEvent('filechooser');
    await officer.page.click('role=button[name="Berkas"]');
    await (await chooser).setFiles({
      ...{
        name: '<img src=x onerror=globalThis.hit=1>.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(file),
      },
    });
    await looked(officer.page, 'role=alert >> text=tracking id', payload);

    await using system = await desk.enter('superadmin', { at: '/pengaturan?bagian=klasifikasi' });
    await looked(system.page, 'text=m-hostile', payload);
    expect([...officer.wrong, ...system.wrong]).toEqual([]);
  });
});
