/** Workers alone, as many processes as wanted: `MONGODB_URL` and `REDIS_URL` say where. `npm start` runs all in one. */
import { subscribeChannels } from '../schedules/check-subscriptions.ts';
import { keepSchedules } from '../schedules/register.ts';
import { openProcess } from '../src/cli/process.ts';
import { startWorkers } from './start.ts';

await openProcess(process.env, async (services, stack) => {
  stack.use(await keepSchedules(services));
  stack.use(startWorkers(services));
  await subscribeChannels(services, AbortSignal.timeout(60_000));
});
