import type { LoadedClassifier } from '../classify/load.ts';
import { unpackStack } from '../classify/stack/pack.ts';
import { type Clock, MINUTE } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { MentionId } from '../domain/ids.ts';
import type { Model, ModelId } from '../domain/model.ts';
import { labelOfAct } from './label-of.ts';

type Taught = Parameters<typeof labelOfAct>[0] & { readonly mentionId: MentionId; readonly text: string };

interface Entry {
  readonly _id: string;
  readonly mentionId: MentionId;
  readonly at: Date;
}

export interface CurrentDeps {
  /** Another one after somebody edited the lists. */
  readonly classifier: () => LoadedClassifier;
  readonly clock: Clock;
  readonly log: Log;
  readonly activeModel: () => Promise<Model | null>;
  readonly readModel: (model: Model) => Promise<Uint8Array>;
  /** Entries since then; a transaction that began earlier may still add one. */
  readonly feedbackSince: (since: Date) => Promise<readonly Entry[]>;
  /** The last word on each of these messages, or on all. */
  readonly lastWords: (ids: readonly MentionId[] | null) => Promise<readonly Taught[]>;
}

/** Keeps one process's classifier at what the office knows: corrections, and the model in use. */
export interface KeptCurrent {
  /** Two small queries when nothing changed. Call it before a batch is judged. */
  refresh(): Promise<void>;
}

/** Longer than an act of the desk can be taken back, and than a transaction lasts. */
const overlap = MINUTE;

export function keepCurrent(deps: CurrentDeps): KeptCurrent {
  const { clock, log } = deps;
  /** None before the first look: a classifier learns when it is asked for, and most processes judge nothing. */
  let followed: LoadedClassifier | null = null;
  /** Entries of the last minute, by id: what is gone from them was taken back. */
  let recent = new Map<string, MentionId>();
  let since: Date | null = null;
  let model: ModelId | null = null;

  async function followFeedback(classifier: LoadedClassifier): Promise<void> {
    // Looked back from this look on: what was said just now may be taken back before the next one.
    const lookBack = new Date(clock.now().getTime() - overlap);
    const found = await deps.feedbackSince(since ?? new Date(0));
    const ids = new Set(found.map(({ _id }) => _id));
    const changed = new Set(found.flatMap(({ _id, mentionId }) => (recent.has(_id) ? [] : [mentionId])));
    for (const [id, mentionId] of recent) if (!ids.has(id)) changed.add(mentionId);
    if (changed.size > 0)
      learn(classifier, await deps.lastWords(since === null ? null : [...changed]), changed);
    since = lookBack;
    recent = new Map(found.filter(({ at }) => at >= lookBack).map(({ _id, mentionId }) => [_id, mentionId]));
  }

  function learn(
    classifier: LoadedClassifier,
    words: readonly Taught[],
    changed: ReadonlySet<MentionId>,
  ): void {
    const lessons = words.flatMap((one) => {
      const { label } = labelOfAct(one, one.text, classifier);
      return label === null ? [] : [{ id: one.mentionId as string, text: one.text, label }];
    });
    const taught = new Set(lessons.map(({ id }) => id));
    classifier.learn(
      lessons,
      [...changed].filter((id) => !taught.has(id)),
    );
  }

  async function followModel(classifier: LoadedClassifier): Promise<void> {
    const active = await deps.activeModel();
    if ((active?._id ?? null) === model) return;
    model = active?._id ?? null;
    try {
      classifier.adopt(
        active && { id: active._id, stack: unpackStack(await deps.readModel(active)), share: active.share },
      );
      log.info('model in use', { model });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      // Said once; rules and Naive Bayes go on alone.
      classifier.adopt(null);
      log.warn('model refused', { model, reason: error.words.id });
    }
  }

  async function follow(): Promise<void> {
    const classifier = deps.classifier();
    if (classifier !== followed) {
      // With other lists it knows nothing of the office yet.
      followed = classifier;
      [recent, since, model] = [new Map(), null, null];
    }
    await Promise.all([followFeedback(classifier), followModel(classifier)]);
  }

  let running: Promise<void> | null = null;
  return {
    refresh() {
      running ??= follow().finally(() => {
        running = null;
      });
      return running;
    },
  };
}
