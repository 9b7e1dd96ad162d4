import type { Classification } from '../src/domain/classification.ts';
import type { MentionId } from '../src/domain/ids.ts';
import type { Mention } from '../src/domain/mention.ts';

/** Mention with what the classifier said. */
export interface Judged {
  readonly mention: Mention;
  readonly said: Classification;
}

/** The citizens' messages that the round's messages answer or quote, by id. */
export type Context = ReadonlyMap<MentionId, Mention>;
