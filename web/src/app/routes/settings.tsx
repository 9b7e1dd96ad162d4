import { Stack, Title } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Audit } from '../../settings/audit.tsx';
import { Channels } from '../../settings/channels.tsx';
import {
  Agencies,
  Clocks,
  Escalation,
  Office,
  PlacesAndSpellings,
  Rules,
  Subjects,
  Templates,
} from '../../settings/lists/parts.tsx';
import { Receipts } from '../../settings/receipts.tsx';
import { type SettingsPart, settingsActs, settingsParts, settingsWords } from '../../settings/search.ts';
import { Users } from '../../settings/users.tsx';
import { useWords } from '../../shared/language.tsx';
import { useMe } from '../../shared/queries.ts';
import { Loading } from '../../shared/states.tsx';
import { ViewsNav } from '../../shared/views-nav.tsx';

const Classifier = lazy(async () => ({
  default: (await import('../../settings/classifier/page.tsx')).Classifier,
}));
const PortalFiles = lazy(async () => ({
  default: (await import('../../settings/files/files.tsx')).PortalFiles,
}));

const here = getRouteApi('/desk/pengaturan');

const parts: Readonly<Record<SettingsPart, React.ComponentType>> = {
  kanal: Channels,
  berkas: PortalFiles,
  kantor: Office,
  opd: Agencies,
  pokok: Subjects,
  tempat: PlacesAndSpellings,
  aturan: Rules,
  klasifikasi: Classifier,
  templat: Templates,
  'tanda-terima': Receipts,
  batas: Clocks,
  eskalasi: Escalation,
  pengguna: Users,
  audit: Audit,
};

/** Pengaturan: only the parts that this person may see. */
export function SettingsPage() {
  const say = useWords(settingsWords);
  const { may } = useMe();
  const { bagian } = here.useSearch();
  const seen = settingsParts.filter((part) => may(settingsActs[part]));
  const part = seen.find((one) => one === bagian) ?? seen[0];
  if (!part) return null;
  const Part = parts[part];
  return (
    <div className="settings">
      <ViewsNav label={say.title} at={part}>
        {seen.map((one) => (
          <Link
            key={one}
            to="/pengaturan"
            search={{ bagian: one }}
            aria-current={one === part ? 'page' : undefined}
          >
            {say[one]}
          </Link>
        ))}
      </ViewsNav>
      <Stack className="detail-pane">
        <Title order={1} size="h4">
          {say[part]}
        </Title>
        <Suspense fallback={<Loading />}>
          <Part />
        </Suspense>
      </Stack>
    </div>
  );
}
