/** First file of a worker thread under jest and tsx: Node does not read our TypeScript by itself. */
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.entry);
