import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzipSync } from 'node:zlib';
import { RefusedError } from '../../core/errors.ts';
import { type Stack, type StackTables, stackOf } from './train-stack.ts';

/**
 * Which features the tables are about. Raise it with every change of `linear/` or `stack/` that gives a text other
 * features or a table another form: an older model would answer nonsense, so it is refused.
 */
const featureVersion = 4;

/** A stack that was trained without hints, as bytes. The same tables give the same bytes. */
export function packStack(stack: Stack, version = featureVersion): Uint8Array {
  return gzipSync(serialize({ featureVersion: version, tables: stack.tables }), { level: 1 });
}

/** @throws {RefusedError} `not-possible`, in words, when it is of another feature version or no model at all */
export function unpackStack(bytes: Uint8Array): Stack {
  const { featureVersion: found, tables } = readPacked(bytes);
  if (found !== featureVersion || tables === undefined) {
    throw new RefusedError('not-possible', {
      id: `Model ini dilatih dengan fitur versi ${found ?? '?'}, program ini memakai versi ${featureVersion}. Latih ulang dengan "tanggap train".`,
      en: `This model was trained with features of version ${found ?? '?'}, this program uses version ${featureVersion}. Train again with "tanggap train".`,
    });
  }
  return stackOf(tables, null);
}

function readPacked(bytes: Uint8Array): { featureVersion?: number; tables?: StackTables } {
  try {
    return deserialize(gunzipSync(bytes));
  } catch (cause) {
    const words = {
      id: 'Berkas model rusak. Latih ulang dengan "tanggap train".',
      en: 'The model’s file is damaged. Train again with "tanggap train".',
    };
    throw Object.assign(new RefusedError('not-possible', words), { cause });
  }
}
