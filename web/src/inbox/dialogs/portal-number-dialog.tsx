import { Alert, Modal, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type CaseDetail } from '../../shared/api.ts';
import { useWords, words } from '../../shared/language.tsx';
import { usePlatformNames } from '../../shared/platform-names.ts';
import { useErrorWords } from '../../shared/states.tsx';
import { caseQuery } from '../case-query.ts';
import { DialogForm } from './form.tsx';

const dialogWords = words(
  {
    title: 'Sudah dimasukkan ke portal',
    portal: 'Portal',
    number: 'Nomor di sana (tracking ID)',
    hint: 'Ekspor portal berikutnya dengan nomor ini tidak membuka aduan kedua. Kosongkan untuk menghapus nomornya.',
  },
  {
    title: 'Entered in a portal',
    portal: 'Portal',
    number: 'Its number there (tracking ID)',
    hint: "The portal's next export with this number opens no second case. Leave it empty to take the number away.",
  },
);

const portals = ['sp4n', 'laporgub', 'sapamas'] as const;
type Portal = (typeof portals)[number];

const numberForm = /^#?\s*[A-Za-z0-9][A-Za-z0-9./_-]{0,99}$/;

/** The number that a portal gave the case, after an officer entered it there. */
export function PortalNumberDialog(props: { readonly one: CaseDetail; readonly onClose: () => void }) {
  const { one, onClose } = props;
  const say = useWords(dialogWords);
  const platformNames = usePlatformNames();
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const offered = portals.filter((portal) => portal !== one.platform);
  const [portal, setPortal] = useState<Portal>(offered[0] ?? 'sp4n');
  const known = one.elsewhere.find(({ source }) => source === portal)?.externalId ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const number = (typed ?? known).trim();
  const keep = useMutation({
    mutationFn: () =>
      api.cases.setElsewhere({
        number: one._id,
        portal,
        version: one.version,
        externalId: number === '' ? null : number,
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: caseQuery(one._id).queryKey });
      onClose();
    },
  });
  const ready = number === '' ? known !== '' : numberForm.test(number);
  return (
    <Modal opened onClose={onClose} title={say.title}>
      <DialogForm ready={ready} busy={keep.isPending} onSubmit={() => keep.mutate()} onClose={onClose}>
        {keep.isError && <Alert color="red">{wordsOf(keep.error)}</Alert>}
        <Select
          label={say.portal}
          data={offered.map((value) => ({ value, label: platformNames[value] ?? value }))}
          value={portal}
          allowDeselect={false}
          onChange={(value) => {
            setPortal(portals.find((one) => one === value) ?? portal);
            setTyped(null);
          }}
        />
        <TextInput
          data-autofocus
          label={say.number}
          description={say.hint}
          value={typed ?? known}
          maxLength={100}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </DialogForm>
    </Modal>
  );
}
