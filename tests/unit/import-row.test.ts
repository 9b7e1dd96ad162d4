import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type ImportLine, readImport } from '../../src/importing/read-import.ts';
import { reasonInEnglish } from '../../src/importing/reason-in-english.ts';

const dir = mkdtempSync(join(tmpdir(), 'tanggap-impor-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function linesOf(path: string): Promise<ImportLine[]> {
  const lines: ImportLine[] = [];
  for await (const line of readImport(path)) lines.push(line);
  return lines;
}

async function read(name: string, content: string | Buffer): Promise<ImportLine[]> {
  writeFileSync(join(dir, name), content);
  return linesOf(join(dir, name));
}

function rowsOf(lines: readonly ImportLine[]) {
  return lines.flatMap((line) => ('row' in line ? [line.row] : []));
}

function reasonsOf(lines: readonly ImportLine[]) {
  return lines.flatMap((line) => ('reason' in line ? [`${line.line}: ${line.reason}`] : []));
}

const header = 'external_id,channel,kind,subject,agency,kecamatan,posted_at,answered_at,state,text_summary';
const good =
  'A-1,Instagram,pengaduan,jalan,DPUPR,Jaten,2023-03-14 09:12,2023-03-20 10:00,selesai,"Jalan rusak, dekat balai"';

test('a comma file with dates in WIB becomes rows', async () => {
  const [row] = rowsOf(await read('a.csv', `${header}\n${good}\n`));
  expect(row).toMatchObject({
    externalId: 'A-1',
    platform: 'instagram',
    kind: 'pengaduan',
    postedAt: new Date('2023-03-14T02:12:00Z'),
    answeredAt: new Date('2023-03-20T03:00:00Z'),
    text: 'Jalan rusak, dekat balai',
    secret: false,
  });
});

test("Excel's semicolons, BOM, Indonesian column names, loose quotes and line breaks in a cell are read", async () => {
  const lines = await read(
    'excel.csv',
    '\uFEFFNomor;Kanal;Jenis;OPD;Tanggal Masuk;Tanggal Jawab;Status;Isi\r\n' +
      '7;SP4N-LAPOR!;Permintaan Informasi;DINKES;14/03/2023 09.12;;baru;"kata ""petugas"", besok\r\nbaris dua"\r\n' +
      '8;Twitter;Pengaduan;DLH;15/03/2023;16/03/2023;SELESAI;bau, lalat dan "asap" lagi\r\n',
  );
  expect(reasonsOf(lines)).toEqual([]);
  expect(rowsOf(lines)).toMatchObject([
    {
      externalId: '7',
      platform: 'sp4n',
      kind: 'permintaan_informasi',
      answeredAt: null,
      text: 'kata "petugas", besok\r\nbaris dua',
    },
    {
      externalId: '8',
      platform: 'x',
      agency: 'DLH',
      state: 'selesai',
      postedAt: new Date('2023-03-14T17:00:00Z'),
    },
  ]);
});

test('JSON lines are read, tabs too', async () => {
  const asJson = {
    external_id: 5,
    channel: 'wa',
    kind: 'aspirasi',
    posted_at: '2023-02-01T08:00:00+07:00',
    state: 'baru',
    text: 'usul',
  };
  expect(rowsOf(await read('a.jsonl', `\uFEFF${JSON.stringify(asJson)}\n\n`))).toMatchObject([
    { externalId: '5', platform: 'whatsapp', postedAt: new Date('2023-02-01T01:00:00Z') },
  ]);
  const tabs = `${header}\n${good}`.replaceAll(',', '\t');
  expect(rowsOf(await read('tabs.csv', tabs))).toHaveLength(1);
});

describe('what cannot be taken in', () => {
  test('is named by its line, with the reason in Bahasa Indonesia, and the rest goes on', async () => {
    const lines = await read(
      'bad.csv',
      [
        header,
        good,
        ',Instagram,pengaduan,,,,2023-03-14,,baru,x',
        'A-2,faks,pengaduan,,,,2023-03-14,,baru,x',
        'A-3,X,apresiasi,,,,2023-03-14,,baru,x',
        'A-4,X,pengaduan,,,,kemarin,,baru,x',
        'A-5,X,pengaduan,,,,,,baru,x',
        'A-6,X,pengaduan,,,,2023-03-14,2023-03-01,selesai,x',
        'A-7,X,pengaduan,,,,2023-03-14,,selesai,x',
        'A-8,X,pengaduan,,,,2023-03-14,,hilang,x',
        good.replace('A-1', 'A-9'),
      ].join('\n'),
    );
    expect(rowsOf(lines).map((row) => row.externalId)).toEqual(['A-1', 'A-9']);
    expect(reasonsOf(lines)).toEqual([
      '3: nomor asal kosong',
      '4: kanal tidak dikenal: "faks"',
      '5: jenis tidak dikenal: "apresiasi"',
      '6: tanggal tidak terbaca: "kemarin"',
      '7: tanggal masuk kosong',
      '8: tanggal jawab mendahului tanggal masuk',
      '9: status selesai tanpa tanggal jawab',
      '10: status tidak dikenal',
    ]);
    // A bridge that asks in English is told in English.
    const english = lines.flatMap((line) => ('reason' in line ? [reasonInEnglish(line.reason)] : []));
    expect(english).toEqual([
      'no number of its origin',
      'unknown channel: "faks"',
      'unknown kind: "apresiasi"',
      'a date that cannot be read: "kemarin"',
      'no date of receipt',
      'answered before it was received',
      'state selesai without a date of its answer',
      'unknown state',
    ]);
    expect(reasonInEnglish('isi laporan kosong; status tidak dikenal: "a; b"')).toBe(
      'no text; unknown state: "a; b"',
    );
  });

  test('a JSON line that is none, and one without end, cost only themselves', async () => {
    const endless = `{"text": "${'a'.repeat(3_000_000)}"}`;
    const lines = await read('bad.jsonl', `{"a"\n[1]\n${endless}\nnull\n${JSON.stringify({ nomor: 'x' })}`);
    expect(reasonsOf(lines).slice(0, 4)).toEqual([
      '1: baris bukan objek JSON',
      '2: baris bukan objek JSON',
      '3: baris lebih dari 1.000.000 huruf',
      '4: baris bukan objek JSON',
    ]);
    expect(lines).toHaveLength(5);
    for (const line of lines) if ('raw' in line) expect(line.raw.length).toBeLessThanOrEqual(10_000);
  });

  test('a quote that never closes is reported, not lost in silence', async () => {
    const lines = await read(
      'quote.csv',
      `${header}\n${good}\n"A-2,X,pengaduan,,,,2023-03-14,,baru,x\n${good}\n`,
    );
    expect(rowsOf(lines)).toHaveLength(1);
    // It swallows the next line: both stand in what is kept for the person who repairs the file.
    expect(reasonsOf(lines)).toEqual([expect.stringMatching(/^4: kanal tidak dikenal.*jenis kosong/)]);
    expect(JSON.stringify(lines)).toContain('A-2,X,pengaduan');
  });

  test('words that are names of object parts are unknown words', async () => {
    const lines = await read('proto.csv', `${header}\nA-1,__proto__,constructor,,,,2023-03-14,,baru,x\n`);
    expect(reasonsOf(lines)).toEqual([
      '2: kanal tidak dikenal: "__proto__"; jenis tidak dikenal: "constructor"',
    ]);
  });

  test('another kind of file and a missing file are refused in words', async () => {
    await expect(read('a.ods', 'PK')).rejects.toThrow('Only .csv, .xlsx and .jsonl');
    await expect(linesOf(join(dir, 'none.csv'))).rejects.toThrow('cannot be opened');
  });
});

test('an empty file gives nothing', async () => {
  expect(await read('empty.csv', '')).toEqual([]);
  expect(await read('empty.jsonl', '')).toEqual([]);
  expect(await read('header.csv', `${header}\n`)).toEqual([]);
});
