import { Anchor, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { replyStateWords } from '../../../src/api/contract/words.ts';
import { now } from '../shared/clock.ts';
import { useLanguage, useWords } from '../shared/language.tsx';
import { dayAndTime } from '../shared/when.ts';
import type { Review } from './review-query.ts';
import { approvalWords } from './words.ts';

type Reply = Review['reply'];

const way = ['draft', 'submitted', 'approved', 'released', 'sent'] as const;

/** Seconds until it may leave; null when it may already. */
function useHold(reply: Reply): number | null {
  const [, tick] = useState(0);
  const until =
    reply.state === 'released' && reply.notBefore !== null ? new Date(reply.notBefore).getTime() : 0;
  const left = Math.ceil((until - now().getTime()) / 1_000);
  useEffect(() => {
    if (until === 0) return;
    const timer = window.setInterval(() => tick((n) => n + 1), 1_000);
    return () => window.clearInterval(timer);
  }, [until]);
  return left > 0 ? left : null;
}

/** Disetujui → Antre → Terkirim, with the hold, the link, or what went wrong in the platform's words. */
export function StatusRail({ reply }: { readonly reply: Reply }) {
  const [say, states] = [useWords(approvalWords), useWords(replyStateWords)];
  const { language } = useLanguage();
  const hold = useHold(reply);
  const steps = (way as readonly string[]).includes(reply.state) ? way : [...way.slice(0, 4), reply.state];
  const at = (steps as readonly string[]).indexOf(reply.state);
  return (
    <section aria-label={say.rail}>
      <ol className="way">
        {steps.map((step, n) => (
          <li key={step} aria-current={n === at ? 'step' : undefined} data-done={n < at || undefined}>
            {states[step]}
          </li>
        ))}
      </ol>
      <div role="status">
        {hold !== null && <Text size="sm">{say.holdFor(hold)}</Text>}
        {reply.sent && (
          <Text size="sm">
            {say.sentAt(dayAndTime(reply.sent.at, language))}{' '}
            {reply.sent.url && (
              <Anchor href={reply.sent.url} target="_blank" rel="noreferrer" size="sm">
                {say.seeIt}
              </Anchor>
            )}
          </Text>
        )}
        {reply.state === 'needs_person' && <Text size="sm">{say.lookFirst}</Text>}
        {reply.reason && (
          <Text size="sm" className="citizen">
            {say.platformSays} {reply.reason}
          </Text>
        )}
      </div>
    </section>
  );
}
