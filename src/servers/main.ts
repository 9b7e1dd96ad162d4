/** `npm run services -- start|status|stop|wipe [demo|live]`: the servers by hand. */
import { rm } from 'node:fs/promises';
import { serverStatus, setDir, startServers, stopServers } from './server-set.ts';

const [act = 'status', name = 'demo'] = process.argv.slice(2);
const root = process.cwd();
const say = (line: string) => process.stderr.write(`${line}\n`);

switch (act) {
  case 'start': {
    const servers = await startServers({ root, name, say });
    say(`MongoDB ${servers.mongoUrl}\nValkey  ${servers.redisUrl}`);
    break;
  }
  case 'status': {
    const status = await serverStatus(root, name);
    for (const server of ['mongod', 'valkey'] as const) {
      const entry = status[server];
      say(
        entry ? `${server} ${entry.version}, pid ${entry.pid}, port ${entry.port}` : `${server} does not run`,
      );
    }
    break;
  }
  case 'stop':
    await stopServers(root, name);
    break;
  case 'wipe':
    await stopServers(root, name);
    await rm(setDir(root, name), { recursive: true, force: true });
    break;
  default:
    say('use: npm run services -- start|status|stop|wipe [demo|live]');
    process.exitCode = 2;
}
