import type { Handler, QueueKind } from '../src/queues/queues.ts';
import type { Services } from '../src/services.ts';
import { classifyHandler } from './classify.ts';
import { pollHandler } from './poll.ts';
import { publishHandler } from './publish.ts';
import { receiveHandler } from './receive.ts';
import { upkeepHandler } from './upkeep.ts';

type Handlers = { readonly [Kind in QueueKind]: Handler<Kind> };

/** Every queue with the one who works on it: a queue without a worker does not compile. */
export function handlers(services: Services): Handlers {
  return {
    poll: pollHandler(services),
    classify: classifyHandler(services),
    publish: publishHandler(services),
    receive: receiveHandler(services),
    upkeep: upkeepHandler(services),
  };
}
