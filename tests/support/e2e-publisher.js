/**
 * A process of the compiled product that sends replies and dies by its own hand at one step of sending.
 * Its one argument is the order as JSON (PublisherOrder in tests/e2e/pipeline-outbox.test.ts).
 */
import path from 'node:path';

const built = (file) => import(path.resolve('dist/src', file));
const { fixedClock } = await built('core/clock.js');
const { readConfig } = await built('core/config.js');
const { silentLog } = await built('core/log.js');
const { publishDeps } = await built('joins/publish.js');
const { publish } = await built('publish/publish.js');
const { openServices } = await built('services.js');

const { address, home, auditKey, now, due, dieAt, after } = JSON.parse(process.argv[2]);
const services = await openServices({
  ...address,
  config: { ...readConfig({}, home), database: address.database, queuePrefix: address.queuePrefix },
  auditKey,
  secretKey: auditKey,
  clock: fixedClock(now),
  log: silentLog,
});
let arrived = 0;
const deps = {
  ...publishDeps(services),
  failpoint(step) {
    if (step !== dieAt) return;
    arrived += 1;
    if (arrived === after) process.kill(process.pid, 'SIGKILL');
  },
};
await Promise.all(due.map(({ id, version }) => publish(deps, id, version)));
// Nothing killed us: the step was never reached, which is a fault of the test.
process.exit(3);
