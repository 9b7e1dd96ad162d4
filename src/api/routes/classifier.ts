import type { Model, TrainingRun } from '../../domain/model.ts';
import { caller } from '../context.ts';
import { answer, ok, os } from './base.ts';

const routes = os.classifier;

/** Without what only the store needs. */
function modelView({ bytes: _, sha256: __, ...model }: Model) {
  return answer(model);
}

function runView({ beatAt: _, ...run }: TrainingRun) {
  return answer(run);
}

export const classifier = routes.router({
  figures: routes.figures.handler(async ({ context }) => answer(await context.deps.classifier.figures())),
  models: routes.models.handler(async ({ context }) =>
    (await context.deps.classifier.models()).map(modelView),
  ),
  promote: routes.promote.handler(async ({ context, input: { id, ...change } }) =>
    modelView(await context.deps.classifier.promote(id, { by: caller(context)._id, ...change })),
  ),
  rollBack: routes.rollBack.handler(async ({ context, input }) => {
    const active = await context.deps.classifier.rollBack({ by: caller(context)._id, ...input });
    return { active: active?._id ?? null };
  }),
  training: routes.training.handler(async ({ context }) => {
    const run = await context.deps.classifier.training();
    return { run: run && runView(run) };
  }),
  startTraining: routes.startTraining.handler(async ({ context }) =>
    runView(await context.deps.classifier.startTraining(caller(context)._id)),
  ),
  stopTraining: routes.stopTraining.handler(async ({ context, input }) => {
    await context.deps.classifier.stopTraining(input.id, caller(context)._id);
    return ok;
  }),
});
