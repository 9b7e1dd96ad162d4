import { DAY } from '../src/core/clock.ts';
import type { MentionId } from '../src/domain/ids.ts';
import type { Mention } from '../src/domain/mention.ts';
import type { Services } from '../src/services.ts';
import { type Earlier, earlierMessagesOf } from '../src/store/earlier-mentions.ts';
import { findMentions, mentions } from '../src/store/mentions.ts';

/** A citizen who sends the very same text again within this time asks about the same matter. */
const sameTextWithin = 30 * DAY;

/** What stands around the messages of one job: read once, and kept in step with what the job itself decides. */
export interface Known {
  /** The citizen's message that this one answers. */
  parentOf(mention: Mention): Mention | undefined;
  /** Messages of the same citizen with a case, newest first. */
  earlierOf(mention: Mention): readonly Earlier[];
  /** The message was judged: those that follow it see its case before the database does. */
  note(judged: Mention): void;
}

export async function readKnown(services: Services, job: readonly Mention[]): Promise<Known> {
  const [parents, earlier] = await Promise.all([readParents(services, job), readEarlier(services, job)]);
  return {
    parentOf: (mention) => (mention.parentId === null ? undefined : parents.get(mention.parentId)),
    earlierOf: (mention) => earlier.get(authorKey(mention)) ?? [],
    note(judged) {
      if (parents.has(judged._id)) parents.set(judged._id, judged);
      if (judged.caseId === null || judged.author.id === null) return;
      const others = earlier.get(authorKey(judged))?.filter((message) => message._id !== judged._id) ?? [];
      const newestFirst = [...others, judged].sort((a, b) => b.postedAt.getTime() - a.postedAt.getTime());
      earlier.set(authorKey(judged), newestFirst);
    },
  };
}

function authorKey(mention: Pick<Mention, 'platform' | 'author'>): string {
  return `${mention.platform} ${mention.author.id}`;
}

async function readParents(services: Services, job: readonly Mention[]): Promise<Map<MentionId, Mention>> {
  const ids = job.flatMap((mention) => mention.parentId ?? []);
  if (ids.length === 0) return new Map();
  const found = await findMentions(mentions(services.database.db), ids);
  return new Map(found.map((mention) => [mention._id, mention]));
}

async function readEarlier(
  services: Services,
  job: readonly Mention[],
): Promise<Map<string, readonly Earlier[]>> {
  const found = new Map<string, Earlier[]>();
  const since = new Date(services.clock.now().getTime() - sameTextWithin);
  const platforms = new Set(job.map((mention) => mention.platform));
  for (const platform of platforms) {
    const authors = new Set(
      job.flatMap((mention) => (mention.platform === platform ? (mention.author.id ?? []) : [])),
    );
    if (authors.size === 0) continue;
    for (const message of await earlierMessagesOf(
      mentions(services.database.db),
      platform,
      [...authors],
      since,
    )) {
      const ofAuthor = found.get(authorKey(message));
      if (ofAuthor) ofAuthor.push(message);
      else found.set(authorKey(message), [message]);
    }
  }
  return found;
}
