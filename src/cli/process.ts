import { ConfigError } from '../core/config.ts';
import { explain } from '../core/explain.ts';
import { OpenStack } from '../core/stack.ts';
import type { Services } from '../services.ts';
import { type Env, openOn, readHome } from './open.ts';
import { say } from './output.ts';

/**
 * Aborted by the first SIGINT or SIGTERM from now on. Asked for before anything is opened: a signal during the start
 * would else end us at once, and the servers that we started would stay.
 */
export function stopAsked(): AbortSignal {
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => asked.abort());
  return asked.signal;
}

/** Resolves when it is aborted. */
export function untilStopped(asked: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (asked.aborted) resolve();
    else asked.addEventListener('abort', () => resolve(), { once: true });
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
  const stop = stopAsked();
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
    await untilStopped(stop);
  } catch (thrown) {
    const { words, exitCode } = explain(thrown);
    say(words);
    process.exitCode = exitCode;
  }
}
