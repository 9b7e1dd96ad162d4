import type { Classification } from '../src/domain/classification.ts';
import type { Mention } from '../src/domain/mention.ts';

/** Mention with what the classifier said. */
export interface Judged {
  readonly mention: Mention;
  readonly said: Classification;
}
