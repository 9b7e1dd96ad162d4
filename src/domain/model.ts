import type { UserId } from './ids.ts';
import type { Words } from './policies.ts';

/** `m-<ulid>` */
export type ModelId = `m-${string}`;

/** How a classifier did on the texts that were kept back: of `texts` it decided `right + wrong`. */
export interface Score {
  readonly texts: number;
  readonly right: number;
  readonly wrong: number;
}

/** A trained model of the classifier; its bytes lie beside it. */
export interface Model {
  readonly _id: ModelId;
  readonly at: Date;
  readonly by: UserId;
  /** In use · trained and not in use · was in use. */
  readonly state: 'champion' | 'challenger' | 'retired';
  /** How much its word counts beside rules and Naive Bayes, 0..1. */
  readonly share: number;
  /** Our written examples, and the office's own that it learnt from. */
  readonly examples: { readonly shipped: number; readonly own: number };
  /** On the held-back texts: the one that was in use then, and this one. */
  readonly scores: { readonly champion: Score; readonly challenger: Score };
  /** Why it was promoted, or was not. */
  readonly why: Words;
  readonly bytes: number;
  readonly sha256: string;
  readonly promotedAt: Date | null;
  readonly retiredAt: Date | null;
  /** What was in use before it; null: rules and Naive Bayes alone. */
  readonly before: ModelId | null;
}
