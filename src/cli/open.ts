import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type LoadedClassifier, loadClassifier } from '../classify/load.ts';
import { systemClock } from '../core/clock.ts';
import { ChannelConfig, type Config, ConfigError, readConfig } from '../core/config.ts';
import { openLog, silentLog } from '../core/log.ts';
import { projectRoot } from '../core/root.ts';
import { officeClassifier } from '../joins/office-classifier.ts';
import { runningMongoUrl, type ServerSet, startServers } from '../servers/server-set.ts';
import { type OpenOptions, openServices, type Services } from '../services.ts';
import { openDatabase } from '../store/database.ts';
import { claimHome, keptSecret } from './home.ts';
import { say } from './output.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** What a command works with: our servers (started if they do not run) and everything that is opened on them. */
export interface Installation extends AsyncDisposable {
  readonly config: Config;
  readonly servers: ServerSet;
  readonly services: Services;
}

/** The demo's accounts on the simulators, written by `tanggap start`. */
export function channelsFile(config: Config): string {
  return path.join(config.home, 'channels.json');
}

async function channelsOf(config: Config): Promise<readonly ChannelConfig[]> {
  if (config.mode === 'live') return config.channels;
  const text = await readFile(channelsFile(config), 'utf8').catch(() => '[]');
  return z.array(ChannelConfig).parse(JSON.parse(text));
}

/** @throws {ConfigError} in words for the person at the keyboard */
export function readHome(env: Env): Config {
  return readConfig(env, projectRoot);
}

export async function startOurServers(config: Config): Promise<ServerSet> {
  await claimHome(config.home, config.mode);
  return startServers({
    root: projectRoot,
    dir: config.home,
    say: (line) => say(`tanggap: ${line}`),
    given: { mongoUrl: config.mongoUrl, redisUrl: config.redisUrl },
  });
}

export async function openOn(
  config: Config,
  servers: Pick<ServerSet, 'mongoUrl' | 'redisUrl'>,
  channels?: readonly ChannelConfig[],
  demo: Pick<OpenOptions, 'recipients' | 'mail' | 'lateAfterMs'> = {},
): Promise<Services> {
  return openServices({
    config,
    channels: channels ?? (await channelsOf(config)),
    mongoUrl: servers.mongoUrl,
    redisUrl: servers.redisUrl,
    auditKey: config.auditKey ?? (await keptSecret(config.home, 'audit.key')),
    secretKey: config.secretKey ?? (await keptSecret(config.home, 'secret.key')),
    clock: systemClock,
    log: openLog(config.logLevel),
    ...demo,
  });
}

/** A classifier, and whether it is the office's own or only what ships. */
export interface FoundClassifier {
  readonly classifier: LoadedClassifier;
  readonly isOffices: boolean;
}

/** The office's classifier when its database answers, else the shipped one. Starts no server. */
export async function findClassifier(env: Env): Promise<FoundClassifier> {
  const config = readHome(env);
  const url = config.mongoUrl ?? (await runningMongoUrl(projectRoot, config.home));
  const office = url === null ? null : await readOffice(url, config.database);
  return { classifier: office ?? loadClassifier(projectRoot), isOffices: office !== null };
}

async function readOffice(url: string, name: string): Promise<LoadedClassifier | null> {
  try {
    await using database = await openDatabase(url, name);
    return await officeClassifier(database.db, projectRoot, { clock: systemClock, log: silentLog });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    say(`tanggap: ${error.message}`);
    return null;
  }
}

export async function openInstallation(env: Env): Promise<Installation> {
  const config = readHome(env);
  const servers = await startOurServers(config);
  try {
    const services = await openOn(config, servers);
    return {
      config,
      servers,
      services,
      async [Symbol.asyncDispose]() {
        await services[Symbol.asyncDispose]();
        await servers.stop();
      },
    };
  } catch (error) {
    await servers.stop();
    throw error;
  }
}
