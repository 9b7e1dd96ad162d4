import { type Recap, type RecapPeriod, recap } from '../analyze/recap.ts';
import type { Services } from '../services.ts';
import { countCases, countMessages } from '../store/recap.ts';

export function readRecap({ database, clock }: Services, period: RecapPeriod): Promise<Recap> {
  const { db } = database;
  return recap(
    {
      clock,
      countCases: (moments, now) => countCases(db, moments, now),
      countMessages: (moments) => countMessages(db, moments),
    },
    period,
  );
}
