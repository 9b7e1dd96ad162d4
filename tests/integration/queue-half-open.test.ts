import net from 'node:net';
import { expect, test } from '@jest/globals';
import { openQueue, openRedis } from '../../src/queues/queues.ts';
import { startTestServices } from '../support/services.ts';

/** A way to the queue's server that can go silent: connections stand, and nothing comes through any more. */
async function silentWay(to: URL) {
  const sockets = new Set<net.Socket>();
  let isSilent = false;
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(to.port), to.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    client.on('data', (data) => isSilent || upstream.write(data));
    upstream.on('data', (data) => isSilent || client.write(data));
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `redis://127.0.0.1:${port}`,
    setSilent: (silent: boolean) => {
      isSilent = silent;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

// Planted: no `commandTimeout` → the call hung for as long as it was watched.
test('a queue server that stands there and says nothing hangs no producer', async () => {
  await using services = await startTestServices();
  await using way = await silentWay(new URL(services.redisUrl));
  const redis = openRedis(way.url, false);
  redis.on('error', () => {});
  await new Promise((resolve) => redis.once('ready', resolve));
  const queue = openQueue({ redis, prefix: services.queuePrefix }, 'upkeep');
  await queue.add('upkeep', { task: 'first' });
  way.setSilent(true);
  const late = new Promise((resolve) => setTimeout(resolve, 10_000, 'hangs').unref());
  const second = queue.add('upkeep', { task: 'second' }).then(
    () => 'queued',
    (error: Error) => error.message,
  );
  try {
    expect(await Promise.race([second, late])).toMatch(/timed out/i);
  } finally {
    redis.disconnect();
  }
}, 20_000);
