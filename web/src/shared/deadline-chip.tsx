import { openDeadline } from '../../../src/api/contract/deadline.ts';
import { Chip } from './chip.tsx';
import { useLanguage } from './language.tsx';
import { useCalendar } from './queries.ts';
import { deadline } from './when.ts';

/** "sisa 3 hari kerja", red when it is over; nothing when there is no deadline, or nobody has to meet it any more. */
export function DeadlineChip({
  of,
  now,
}: {
  readonly of: Parameters<typeof openDeadline<string>>[0];
  readonly now: Date;
}) {
  const { language } = useLanguage();
  const calendar = useCalendar();
  const at = openDeadline(of);
  if (at === null) return null;
  const { text, tone } = deadline(at, { now, calendar, language });
  return <Chip tone={({ late: 'bad', near: 'warn', calm: 'plain' } as const)[tone]}>{text}</Chip>;
}
