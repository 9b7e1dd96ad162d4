import type { Random } from '../../src/simulators/demo/random.ts';

/** JSON text of a value that no platform sends. Text, because `__proto__` does not survive an object literal. */
type Poison = (random: Random, index: number) => string;

const strings = [
  '\ud83d setengah pasangan',
  'nol \0 bita \u0001\u001f',
  '\u202Ekanan ke kiri\u202C\u200B\u200D\uFEFF',
  '{"$ne": ""}',
  '$where: 1; sleep(1000)',
  '__proto__',
  'constructor.prototype',
  '=cmd|calc',
  '<script>alert(1)</script>',
  'ẑ̷̢̨͔a̷l̵g̷o̶',
  '',
  ' '.repeat(5_000),
  'x'.repeat(150_000),
  '👩‍👩‍👧‍👦'.repeat(2_000),
  'aaaa'.repeat(4_000),
  '@'.repeat(3_000),
  '((((((((((((((((((((((((((((((a+)+)+)+$',
];

function nested(depth: number): string {
  return `${'['.repeat(depth)}1${']'.repeat(depth)}`;
}

/** Values for any field. */
export const poisons: readonly Poison[] = [
  (random) => JSON.stringify(random.pick(strings)),
  () => 'null',
  () => 'true',
  () => '-1',
  () => '1e308',
  () => '123456789012345678901234567890',
  () => '0.1',
  () => '[]',
  () => '{}',
  () => '{"__proto__":{"polluted":"ya"}}',
  () => '{"constructor":{"prototype":{"polluted":"ya"}}}',
  () => '{"$ne":""}',
  () => '{"$gt":{"a.b":1},"$where":"1"}',
  () => '{"toString":1,"valueOf":null,"then":1}',
  () => '[{"id":{"id":{"id":1}}}]',
  (random) => nested(random.pick([50, 1_000, 10_000])),
  () => '"1970-01-01T00:00:00Z"',
  () => '"+275760-09-13T00:00:00.001Z"',
  () => '"2026-02-31T25:61:61Z"',
  (random) => JSON.stringify('9'.repeat(random.int(1, 400))),
];

/** An honest item with one or two fields replaced, left out or added; `marker` keeps each apart from all others. */
export function hostileItem(
  random: Random,
  index: number,
  honest: Readonly<Record<string, unknown>>,
): string {
  const fields = new Map(Object.entries(honest).map(([name, value]) => [name, JSON.stringify(value)]));
  fields.set('marker', String(index));
  for (let changes = random.int(1, 2); changes > 0; changes -= 1) {
    const name = random.pick([...Object.keys(honest), '__proto__', '$set', 'a.b', 'constructor']);
    if (random.chance(0.1)) fields.delete(name);
    else fields.set(name, random.pick(poisons)(random, index));
  }
  return `{${[...fields].map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}
