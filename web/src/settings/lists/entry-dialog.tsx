import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { useErrorWords } from '../../shared/states.tsx';
import { Conflict } from './conflict.tsx';
import { FieldInput } from './field-input.tsx';
import { at, put } from './fields.ts';
import { isSingle, isWordList, type Kept, type ListName } from './lists.ts';
import { PreviewPane } from './preview.tsx';
import { shapes } from './shapes.ts';
import { useEntry } from './use-entry.ts';
import { listWords } from './words.ts';

interface Props {
  readonly list: ListName;
  /** Null: a new one. */
  readonly kept: Kept | null;
  readonly mayEdit: boolean;
  readonly onClose: () => void;
}

type Editing = ReturnType<typeof useEntry>;

/** Why it was not kept. */
function Trouble({ editing, onClose }: { readonly editing: Editing; readonly onClose: () => void }) {
  const say = useWords(listWords);
  const wordsOf = useErrorWords();
  const { error, refusal, isConflict, settle } = editing;
  if (!error) return null;
  if (isConflict) {
    return (
      <Conflict
        refusal={refusal}
        onTake={() => (refusal.entry ? settle(refusal.entry) : onClose())}
        onKeep={() => {
          settle(null);
          notifications.show({ message: say.keepHint });
        }}
      />
    );
  }
  return (
    <Alert color="red" role="alert">
      {wordsOf(error)}
    </Alert>
  );
}

/** Asks once more before the entry is gone. */
function Remove({ editing }: { readonly editing: Editing }) {
  const say = useWords(listWords);
  const [sure, setSure] = useState(false);
  return (
    <Button
      variant="default"
      loading={editing.drop.isPending}
      onClick={() => (sure ? editing.drop.mutate() : setSure(true))}
    >
      {sure ? say.removeSure : say.remove}
    </Button>
  );
}

/** One entry of a list, to look at or to edit; keywords show at once what they would match. */
export function EntryDialog({ list, kept, mayEdit, onClose }: Props) {
  const say = useWords(listWords);
  const { language } = useLanguage();
  const editing = useEntry(list, kept, onClose);
  const { entry, setEntry, key, isNew, keep, refusal } = editing;
  const shape = shapes[list];
  const readOnly = !mayEdit || kept?.entry.locked === true;
  const faultOf = (path: string) =>
    refusal.faults?.find(({ field }) => field === path || path.startsWith(`${field}.`))?.[language] ?? null;
  return (
    <Modal
      opened
      onClose={onClose}
      size={isWordList(list) ? 'xl' : 'lg'}
      title={kept ? shape.title(kept.entry, language) : say.add}
      closeButtonProps={{ 'aria-label': say.close }}
    >
      <Stack>
        <Trouble editing={editing} onClose={onClose} />
        {shape.fields.map((field) => (
          <FieldInput
            key={field.path}
            field={field}
            value={at(entry, field.path)}
            readOnly={readOnly || (field.isKey === true && !isNew)}
            error={faultOf(field.path)}
            onChange={(value) => setEntry((now) => put(now, field.path, value))}
          />
        ))}
        {isWordList(list) && mayEdit && <PreviewPane list={list} entryKey={key} entry={entry} />}
        <Group justify="flex-end">
          {!readOnly && !isNew && !isSingle(list) && <Remove editing={editing} />}
          <Button variant="default" onClick={onClose}>
            {readOnly ? say.close : say.cancel}
          </Button>
          {!readOnly && (
            <Button loading={keep.isPending} onClick={() => keep.mutate()}>
              {say.save}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
