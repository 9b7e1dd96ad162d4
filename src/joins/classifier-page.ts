import type { ClassifierPage } from '../api/deps.ts';
import { figuresOf, firstWeek, wasDecided } from '../learn/figures.ts';
import type { Services } from '../services.ts';
import { countAskedAgain, decidedByWeek, judgedSince } from '../store/judgements.ts';
import { listModels } from '../store/models.ts';
import { latestTraining } from '../store/training-runs.ts';
import { promote, rollBack } from './train.ts';
import { endTrainingBy, startTraining } from './training-runs.ts';

interface Opened {
  readonly database: Pick<Services['database'], 'db'>;
  readonly clock: Services['clock'];
  readonly authorities: Services['authorities'];
}

/** How right the classifier was in the last weeks, and how much it decided. */
export async function readClassifierFigures({ database: { db }, clock, authorities }: Opened) {
  const now = clock.now();
  const since = firstWeek(now);
  const verified = await judgedSince(db, since);
  const byPeople = verified.filter((one) => !wasDecided(one)).map(({ mentionId }) => mentionId);
  const decided = new Map((await decidedByWeek(db, since, byPeople)).map((one) => [one.week, one]));
  const { weeks, ...figures } = figuresOf(verified, now, (agency) => authorities.get(agency) === 'ours');
  return {
    ...figures,
    weeks: weeks.map((week) => ({
      ...week,
      judged: decided.get(week.week)?.judged ?? 0,
      decided: decided.get(week.week)?.decided ?? 0,
    })),
    askedAgain: await countAskedAgain(db),
  };
}

/** What "Pengaturan → Klasifikasi" needs, over the opened services. */
export function classifierPage(services: Services): ClassifierPage {
  const { db } = services.database;
  return {
    figures: () => readClassifierFigures(services),
    models: () => listModels(db),
    promote: (id, change) => promote(services, id, change),
    rollBack: (change) => rollBack(services, change),
    training: () => latestTraining(db, services.clock.now()),
    startTraining: (by) => startTraining(services, by),
    stopTraining: (id, by) => endTrainingBy(services, id, by),
  };
}
