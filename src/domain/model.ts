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
  /** Who put it into use or took it out of use by hand, and why; oldest first. */
  readonly moves?: readonly ModelMove[];
}

export interface ModelMove {
  readonly at: Date;
  readonly by: UserId;
  readonly what: 'promote' | 'rollback';
  readonly reason: string;
}

/** Of a training: asked for · under way · ended with a model · ended by a person · by an error · without a word. */
export const trainingStates = ['waiting', 'running', 'done', 'stopped', 'failed', 'lost'] as const;
type TrainingState = (typeof trainingStates)[number];

/** One training of the classifier, from the wish to the model. At most one is waiting or running. */
export interface TrainingRun {
  /** `mt-<ulid>` */
  readonly _id: string;
  readonly by: UserId;
  readonly askedAt: Date;
  readonly state: TrainingState;
  /** Share of the work done, 0..1. */
  readonly share: number;
  /** Last sign of life. */
  readonly beatAt: Date;
  /** Somebody wants it to end. */
  readonly stopBy: UserId | null;
  readonly endedAt: Date | null;
  readonly model: ModelId | null;
}
