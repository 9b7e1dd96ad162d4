import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import type { JobQueue, QueueKind } from './queues.ts';

/**
 * The queues for who runs the installation: what waits, runs and failed, and why. Read-only; jobs hold ids, no texts.
 * @param under the path where it is mounted
 */
export function queueBoard(queues: readonly JobQueue<QueueKind>[], under: string): Hono {
  const server = new HonoAdapter(serveStatic);
  server.setBasePath(under);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: server,
    options: { uiConfig: { boardTitle: 'Tanggap', hideRedisDetails: true } },
  });
  return server.registerPlugin() as unknown as Hono;
}
