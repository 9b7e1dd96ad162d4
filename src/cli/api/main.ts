/** The API and pages alone, for production. `npm start` runs everything in one process instead. */
import { listenWith } from '../listen.ts';
import { openProcess } from '../process.ts';

await openProcess(process.env, async (services, stack) => {
  stack.use(await listenWith(services, services.config.port));
});
