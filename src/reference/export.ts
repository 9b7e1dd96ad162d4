import { type ListTexts, listNames } from './reference.ts';

/** @returns each list as the file of data/ that it came from: name and text, an entry a line */
export function exportLists(texts: ListTexts): readonly (readonly [name: string, text: string])[] {
  return listNames.map((name) => [`${name}.json`, `${byLine(JSON.parse(texts[name]), 0)}\n`]);
}

/** Lists of objects get a line an entry, so that a comparison of two versions shows which entry changed. */
function byLine(value: unknown, depth: number): string {
  const indent = ' '.repeat(2 * (depth + 1));
  const closing = ' '.repeat(2 * depth);
  if (Array.isArray(value)) {
    const isList = value.some((one) => typeof one === 'object' && one !== null);
    if (!isList) return JSON.stringify(value);
    return `[\n${value.map((one) => indent + JSON.stringify(one)).join(',\n')}\n${closing}]`;
  }
  if (typeof value !== 'object' || value === null || depth > 1) return JSON.stringify(value);
  const lines = Object.entries(value).map(
    ([name, one]) => `${indent}${JSON.stringify(name)}: ${byLine(one, depth + 1)}`,
  );
  return `{\n${lines.join(',\n')}\n${closing}}`;
}
