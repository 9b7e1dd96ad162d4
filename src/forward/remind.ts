import { isOfficeTime, type OfficeHours, officeHoursBetween } from '../cases/office-hours.ts';
import type { WorkCalendar } from '../cases/working-days.ts';
import type { Clock } from '../core/clock.ts';
import { type AnswerLink, askedAtOf, type EscalationStep, type Recipient } from '../domain/forward.ts';
import type { CaseNumber } from '../domain/ids.ts';
import type { AlarmRules } from './alarms.ts';
import type { NewNotice } from './forward.ts';

export interface Escalation {
  readonly officeHours: OfficeHours;
  /** Who is told of emergencies, at any hour. */
  readonly emergencyRole: string;
  /** By rising hours. */
  readonly chain: readonly EscalationStep[];
  readonly alarms: AlarmRules;
}

export interface RemindDeps {
  readonly clock: Clock;
  readonly calendar: WorkCalendar;
  readonly escalation: Escalation;
  readonly recipients: readonly Recipient[];
  readonly unanswered: (now: Date) => Promise<readonly AnswerLink[]>;
  /** One step further with its notices, all or nothing; false when another process took it. */
  readonly takeStep: (link: AnswerLink, notices: readonly NewNotice[], now: Date) => Promise<boolean>;
  /** New emergencies that nobody has looked at. */
  readonly emergencies: (now: Date) => Promise<readonly CaseNumber[]>;
  /** The same notice twice is one. */
  readonly tell: (notices: readonly NewNotice[], now: Date) => Promise<void>;
}

/**
 * Reminds who has not answered, and tells the next in the chain when he stays silent, also past the days of his link; in
 * office hours only. Emergencies
 * go to the duty officers at any hour, once each.
 * @returns how many links went one step further
 */
export async function remind(deps: RemindDeps): Promise<number> {
  const now = deps.clock.now();
  await tellEmergencies(deps, now);
  const { calendar, escalation } = deps;
  if (!isOfficeTime(calendar, escalation.officeHours, now)) return 0;
  let taken = 0;
  for (const link of await deps.unanswered(now)) {
    const step = escalation.chain[link.steps];
    if (!step) continue;
    const waited = officeHoursBetween(calendar, escalation.officeHours, askedAtOf(link), now);
    if (waited < step.afterOfficeHours) continue;
    const notices = recipientsOf(deps, link, step).map((recipient) => reminder(link, recipient));
    if (await deps.takeStep(link, notices, now)) taken += 1;
  }
  return taken;
}

/** The recipient himself at his own step; above him those of the agency, and those of no agency. */
function recipientsOf(
  { recipients }: RemindDeps,
  link: AnswerLink,
  { role }: EscalationStep,
): readonly Recipient[] {
  if (role === link.recipient.role) return [link.recipient];
  return recipients.filter((one) => one.role === role && (one.agency === link.agency || one.agency === null));
}

/** Once per question, step and person, however many of the agency were asked at once. */
function reminder(link: AnswerLink, recipient: Recipient): NewNotice {
  const { _id: linkId, caseId, steps } = link;
  const _id = `n-pengingat-${caseId}-${askedAtOf(link).getTime()}-${steps + 1}-${recipient.id}`;
  return { _id, kind: 'pengingat', caseId, linkId, recipient, codeNumber: null };
}

async function tellEmergencies(deps: RemindDeps, now: Date): Promise<void> {
  const onDuty = deps.recipients.filter((one) => one.role === deps.escalation.emergencyRole);
  if (onDuty.length === 0) return;
  const notices = (await deps.emergencies(now)).flatMap((caseId) =>
    onDuty.map((recipient) => ({
      _id: `n-darurat-${caseId}-${recipient.id}`,
      kind: 'darurat' as const,
      caseId,
      linkId: null,
      recipient,
      codeNumber: null,
    })),
  );
  if (notices.length > 0) await deps.tell(notices, now);
}
