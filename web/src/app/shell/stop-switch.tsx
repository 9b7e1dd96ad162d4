import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../shared/api.ts';
import { useLanguage, useWords, words } from '../../shared/language.tsx';
import { stopQuery, useMe } from '../../shared/queries.ts';
import { useErrorWords } from '../../shared/states.tsx';
import { dayAndTime } from '../../shared/when.ts';

const texts = words(
  {
    stop: 'Hentikan semua pengiriman',
    stopped: 'Semua pengiriman dihentikan',
    by: (who: string, when: string) => `oleh ${who}, ${when}`,
    open: 'Buka pengiriman lagi',
  },
  {
    stop: 'Stop all sending',
    stopped: 'All sending is stopped',
    by: (who: string, when: string) => `by ${who}, ${when}`,
    open: 'Allow sending again',
  },
);

function useTurn() {
  const cache = useQueryClient();
  const wordsOf = useErrorWords();
  return useMutation({
    mutationFn: (stopped: boolean) => api.stopSwitch.set({ stopped }),
    onSuccess: (now) => cache.setQueryData(stopQuery.queryKey, now),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
  });
}

/** One press stops everything before the next reply leaves. */
export function StopButton() {
  const say = useWords(texts);
  const { may } = useMe();
  const { data } = useQuery(stopQuery);
  const turn = useTurn();
  if (!may('stop-switch.set') || !data || data.stopped) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      className="stop-button"
      onClick={() => turn.mutate(true)}
      loading={turn.isPending}
    >
      {say.stop}
    </Button>
  );
}

export function StopNotice() {
  const say = useWords(texts);
  const { language } = useLanguage();
  const { may } = useMe();
  const { data } = useQuery(stopQuery);
  const turn = useTurn();
  if (!data?.stopped) return null;
  return (
    <div className="stopped" role="status">
      <strong>{say.stopped}</strong>
      {data.by && data.at && <span>{say.by(data.by, dayAndTime(data.at, language))}</span>}
      {may('stop-switch.set') && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => turn.mutate(false)}
          loading={turn.isPending}
        >
          {say.open}
        </Button>
      )}
    </div>
  );
}
