import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBinary } from '../../src/servers/binaries.ts';
import { isRunning } from '../../src/servers/exec.ts';
import { mongodMark, startMongod, waitForEnd } from '../../src/servers/mongod.ts';
import type { Entry } from '../../src/servers/state.ts';
import { startValkey, valkeyMark } from '../../src/servers/valkey.ts';

/** A MongoDB and a Valkey of one test's own, which it may kill. */
export interface OwnServers extends AsyncDisposable {
  readonly dir: string;
  mongoUrl(database: string): string;
  readonly redisUrl: string;
  /** `kill -9`; `restartMongod` brings it back. */
  killMongod(): Promise<void>;
  /** `kill -9`, then the same server again on the same data and port. */
  restartMongod(): Promise<void>;
  /** @param wipe the data directory is deleted in between */
  restartValkey(wipe: boolean): Promise<void>;
}

async function killed(pid: number, mark: string): Promise<void> {
  if (await isRunning(pid, mark)) process.kill(pid, 'SIGKILL');
  await waitForEnd(pid, mark);
}

export async function startOwnServers(): Promise<OwnServers> {
  const checkout = process.cwd();
  const dir = await mkdtemp(path.join(tmpdir(), 'tanggap-e2e-'));
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const options = { dir, checkout };
  const mongoBinary = await findBinary(checkout, 'mongod', say);
  const valkeyBinary = await findBinary(checkout, 'valkey', say);
  let mongod = await startMongod({ ...options, binary: mongoBinary, wishedPort: 0 });
  let valkey = await startValkey({ ...options, binary: valkeyBinary, wishedPort: 0 });

  const samePort = (before: Entry, after: Entry): Entry => {
    if (before.port !== after.port) throw new Error(`somebody took port ${before.port}`);
    return after;
  };
  return {
    dir,
    mongoUrl: (database) =>
      `mongodb://127.0.0.1:${mongod.port}/${database}?replicaSet=rs0&directConnection=true`,
    redisUrl: `redis://127.0.0.1:${valkey.port}`,
    killMongod: () => killed(mongod.pid, mongodMark(mongod, dir)),
    async restartMongod() {
      await killed(mongod.pid, mongodMark(mongod, dir));
      const again = await startMongod({ ...options, binary: mongoBinary, wishedPort: mongod.port });
      mongod = samePort(mongod, again);
    },
    async restartValkey(wipe) {
      await killed(valkey.pid, valkeyMark(valkey, dir));
      if (wipe) await rm(path.join(dir, 'valkey'), { recursive: true, force: true });
      const again = await startValkey({ ...options, binary: valkeyBinary, wishedPort: valkey.port });
      valkey = samePort(valkey, again);
    },
    async [Symbol.asyncDispose]() {
      await killed(valkey.pid, valkeyMark(valkey, dir));
      await killed(mongod.pid, mongodMark(mongod, dir));
      await rm(dir, { recursive: true, force: true });
    },
  };
}
