import { Stack } from '@mantine/core';
import { useWords } from '../../shared/language.tsx';
import { settingsWords } from '../search.ts';
import { ListTable } from './list-table.tsx';

/** The parts of Pengaturan that are lists; a part of two lists names each. */
/** What stands above the office's letters. */
export function Office() {
  return <ListTable list="letterhead" />;
}

export function Agencies() {
  return <ListTable list="agencies" />;
}

export function Subjects() {
  return <ListTable list="subjects" />;
}

export function PlacesAndSpellings() {
  const say = useWords(settingsWords);
  return (
    <Stack gap="xl">
      <ListTable list="places" title={say.places} />
      <ListTable list="spellings" title={say.spellings} />
    </Stack>
  );
}

export function Rules() {
  const say = useWords(settingsWords);
  return (
    <Stack gap="xl">
      <ListTable list="wordGroups" title={say.wordGroups} />
      <ListTable list="subjectRules" title={say.subjectRules} />
      <ListTable list="agencyRules" title={say.agencyRules} />
    </Stack>
  );
}

export function Templates() {
  return <ListTable list="templates" />;
}

export function Clocks() {
  const say = useWords(settingsWords);
  return (
    <Stack gap="xl">
      <ListTable list="clocks" title={say.clocks} />
      <ListTable list="holidays" title={say.holidays} />
    </Stack>
  );
}

export function Escalation() {
  const say = useWords(settingsWords);
  return (
    <Stack gap="xl">
      <ListTable list="escalation" title={say.chain} />
      <ListTable list="recipients" title={say.recipients} />
    </Stack>
  );
}
