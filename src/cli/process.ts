import { ConfigError } from '../core/config.ts';
import { explain } from '../core/explain.ts';
import { OpenStack } from '../core/stack.ts';
import type { Services } from '../services.ts';
import { type Env, openOn, readHome } from './open.ts';
import { say } from './output.ts';

/** Resolves at the first SIGINT or SIGTERM. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

/**
 * One process of a larger installation: opens the services on servers that run already, does its part until a signal,
 * then closes everything in turn.
 */
export async function openProcess(
  env: Env,
  part: (services: Services, stack: OpenStack) => Promise<void>,
): Promise<void> {
  try {
    const config = readHome(env);
    if (!config.mongoUrl || !config.redisUrl) {
      throw new ConfigError(
        'Proses terpisah perlu MONGODB_URL dan REDIS_URL. / A separate process needs MONGODB_URL and REDIS_URL.',
      );
    }
    await using stack = new OpenStack();
    const servers = { mongoUrl: config.mongoUrl, redisUrl: config.redisUrl };
    const services = stack.use(await openOn(config, servers));
    await part(services, stack);
    services.log.info('ready', { pid: process.pid });
    say('siap / ready');
    await untilStopped();
  } catch (thrown) {
    const { words, exitCode } = explain(thrown);
    say(words);
    process.exitCode = exitCode;
  }
}
