import { randomInt } from 'node:crypto';
import net from 'node:net';

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(null));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}

/**
 * Ports below those that the kernel gives to outgoing connections (from 32768 on Linux): a server that is started again
 * would now and then find its own port taken by some client's connection.
 */
const serverPorts = { from: 15_000, to: 32_767 };

/** The wished port when it is free, else a free one of {@link serverPorts}. */
export async function freePort(wished = 0): Promise<number> {
  if (wished !== 0 && (await tryPort(wished)) !== null) return wished;
  for (let tries = 0; tries < 50; tries += 1) {
    const port = await tryPort(randomInt(serverPorts.from, serverPorts.to));
    if (port !== null) return port;
  }
  throw new Error('no free port on 127.0.0.1');
}

/** Resolves when something listens there; rejects after `timeoutMs`. */
export async function waitForPort(port: number, timeoutMs: number): Promise<void> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect({ port, host: '127.0.0.1' });
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    if (performance.now() > until)
      throw new Error(`nothing listens on 127.0.0.1:${port} after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
