import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findPersonalData, maskPersonalData } from '../../src/text/personal-data.ts';

/** All numbers here are made up: NIK of a district that does not exist (99), phones of the 0812-0000 range. */
describe('personal data is found', () => {
  test.each([
    ['NIK 3313994101900007 tolong dicek', 'nik', '3313994101900007'],
    ['nik saya 33.1399.4101.900007 ya', 'nik', '33.1399.4101.900007'],
    ['No KK: 3313990101100002', 'kk', '3313990101100002'],
    ['kartu keluarga nomor 3313990101100002', 'kk', '3313990101100002'],
    ['hub 0812-0000-0012 ya', 'phone', '0812-0000-0012'],
    ['wa +62 812 0000 0012', 'phone', '+62 812 0000 0012'],
    ['telepon (0271) 000123', 'phone', '(0271) 000123'],
    ['tulis ke warga.contoh@contoh.test saja', 'email', 'warga.contoh@contoh.test'],
    ['truk AD 1234 ZZ ngebut', 'plate', 'AD 1234 ZZ'],
    ['transfer ke rekening BRI 000001234567890', 'account', '000001234567890'],
    ['Siswi bernama Contoh Wulandari dirundung temannya', 'minor', 'Contoh Wulandari'],
    ['anak tetangga saya namanya Contoh dipukuli tiap malam', 'minor', 'Contoh'],
    ['ada bocah di Papahan, Contoh Bagas (9 th), tidak sekolah', 'minor', 'Contoh Bagas'],
    ['KORBAN a.n. Contoh Lestari masih di rumah sakit', 'victim', 'Contoh Lestari'],
    ['korban tabrakan kemarin bernama Contoh Ningrum', 'victim', 'Contoh Ningrum'],
  ])('%s', (text, type, written) => {
    const found = findPersonalData(text);
    expect(found.map(({ type, start, end }) => [type, text.slice(start, end)])).toEqual([[type, written]]);
    expect(maskPersonalData(text)).not.toContain(written);
  });

  test.each([
    ['harga naik jadi Rp1.500.000 per 2 minggu'],
    ['buka 08.00-14.00, tanggal 12-11-2026'],
    ['jalan km 12 nomor 45 RT 03 RW 11'],
    ['@akun_dinas tolong'],
    ['SD 1 dan SMP 3 rusak'],
    ['anak saya sekolah di SD bernama Tunas Contoh, gurunya kurang'],
    ['nama siswa belum keluar di daftar KIP Kabupaten'],
    ['korban banjir di Desa Gaum, Tasikmadu belum dapat bantuan'],
    ['anak saya antre di Puskesmas Jaten (sudah 2 jam)'],
    ['nama jalan di depan SD dicat anak-anak, Karanganyar jadi bagus'],
    ['Atas nama warga Papahan kami mohon PJU'],
  ])('amounts, times, addresses, handles and other names are none: %s', (text) => {
    expect(findPersonalData(text)).toEqual([]);
    expect(maskPersonalData(text)).toBe(text);
  });

  test('several in one message, in order and apart', () => {
    const text = 'NIK 3313994101900007 hp 081200000012, mail a@b.test, AD 1 XYZ';
    expect(findPersonalData(text).map(({ type }) => type)).toEqual(['nik', 'phone', 'email', 'plate']);
    expect(maskPersonalData(text)).toBe(
      'NIK [NIK disamarkan] hp [No. telepon disamarkan], mail [Surel disamarkan], [Pelat nomor disamarkan]',
    );
  });
});

describe('masking', () => {
  const noise = fc.array(
    fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('NIK 3313994101900007', ' 081200000012 ', 'x@y.test', '12 34', '-', '.'),
    ),
    { maxLength: 20 },
  );

  // Seen caught: with `start > reached` instead of `start < reached` in the filter the spans overlapped here.
  test('never throws, spans lie inside and apart, and a masked text has nothing left to mask', () => {
    fc.assert(
      fc.property(noise, (pieces) => {
        const text = pieces.join(' ');
        let reached = 0;
        for (const { start, end } of findPersonalData(text)) {
          expect(start).toBeGreaterThanOrEqual(reached);
          expect(end).toBeLessThanOrEqual(text.length);
          reached = end;
        }
        const masked = maskPersonalData(text);
        expect(maskPersonalData(masked)).toBe(masked);
      }),
      { numRuns: 1_000 },
    );
  });

  // Seen caught: with the text cut to its first 20,000 letters before the search, the last NIK stayed.
  test('a ten-megabyte text is masked to its end, in bounded time', () => {
    const text = `${'1 2 a@ b. '.repeat(1_000_000)} NIK 3313994101900007`;
    const start = performance.now();
    expect(maskPersonalData(text).endsWith('[NIK disamarkan]')).toBe(true);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
