import { expect, test } from '@jest/globals';
import { FieldError, parseFields } from '../../src/simulators/graph/fields.ts';

test('field expansion with modifiers and nested fields is read', () => {
  const [id, comments] = parseFields('id,comments.filter(stream).limit(0).summary(true){id,from{name}}');
  expect(id).toMatchObject({ name: 'id', fields: [] });
  expect([...(comments?.modifiers ?? [])]).toEqual([
    ['filter', 'stream'],
    ['limit', '0'],
    ['summary', 'true'],
  ]);
  expect(comments?.fields.map((field) => field.name)).toEqual(['id', 'from']);
});

test.each(['id,', 'id{', 'id{text', 'comments.limit(', 'a b', '{id}'])('%s is refused', (text) => {
  expect(() => parseFields(text)).toThrow(FieldError);
});
