/** Thread program: a training task in, a model out. Opened by `trainInThread`. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadMessage } from '../children/run-thread.ts';
import { type TrainedModel, type TrainingTask, trainModel } from './train-model.ts';

const post = (message: ThreadMessage<TrainedModel>) => parentPort?.postMessage(message);
const { task } = workerData as { readonly task: TrainingTask };
post({ result: await trainModel(task, { onProgress: (share) => post({ share }) }) });
