import { Button, Menu, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../shared/api.ts';
import { useWords } from '../shared/language.tsx';
import { Failed } from '../shared/states.tsx';
import { approvalWords } from './words.ts';

interface Props {
  readonly number: string;
  /** @param template null: one's own words */
  readonly onPick: (template: { readonly id: string; readonly text: string } | null) => void;
}

/** The templates as they would read for this case; `/` in an empty field opens it. */
export function TemplatesMenu({ number, onPick }: Props) {
  const say = useWords(approvalWords);
  const list = useQuery({
    queryKey: ['templates', number],
    queryFn: () => api.drafts.templates({ number }),
    staleTime: 60_000,
  });
  return (
    <Menu position="bottom-start" width={420}>
      <Menu.Target>
        <Button size="compact-sm" variant="default" className="templates">
          {say.templates}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="template-list">
        <Menu.Item onClick={() => onPick(null)}>
          <Text size="sm" fw={600}>
            {say.ownWords}
          </Text>
          <Text size="xs">{say.ownWordsHint}</Text>
        </Menu.Item>
        {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {(list.data ?? []).map((one) => (
          <Menu.Item key={one.id} onClick={() => onPick(one)}>
            <Text size="sm" fw={600}>
              {one.situation} {one.fits && `· ${say.fits}`}
            </Text>
            <Text size="xs" lineClamp={2}>
              {one.text}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
