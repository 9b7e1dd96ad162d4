import { stepCase } from '../cases/step.ts';
import { RefusedError } from '../core/errors.ts';
import { systemUser } from '../domain/ids.ts';
import type { SendReportDeps } from '../publish/send-report.ts';
import type { Services } from '../services.ts';
import { cases, moveBySystem } from '../store/cases.ts';
import { findSentAs, noteDelivery, replies } from '../store/replies.ts';
import { publishDeps } from './publish.ts';

/** What reading a platform's reports on our replies needs (src/publish/send-report.ts). */
export function sendReportDeps(services: Services): SendReportDeps {
  const { db } = services.database;
  return {
    ...publishDeps(services),
    findSentAs: (nativeId) => findSentAs(replies(db), nativeId),
    noteDelivery: (id, report) => noteDelivery(replies(db), id, report),
    async reopenCase(id, note) {
      const move = { verb: 'buka kembali', by: systemUser, at: services.clock.now(), note } as const;
      try {
        await moveBySystem(cases(db), id, move, (seen, step) => stepCase(services.clocks, seen, step));
      } catch (error) {
        // Open already: a person or the citizen was faster.
        if (!(error instanceof RefusedError)) throw error;
      }
    },
  };
}
