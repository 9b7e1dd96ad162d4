import { Select } from '@mantine/core';
import { useWords } from '../../shared/language.tsx';
import { usePlatformNames } from '../../shared/platform-names.ts';
import { fileWords, type Portal, portals } from './words.ts';

export function PortalSelect(props: { readonly value: Portal; readonly onChange: (to: Portal) => void }) {
  const say = useWords(fileWords);
  const platformNames = usePlatformNames();
  return (
    <Select
      label={say.portal}
      data={portals.map((value) => ({ value, label: platformNames[value] ?? value }))}
      value={props.value}
      allowDeselect={false}
      onChange={(value) => props.onChange(portals.find((one) => one === value) ?? props.value)}
    />
  );
}
