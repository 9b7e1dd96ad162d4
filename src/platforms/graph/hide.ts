import { z } from 'zod';
import { TransientError } from '../../core/errors.ts';
import type { Hiding } from '../connector.ts';
import { type GraphClient, transportWords } from './client.ts';
import { throwTrouble, troubleOf } from './errors.ts';

const Done = z.object({ success: z.literal(true) });

/**
 * Hides comments of citizens, at both levels, with one POST each; the same value again changes nothing.
 * @param parameter `is_hidden` on Facebook, `hide` on Instagram. Source: Graph API v26.0, "Comment" and "IG Comment"
 */
export function hidingBy(client: Pick<GraphClient, 'post'>, parameter: 'is_hidden' | 'hide'): Hiding {
  return {
    fits: ({ reach }) => reach === 'comment' || reach === 'comment-reply',
    async set(nativeId, hidden, signal) {
      const answer = await client
        .post([nativeId], { [parameter]: hidden }, signal)
        .catch((error: unknown) => {
          throw new TransientError(`no answer: ${transportWords(error)}`);
        });
      if (troubleOf(answer)) throwTrouble(answer);
      if (!Done.safeParse(answer.body).success)
        throw new TransientError('the platform did not say that it did');
    },
  };
}
