import type { Handler, QueueKind } from '../src/queues/queues.ts';
import type { Services } from '../src/services.ts';
import { classifyHandler } from './classify.ts';
import { pollHandler } from './poll.ts';
import { publishHandler } from './publish.ts';
import { receiveHandler } from './receive.ts';
import { trainHandler } from './train.ts';
import { upkeepHandler } from './upkeep.ts';

type Handlers = { readonly [Kind in QueueKind]: Handler<Kind> };

/** Every queue with the one who works on it: a queue without a worker does not compile. */
export function handlers(services: Services): Handlers {
  return {
    poll: withFreshLists(services, pollHandler(services)),
    classify: withFreshLists(services, classifyHandler(services)),
    publish: withFreshLists(services, publishHandler(services)),
    receive: withFreshLists(services, receiveHandler(services)),
    upkeep: withFreshLists(services, upkeepHandler(services)),
    train: withFreshLists(services, trainHandler(services)),
  };
}

/** An edit in any process holds for the next job of every worker. */
function withFreshLists<Kind extends QueueKind>(services: Services, handle: Handler<Kind>): Handler<Kind> {
  return async (data, context) => {
    await services.reference.refresh();
    await handle(data, context);
  };
}
