import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { claimHome } from '../../src/cli/home.ts';
import { ConfigError } from '../../src/core/config.ts';
import { explain } from '../../src/core/explain.ts';
import { answersAtStart, openRedis } from '../../src/queues/queues.ts';
import { freePort } from '../../src/servers/ports.ts';

/** What stops a start is told in two languages, with what to do, and without a stack. */
function expectClear(words: string, whatToDo: RegExp): void {
  expect(words).toMatch(/ \/ /);
  expect(words).toMatch(whatToDo);
  expect(words).not.toMatch(/\n\s+at /);
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: refused, mkdir '/data/tanggap'`), {
    code,
    syscall: 'mkdir',
    path: '/data/tanggap',
  });
}

// Planted: the wrong code looked up in machineFault → every row shows its stack, and this fails.
test.each([
  ['ENOSPC', /kosongkan ruang.*make room/],
  ['EACCES', /TANGGAP_HOME.*TANGGAP_HOME/],
  ['EROFS', /TANGGAP_HOME/],
  ['EADDRINUSE', /PORT lain.*another PORT/],
])('%s of the machine', (code, whatToDo) => {
  const { words, exitCode } = explain(systemError(code));
  expectClear(words, whatToDo);
  expect(words).toContain('/data/tanggap');
  expect(exitCode).toBe(2);
});

test('a file where the folder should be', async () => {
  const file = path.join(tmpdir(), `tanggap-file-${process.pid}`);
  await writeFile(file, '');
  const thrown: unknown = await claimHome(file, 'demo').catch((error: unknown) => error);
  expectClear(explain(thrown).words, /pindahkan.*move it/);
});

test('the database went away', () => {
  const lost = Object.assign(new Error('connection closed'), { name: 'MongoPoolClearedError' });
  expectClear(explain(lost).words, /ruang penyimpanan.*room on the disk/);
});

test('a bug of ours keeps its stack', () => {
  expect(explain(new Error('oops')).words).toMatch(/oops\n\s+at /);
});

test('Node is too old', () => {
  const older = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.0'})";
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', older, 'scripts/bootstrap.mjs', 'start'],
    { encoding: 'utf8' },
  );
  expect(status).toBe(1);
  expectClear(stderr, /18\.20\.0 terlalu lama, perlu ≥ 20\.19.*is too old/);
});

describe('the queue server', () => {
  let stop: () => void = () => {};
  afterEach(() => stop());

  /** Speaks just enough to be asked for its version. */
  async function aRedisOf(version: string): Promise<string> {
    const port = await freePort();
    const server = net.createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (asked) => {
        const info = `# Server\r\nredis_version:${version}\r\nloading:0\r\n`;
        for (const command of asked
          .toString()
          .split(/^\*\d+\r\n/m)
          .slice(1)) {
          socket.write(/\binfo\b/i.test(command) ? `$${info.length}\r\n${info}\r\n` : '+OK\r\n');
        }
      });
    });
    stop = () => server.close();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return `redis://127.0.0.1:${port}`;
  }

  test.each([
    ['5.0.14', true],
    ['6.0.16', true],
    ['6.2.0', false],
    ['7.2.4', false],
  ])('Redis %s, refused: %s', async (version, refused) => {
    const redis = openRedis(await aRedisOf(version), true);
    const thrown: unknown = await answersAtStart(redis).catch((error: unknown) => error);
    redis.disconnect();
    if (!refused) {
      expect(thrown).toBeUndefined();
      return;
    }
    expect(thrown).toBeInstanceOf(ConfigError);
    expectClear(explain(thrown).words, new RegExp(`${version} terlalu lama.*≥ 6\\.2`));
  });
});
