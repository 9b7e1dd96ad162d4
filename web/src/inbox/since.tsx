import { useQuery } from '@tanstack/react-query';
import { api } from '../shared/api.ts';
import { useLanguage, useWords, words } from '../shared/language.tsx';
import { countText } from '../shared/number-text.ts';
import { dayAndTime } from '../shared/when.ts';

const texts = words(
  {
    since: 'Sejak Anda terakhir masuk:',
    day: 'Dalam 24 jam terakhir:',
    messages: (n: string) => `${n} pesan`,
    emergencies: (n: string) => `${n} kejadian darurat`,
    oldest: (at: string) => ` (tertua ${at})`,
    similar: (n: string) => `${n} serupa`,
    filtered: (n: string) => `${n} tersaring`,
    late: (n: string) => `${n} masuk terlambat`,
  },
  {
    since: 'Since your last login:',
    day: 'In the last 24 hours:',
    messages: (n: string) => `${n} messages`,
    emergencies: (n: string) => `${n} emergencies`,
    oldest: (at: string) => ` (oldest ${at})`,
    similar: (n: string) => `${n} similar`,
    filtered: (n: string) => `${n} filtered`,
    late: (n: string) => `${n} arrived late`,
  },
);

/** What happened while nobody looked. */
export function SinceLastSeen() {
  const say = useWords(texts);
  const { language } = useLanguage();
  const { data } = useQuery({
    queryKey: ['threads', 'since'],
    queryFn: () => api.threads.sinceLastSeen({}),
    staleTime: 60_000,
  });
  if (!data) return null;
  const shown = (counted: typeof data.messages) => countText(counted, language);
  const oldest = data.oldestEmergencyAt ? say.oldest(dayAndTime(data.oldestEmergencyAt, language)) : '';
  const parts = [
    say.messages(shown(data.messages)),
    data.emergencies.count > 0 && `${say.emergencies(shown(data.emergencies))}${oldest}`,
    data.similar.count > 0 && say.similar(shown(data.similar)),
    data.filtered.count > 0 && say.filtered(shown(data.filtered)),
    data.arrivedLate.count > 0 && say.late(shown(data.arrivedLate)),
  ];
  return (
    <p className="since">
      {data.since === null ? say.day : say.since} {parts.filter(Boolean).join(', ')}
    </p>
  );
}
