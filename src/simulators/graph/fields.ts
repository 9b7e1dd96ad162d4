/** One entry of a `fields` parameter: `replies.limit(50){id,text}`. */
export interface Field {
  readonly name: string;
  /** `limit` → `50` */
  readonly modifiers: ReadonlyMap<string, string>;
  /** Empty where none were asked for: the defaults. */
  readonly fields: readonly Field[];
}

/** What is wrong with a `fields` parameter, in Meta's words. */
export class FieldError extends Error {
  override name = 'FieldError';
}

/** Parses Graph's field expansion. @throws {FieldError} on a syntax error */
export function parseFields(text: string): readonly Field[] {
  const reader = { text, at: 0 };
  const fields = readList(reader);
  if (reader.at < text.length) throw syntaxError(reader);
  return fields;
}

interface Reader {
  readonly text: string;
  at: number;
}

function readList(reader: Reader): Field[] {
  const fields: Field[] = [];
  do fields.push(readField(reader));
  while (take(reader, ','));
  return fields;
}

function readField(reader: Reader): Field {
  const name = readWord(reader, /[a-z_]+/y);
  const modifiers = new Map<string, string>();
  while (take(reader, '.')) {
    const modifier = readWord(reader, /[a-z_]+/y);
    if (!take(reader, '(')) throw syntaxError(reader);
    modifiers.set(modifier, readWord(reader, /[^()]*/y));
    if (!take(reader, ')')) throw syntaxError(reader);
  }
  if (!take(reader, '{')) return { name, modifiers, fields: [] };
  const fields = readList(reader);
  if (!take(reader, '}')) throw syntaxError(reader);
  return { name, modifiers, fields };
}

function readWord(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found === undefined) throw syntaxError(reader);
  reader.at += found.length;
  return found;
}

function take(reader: Reader, sign: string): boolean {
  if (reader.text[reader.at] !== sign) return false;
  reader.at += 1;
  return true;
}

function syntaxError({ text, at }: Reader): FieldError {
  return new FieldError(
    `Syntax error "Unexpected end of string or sign" at character ${at}: ${text.slice(0, 200)}`,
  );
}

/** How each field of a kind of object is read; a reader that returns undefined leaves the field out. */
export type Readers<Item> = Readonly<Record<string, (item: Item, field: Field) => unknown>>;

/** The object with the fields that were asked for, `id` always first. @throws {FieldError} on an unknown field */
export function project<Item>(
  item: Item,
  type: { readonly name: string; readonly readers: Readers<Item>; readonly defaults: readonly Field[] },
  asked: readonly Field[],
): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const field of asked.length > 0 ? asked : type.defaults) {
    const read = Object.hasOwn(type.readers, field.name) ? type.readers[field.name] : undefined;
    if (!read)
      throw new FieldError(`Tried accessing nonexisting field (${field.name}) on node type (${type.name})`);
    const value = read(item, field);
    if (value !== undefined) shown[field.name] = value;
  }
  if (shown.id === undefined)
    shown.id = type.readers.id?.(item, { name: 'id', modifiers: new Map(), fields: [] });
  return shown;
}
