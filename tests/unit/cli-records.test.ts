import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { Command } from 'commander';
import { addEvaluate } from '../../src/cli/commands/evaluate.ts';
import { columnsOf, recordsOf } from '../../src/cli/records.ts';
import { judgeAll } from '../../src/evaluate/evaluate.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'records-'));

async function read(name: string, content: string | Buffer) {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  const rows = [];
  for await (const row of recordsOf(file)) rows.push(row);
  return rows;
}

test.each([
  ['comma', 'id,text,label\n1,lampu mati; gelap,PJU\n'],
  ['semicolon', '\ufeffid;text;label\n1;"lampu mati; gelap";PJU\n'],
  ['tab', 'id\ttext\tlabel\n1\tlampu mati; gelap\tPJU\n'],
])('a CSV by %s keeps a text with other signs whole', async (name, content) => {
  expect(await read(`${name}.csv`, content)).toEqual([{ id: '1', text: 'lampu mati; gelap', label: 'PJU' }]);
});

test('columns are joined by a full stop, empty ones left out, a missing one is named', () => {
  expect(columnsOf({ judul: 'Lampu', isi: 'mati', lain: '' }, 'judul, lain,isi', 1)).toBe('Lampu. mati');
  expect(() => columnsOf({ isi: 'mati' }, 'teks', 3)).toThrow('Row 3: no column "teks". There are: isi.');
});

test('an empty file has no rows', async () => {
  expect(await read('empty.csv', '')).toEqual([]);
});

test.each([
  ['latin.csv', Buffer.from('isi,label\ncaf\u00e9,Jalan\n', 'latin1'), 'The letters of'],
  ['utf16.csv', Buffer.from('\ufeffisi,label\njalan,Jalan\n', 'utf16le'), 'The letters of'],
  ['unclosed.csv', 'isi,label\n"jalan rusak,Jalan\nlampu,PJU\n', 'cannot be read as .csv'],
  ['broken.jsonl', '{"isi":"a"}\n{oops\n', 'broken.jsonl:2: no JSON object'],
  ['table.txt', 'isi,label\njalan,Jalan\n', 'must be called .csv'],
])('%s is refused in words', async (name, content, words) => {
  await expect(read(name, content)).rejects.toMatchObject({
    name: 'RefusedError',
    words: { en: expect.stringContaining(words) },
  });
});

test('a file that is not there is named', async () => {
  await expect(recordsOf(path.join(folder, 'none.csv')).next()).rejects.toMatchObject({
    words: { en: expect.stringContaining('none.csv') },
  });
});

describe('tanggap evaluate on somebody’s own files', () => {
  const words = ['jalan rusak berlubang', 'lampu jalan mati', 'sampah menumpuk bau'];
  const csvOf = (rows: readonly (readonly [string, string])[], separator = ',') =>
    ['\ufeffisi', 'kategori'].join(separator) +
    rows.map(([text, label]) => `\r\n"${text}"${separator}${label}`).join('') +
    '\r\n';
  const many = Array.from({ length: 60 }, (_, at) => {
    const [what, who] = [words[at % 3], 'abcdefghijklmnopqrst'[at % 20]];
    return [`${what} di ${who}${who}o\n"" gang ""; ${who}`, `L${at % 3}`] as const;
  });
  const put = (name: string, content: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const [train, semicolons] = [put('train.csv', csvOf(many)), put('semicolons.csv', csvOf(many, ';'))];
  const keys = [
    ...['accuracy', 'macroF1', 'ece', 'coverageAt90', 'coverageAt95', 'decided', 'decidedPrecision'],
    ...['trainSeconds', 'textsPerSecond'],
  ];

  async function evaluate(...given: string[]): Promise<Record<string, number>> {
    const lines: string[] = [];
    const out = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((line) => lines.push(String(line)) > 0);
    const err = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const program = new Command().exitOverride();
      addEvaluate(program, {});
      await program.parseAsync(['evaluate', ...given, '--json'], { from: 'user' });
      return JSON.parse(lines.at(-1) ?? '');
    } finally {
      out.mockRestore();
      err.mockRestore();
    }
  }
  const columns = ['--text', 'isi', '--label', 'kategori'];

  test('the last line is one object with exactly the asked keys, and each row has its prediction', async () => {
    const predictions = path.join(folder, 'predictions.csv');
    const empty = put(
      'some-empty.csv',
      csvOf([...many.slice(0, 9), ['', 'L0'], [' ', 'L1'], ['tanpa label', '']]),
    );
    const said = await evaluate('--train', train, '--test', empty, ...columns, '--predictions', predictions);
    expect(Object.keys(said)).toEqual(keys);
    expect(said.accuracy).toBeGreaterThan(0.7);
    const rows = await read('p.csv', readFileSync(predictions, 'utf8'));
    expect(rows).toHaveLength(11);
    expect(await evaluate('--train', semicolons, '--test', semicolons, ...columns)).toMatchObject({
      accuracy: 1,
    });
  });

  test('the shipped model answers by a label map', async () => {
    const map = put('map.json', JSON.stringify({ jalan: 'L0', penerangan_jalan: 'L1', sampah: 'L2' }));
    const said = await evaluate('--test', train, ...columns, '--label-map', map);
    expect(Object.keys(said)).toEqual(keys);
    expect(said).toMatchObject({ accuracy: 1, trainSeconds: 0 });
  });

  // Planted: with the answerer's word alone it was decided.
  test('a text with nothing to read decides nothing, however sure the answer', () => {
    const sure = { answer: () => ({ label: 'L0', confidence: 0.9, decided: true }) };
    const rows = [' ', 'jalan'].map((text) => ({ text, label: 'L0', fold: '' }));
    expect(judgeAll(sure, rows, ['L0'], 0).evaluation).toMatchObject({ accuracy: 1, decided: 0.5 });
  });

  const one = put('one.csv', csvOf(many.map(([text]) => [text, 'L0'])));
  const blank = put('blank.csv', csvOf(many.map(([, label]) => ['', label])));
  test.each([
    ['at least two labels', ['--train', one, '--test', train, ...columns]],
    ['at least two labels', ['--train', blank, '--test', train, ...columns]],
    ['Give --test', ['--train', train, ...columns]],
    ['Give --label', ['--train', train, '--test', train, '--text', 'isi']],
    ['no column "judul"', ['--train', train, '--test', train, '--text', 'isi,judul', '--label', 'kategori']],
    ['between 0 and 1', ['--train', train, '--test', train, ...columns, '--precision', '2']],
    ['without --train', ['--train', train, '--test', train, ...columns, '--label-map', 'x']],
    ['no label map', ['--test', train, ...columns, '--label-map', train]],
    ['cannot be written', ['--train', train, '--test', train, ...columns, '--predictions', '/none/p.csv']],
  ])('is refused: %s', async (words, given) => {
    await expect(evaluate(...given)).rejects.toMatchObject({ words: { en: expect.stringContaining(words) } });
  });
});
