import { useQuery } from '@tanstack/react-query';
import { problemOf } from '../../shared/api.ts';
import { useWords, words } from '../../shared/language.tsx';
import { useLine } from '../../shared/live.ts';
import { healthQuery } from '../../shared/queries.ts';

const texts = words(
  {
    on: 'Tersambung',
    off: 'Terputus, menyambung lagi…',
    notice: 'Terputus dari server. Tulisan Anda tersimpan di peramban ini; kami menyambung lagi.',
  },
  {
    on: 'Connected',
    off: 'Disconnected, connecting again…',
    notice: 'No connection to the server. What you type is kept in this browser; we keep trying.',
  },
);

/** A refusal is an answer too; only silence, or a server that says it is not ready, is a lost connection. */
function useConnected(): boolean {
  const health = useQuery(healthQuery);
  const line = useLine();
  if (!line || health.fetchStatus === 'paused') return false;
  const problem = problemOf(health.error);
  return !health.isError && health.failureCount === 0 ? true : problem !== null && problem.status < 500;
}

export function ConnectionDot() {
  const say = useWords(texts);
  const connected = useConnected();
  return (
    <span role="status">
      <span className="dot" data-state={connected ? 'ok' : 'bad'} aria-hidden />{' '}
      <span className="only-wide">{connected ? say.on : say.off}</span>
      {connected && <span className="visually-hidden">{say.on}</span>}
    </span>
  );
}

export function ConnectionNotice() {
  const say = useWords(texts);
  if (useConnected()) return null;
  return (
    <div className="offline" role="alert">
      {say.notice}
    </div>
  );
}
