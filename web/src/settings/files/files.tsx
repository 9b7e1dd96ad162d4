import { Stack } from '@mantine/core';
import { useMe } from '../../shared/queries.ts';
import { ExportCard } from './export-card.tsx';
import { ImportCard } from './import-card.tsx';

/** Impor dan ekspor: files from the portals, and what is carried back into them. */
export function PortalFiles() {
  const { may } = useMe();
  return (
    <Stack gap="xl">
      {may('import.run') && <ImportCard />}
      <ExportCard />
    </Stack>
  );
}
