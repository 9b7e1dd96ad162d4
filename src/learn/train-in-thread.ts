import { runThread } from '../children/run-thread.ts';
import type { TrainedModel, TrainingControl, TrainingTask } from './train-model.ts';

/** Of the training's heap: 10,000 long texts take about half of it. */
const memoryMib = 2_048;

/** {@link trainModel} beside everything else: the signal ends it at once. @throws {DOMException} `AbortError` */
export function trainInThread(task: TrainingTask, control: TrainingControl): Promise<TrainedModel> {
  return runThread(new URL('./train.thread', import.meta.url), task, { ...control, memoryMib });
}
