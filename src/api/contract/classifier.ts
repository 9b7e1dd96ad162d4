import { z } from 'zod';
import { trainingStates } from '../../domain/model.ts';
import { Day, Id, Reason, route, When } from './base.ts';

const count = z.number().int();
const ModelId = z.templateLiteral(['m-', z.string().max(60)]);
const Score = z.object({ texts: count, right: count, wrong: count });
const Bilingual = z.object({ id: z.string(), en: z.string() });
/** The model that the person saw in use (null: rules and Naive Bayes alone), and why it changes. */
const Change = { seen: ModelId.nullable(), reason: Reason };

const ModelShape = z.object({
  _id: ModelId,
  at: When,
  by: z.string(),
  state: z.enum(['champion', 'challenger', 'retired']),
  /** How much its word counts beside rules and Naive Bayes, 0..1. */
  share: z.number(),
  examples: z.object({ shipped: count, own: count }),
  /** On held-back texts: what was in use then, and this one. */
  scores: z.object({ champion: Score, challenger: Score }),
  why: Bilingual,
  promotedAt: When.nullable(),
  retiredAt: When.nullable(),
  before: ModelId.nullable(),
  moves: z
    .array(z.object({ at: When, by: z.string(), what: z.enum(['promote', 'rollback']), reason: z.string() }))
    .optional(),
});

const TrainingShape = z.object({
  _id: Id,
  by: z.string(),
  askedAt: When,
  state: z.enum(trainingStates),
  share: z.number(),
  endedAt: When.nullable(),
  /** Somebody asked it to end. */
  stopBy: z.string().nullable(),
  model: ModelId.nullable(),
});

const FiguresShape = z.object({
  from: Day,
  /** The Mondays on which the stretches begin. */
  stretches: z.array(Day),
  /** With fewer messages a share says nothing. */
  leastForShare: count,
  /** By agency (null: all together) and stretch; the busiest agencies first. */
  precision: z.array(
    z.object({
      agency: z.string().nullable(),
      stretches: z.array(z.object({ right: count, wrong: count })),
    }),
  ),
  /** `bukan_wewenang`: not ours, without naming whose. */
  confusions: z.array(z.object({ said: z.string(), right: z.string(), count })),
  weeks: z.array(
    z.object({
      week: Day,
      koreksi: count,
      disposisi: count,
      bukan_wewenang: count,
      /** The machine's decision did not stand. */
      wrong: count,
      /** The machine had not decided. */
      undecided: count,
      /** Messages that came in and were judged; of those, decided by the machine. */
      judged: count,
      decided: count,
    }),
  ),
  /** Undecided messages that wait to be judged again. */
  askedAgain: count,
});

/** "Pengaturan → Klasifikasi": how right the classifier is, its trainings and models. */
export const classifier = {
  figures: route('classifier.view')
    .route({
      method: 'GET',
      path: '/classifier/figures',
      summary: 'How right it was in the last twelve weeks',
    })
    .output(FiguresShape),
  models: route('classifier.view')
    .route({
      method: 'GET',
      path: '/classifier/models',
      summary: 'The newest 50, with the reason of each verdict',
    })
    .output(z.array(ModelShape)),
  promote: route('classifier.manage')
    .route({
      method: 'POST',
      path: '/classifier/models/{id}/promote',
      summary: 'In use from the next messages on',
    })
    .input(z.object({ id: ModelId, ...Change }))
    .output(ModelShape),
  rollBack: route('classifier.manage')
    .route({ method: 'POST', path: '/classifier/rollback', summary: 'Back to what was in use before' })
    .input(z.object(Change))
    .output(z.object({ active: ModelId.nullable() })),
  training: route('classifier.view')
    .route({ method: 'GET', path: '/classifier/training', summary: 'The newest training, and how far it is' })
    .output(z.object({ run: TrainingShape.nullable() })),
  startTraining: route('classifier.manage')
    .route({ method: 'POST', path: '/classifier/training', summary: 'A worker trains a new model' })
    .input(z.object({}))
    .output(TrainingShape),
  stopTraining: route('classifier.manage')
    .route({ method: 'POST', path: '/classifier/training/{id}/stop', summary: 'Nothing of it is kept' })
    .input(z.object({ id: Id }))
    .output(z.object({ ok: z.literal(true) })),
};
