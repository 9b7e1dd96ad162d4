import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { kinds, urgencies } from '../domain/classification.ts';
import { platformIds } from '../domain/ids.ts';

const Line = z.object({
  id: z.string(),
  /** Minutes from the start of the story. */
  at: z.number(),
  channel: z.enum(platformIds),
  author: z.string(),
  text: z.string(),
  threadOf: z.string().optional(),
  expect: z.object({
    kind: z.enum(kinds).optional(),
    agency: z.string().nullable(),
    urgency: z.enum(urgencies).nullable(),
    secret: z.boolean().default(false),
    own: z.boolean().default(false),
    note: z.string(),
  }),
});
type Line = z.infer<typeof Line>;

/** A message of the story as a trainee meets it, with what a good officer decides. */
export interface Lesson {
  readonly id: string;
  readonly platform: Line['channel'];
  readonly author: string;
  readonly text: string;
  /** What stands above it in its thread, oldest first. */
  readonly above: readonly { readonly author: string; readonly text: string; readonly own: boolean }[];
  readonly expected: {
    readonly kind: (typeof kinds)[number];
    readonly agency: string | null;
    readonly urgency: (typeof urgencies)[number];
    readonly secret: boolean;
    /** Why, in the words of the story. */
    readonly note: string;
  };
}

function thread(line: Line, byId: ReadonlyMap<string, Line>): readonly Line[] {
  const parent = line.threadOf === undefined ? undefined : byId.get(line.threadOf);
  return parent ? [...thread(parent, byId), parent] : [];
}

/** Every citizen's message of fixtures/demo-scenario.jsonl, in the order of the story. */
export function storyLessons(fixturesDir: string): readonly Lesson[] {
  const lines = readFileSync(join(fixturesDir, 'demo-scenario.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Line.parse(JSON.parse(line)));
  const byId = new Map(lines.map((line) => [line.id, line]));
  return lines
    .toSorted((a, b) => a.at - b.at)
    .flatMap((line) => {
      const { kind, agency, urgency, secret, own, note } = line.expect;
      if (own || kind === undefined) return [];
      return {
        id: line.id,
        platform: line.channel,
        author: line.author,
        text: line.text,
        above: thread(line, byId).map((one) => ({ author: one.author, text: one.text, own: one.expect.own })),
        expected: { kind, agency, urgency: urgency ?? 'biasa', secret, note },
      };
    });
}
