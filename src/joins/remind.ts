import { DAY } from '../core/clock.ts';
import type { RemindDeps } from '../forward/remind.ts';
import type { Services } from '../services.ts';
import { takeStep, unansweredLinks } from '../store/answer-links.ts';
import { cases, newEmergencies } from '../store/cases.ts';
import { inTransaction } from '../store/database.ts';
import { addNotices } from '../store/notices.ts';

const atMost = 1_000;

/** What reminders need (src/forward/remind.ts), over the store. */
export function remindDeps(services: Services): RemindDeps {
  const { client, db } = services.database;
  return {
    clock: services.clock,
    calendar: services.clocks.calendar,
    escalation: services.escalation,
    recipients: services.recipients,
    unanswered: (now) => unansweredLinks(db, services.escalation.chain.length, now, atMost),
    takeStep: (link, notices, now) =>
      inTransaction(client)(async (session) => {
        if (!(await takeStep(db, link, session))) return false;
        await addNotices(db, notices, now, session);
        return true;
      }),
    emergencies: (now) => newEmergencies(cases(db), new Date(now.getTime() - DAY)),
    tell: (notices, now) => addNotices(db, notices, now),
  };
}
