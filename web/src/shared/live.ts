import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { LiveEvent } from '../../../src/api/contract/live.ts';

/** Whether the line to the server stands. */
let connected = true;
const listeners = new Set<() => void>();

function setConnected(now: boolean): void {
  if (now === connected) return;
  connected = now;
  for (const tell of listeners) tell();
}

/** What is asked again after an event; the list itself never, it changes under nobody's hands. */
function refresh(cache: QueryClient, event: LiveEvent): void {
  const again = (...queryKey: string[]) => void cache.invalidateQueries({ queryKey });
  switch (event.what) {
    case 'beat':
      return;
    case 'hello':
    case 'resync':
    case 'settings':
      void cache.invalidateQueries({
        predicate: ({ queryKey: [what, kind] }) => !(what === 'threads' && kind === 'list'),
      });
      return;
    case 'thread':
      again('case', event.id);
      again('mention', event.id);
      again('threads', 'counts');
      again('threads', 'newest');
      return;
    case 'list':
      again('threads', 'counts');
      return;
    case 'reply':
      again('review', event.id);
      again('case', event.caseNumber);
      again('drafts');
      return;
    case 'channel':
      again('channels');
      return;
    case 'stop-switch':
      again('stop-switch');
      return;
    case 'presence':
    case 'claim':
      again('case', event.id);
      again('claim', event.id);
  }
}

/**
 * One stream of events for this page, until it is closed. The browser connects again by itself and names the last event
 * that it had, so nothing is lost between. @returns closes it
 */
export function openLive(cache: QueryClient): () => void {
  const source = new EventSource('/api/events');
  source.onopen = () => setConnected(true);
  source.onerror = () => setConnected(false);
  source.onmessage = ({ data }: MessageEvent<string>) => {
    setConnected(true);
    refresh(cache, JSON.parse(data) as LiveEvent);
  };
  return () => source.close();
}

export function useLine(): boolean {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => connected,
  );
}
