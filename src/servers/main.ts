/** `npm run services -- start|status|stop|wipe`: the servers by hand. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { explain } from '../core/explain.ts';
import { serverStatus, startServers, stopServers } from './server-set.ts';

const [act = 'status'] = process.argv.slice(2);
const root = process.cwd();
const dir = path.resolve(root, process.env.TANGGAP_HOME ?? '.services/data');
const say = (line: string) => process.stderr.write(`${line}\n`);

async function isLive(): Promise<boolean> {
  const mode = await readFile(path.join(dir, 'mode'), 'utf8').catch(() => '');
  return mode.trim() === 'live';
}

async function run(): Promise<void> {
  switch (act) {
    case 'start': {
      const servers = await startServers({ root, dir, say });
      say(`MongoDB ${servers.mongoUrl}\nValkey  ${servers.redisUrl}`);
      break;
    }
    case 'status': {
      const status = await serverStatus(root, dir);
      for (const server of ['mongod', 'valkey'] as const) {
        const entry = status[server];
        say(
          entry
            ? `${server} ${entry.version}, pid ${entry.pid}, port ${entry.port}`
            : `${server} does not run`,
        );
      }
      break;
    }
    case 'stop':
      await stopServers(root, dir);
      break;
    case 'wipe':
      if (await isLive()) {
        say(
          'Folder ini berisi DATA SUNGGUHAN dan tidak dihapus. / This folder holds live data and is not wiped.',
        );
        process.exitCode = 1;
        break;
      }
      await stopServers(root, dir);
      await rm(dir, { recursive: true, force: true });
      break;
    default:
      say('use: npm run services -- start|status|stop|wipe');
      process.exitCode = 2;
  }
}

try {
  await run();
} catch (thrown) {
  const { words, exitCode } = explain(thrown);
  say(words);
  process.exitCode = exitCode;
}
