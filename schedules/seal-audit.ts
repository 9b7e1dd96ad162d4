import { SECOND } from '../src/core/clock.ts';
import { sealAudit } from '../src/store/audit.ts';
import type { Schedule } from './schedule.ts';

/** Links new audit entries into the sealed chain: within five seconds, so that little can be lost unseen. */
export const sealNewAudit: Schedule = {
  name: 'seal-audit',
  every: { ms: 5 * SECOND },
  async run(services) {
    const { sealed, seq, last } = await sealAudit(services.database.db, services.auditKey);
    if (sealed > 0) services.log.info('audit sealed', { sealed, seq, last });
  },
};
