import { Gauge, Registry } from 'prom-client';
import type { ApiDeps } from '../api/deps.ts';
import type { Services } from '../services.ts';
import { listChannels } from '../store/channels.ts';
import { countWaiting } from '../store/mention-work.ts';
import { mentions } from '../store/mentions.ts';
import { countReplies, replies } from '../store/replies.ts';

/** Gauges that are read when somebody asks; nothing is counted in this process alone. */
export function readMetrics(services: Services): ApiDeps['metrics'] {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `tanggap_${name}`, help, labelNames, registers: [registry] });
  const waiting = gauge('mentions_waiting', 'Mentions that wait for their classification');
  const byState = gauge('replies', 'Replies by state', ['state']);
  const jobs = gauge('classify_jobs', 'Jobs in the classify queue, by state', ['state']);
  const success = gauge('channel_last_success_seconds', 'Unix time of the last good poll', ['channel']);
  const healthy = gauge('channel_ok', '1 while the channel polls and may send', ['channel']);
  const { db } = services.database;
  return {
    contentType: registry.contentType,
    token: null,
    async text() {
      waiting.set(await countWaiting(mentions(db)));
      for (const [state, count] of Object.entries(await countReplies(replies(db))))
        byState.set({ state }, count);
      for (const [state, count] of Object.entries(await services.queues.classify.getJobCounts()))
        jobs.set({ state }, count);
      for (const channel of await listChannels(db)) {
        success.set({ channel: channel._id }, (channel.lastSuccessAt?.getTime() ?? 0) / 1_000);
        healthy.set({ channel: channel._id }, channel.state === 'ok' ? 1 : 0);
      }
      return registry.metrics();
    },
  };
}
