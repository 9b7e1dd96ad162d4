import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MINUTE } from '../../core/clock.ts';
import { type PlatformId, platformIds } from '../../domain/ids.ts';
import { type DemoItem, demoPlatforms } from './demo-item.ts';

/** A line of fixtures/demo-scenario.jsonl, the fields that are played. */
const StoryLine = z.object({
  id: z.string(),
  /** Minutes from the start of the story (Monday 07.30 WIB); below 0 it has happened before. */
  at: z.number(),
  channel: z.enum(platformIds),
  author: z.string(),
  text: z.string(),
  threadOf: z.string().optional(),
  expect: z.object({ own: z.boolean().optional() }),
});
type StoryLine = z.infer<typeof StoryLine>;

/** The scenario says in words that this one quotes the post it belongs to; all others answer it. */
const quotes: ReadonlySet<string> = new Set(['W-33']);

/** The scenario names a photo in words; on WhatsApp it is one. */
const photoMark = '📷 [foto] ';

/** Pictures that the WhatsApp of the demo holds, by their id there: files below `fixtures/`. */
export const storyPhotos: ReadonlyMap<string, string> = new Map([
  ['990000000000001', 'whatsapp/got-mampet.jpg'],
]);

function wordsAndPhoto({ channel, text }: StoryLine): Pick<StoryItem, 'text' | 'photo'> {
  const [photo] = storyPhotos.keys();
  if (channel !== 'whatsapp' || !text.startsWith(photoMark) || photo === undefined) return { text };
  return { text: text.slice(photoMark.length), photo };
}

/** What the office had answered by hand before the story starts, which the scenario only tells about (H-01). */
const earlierAnswer: StoryLine = {
  id: 'H-01-jawaban',
  at: -28_800,
  channel: 'x',
  author: '@aduankra_sim',
  text: 'Matur nuwun laporannya. Lubang di Jumapolo sudah dijadwalkan DPUPR untuk ditambal bulan ini, nggih 🙏',
  threadOf: 'H-01',
  expect: { own: true },
};

/** An item of the story; `minute` is its place on the story's clock. */
export interface StoryItem extends DemoItem {
  readonly minute: number;
}

/**
 * The story's messages on these platforms, by time; parents come before their children. Those on a platform without a
 * simulator are left out.
 * @param startedAt the demo's first start, which is minute 0
 */
export function storyItems(
  fixturesDir: string,
  startedAt: Date,
  platforms: readonly PlatformId[] = demoPlatforms,
): readonly StoryItem[] {
  const lines = readFileSync(join(fixturesDir, 'demo-scenario.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => StoryLine.parse(JSON.parse(line)));
  return [...lines, earlierAnswer]
    .filter((line) => platforms.includes(line.channel))
    .sort((one, other) => one.at - other.at)
    .map((line) => {
      const own = line.expect.own === true;
      const thread = line.threadOf ?? null;
      return {
        key: line.id,
        minute: line.at,
        platform: line.channel,
        author: own ? null : line.author,
        account: own ? line.author.replace(/^@/, '') : null,
        ...wordsAndPhoto(line),
        at: new Date(startedAt.getTime() + line.at * MINUTE),
        parentKey: quotes.has(line.id) ? null : thread,
        quotedKey: quotes.has(line.id) ? thread : null,
        asVisitor: line.channel === 'facebook' && !own && thread === null,
      };
    });
}

const StoryEvent = z.object({ id: z.string(), at: z.number() });

/** When each event of fixtures/demo-events.jsonl happens, in minutes of the story. */
export function storyEvents(fixturesDir: string): ReadonlyMap<string, number> {
  const lines = readFileSync(join(fixturesDir, 'demo-events.jsonl'), 'utf8').split('\n');
  return new Map(
    lines
      .filter((line) => line !== '')
      .map((line) => StoryEvent.parse(JSON.parse(line)))
      .map((event) => [event.id, event.at]),
  );
}
