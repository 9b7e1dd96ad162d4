import { MINUTE } from '../core/clock.ts';
import { CappedError, runCapped } from './run-capped.ts';

/** How it ended. `too-heavy`: the process took too much memory or time and was ended. */
export type PhotoEnd = 'ok' | 'no-photo' | 'too-many-pixels' | 'broken' | 'too-heavy';

const ends: readonly string[] = ['ok', 'no-photo', 'too-many-pixels', 'broken'] satisfies PhotoEnd[];

/** Sixty million pixels of a photo take about 300 MiB to decode. */
const caps = { memoryMib: 512, ms: MINUTE / 2 };

/**
 * A new JPEG of a photo from outside (JPEG, PNG or WebP), made in a process of its own: at most 1,920 pixels a side, with
 * nothing of the old file but its picture.
 * @param from path of the file as it was sent @param to path of the new one; there when it ended `ok`
 */
export async function reencodePhoto(from: string, to: string): Promise<PhotoEnd> {
  try {
    let end: PhotoEnd = 'broken';
    for await (const line of runCapped('photo', [from, to], caps)) {
      if (ends.includes(line)) end = line as PhotoEnd;
    }
    return end;
  } catch (error) {
    if (error instanceof CappedError) return 'too-heavy';
    throw error;
  }
}
