import { Modal, Table, Title } from '@mantine/core';
import { Fragment } from 'react';
import { useLanguage, useWords, words } from '../../shared/language.tsx';

/** Every key of the desk, as it is told to people. */
const sheet = {
  id: [
    [
      'Di mana saja',
      [
        ['?', 'lembar ini'],
        ['Ctrl K', 'perintah'],
        ['g i', 'Kotak Masuk'],
        ['g p', 'Persetujuan'],
        ['g h', 'Serah terima'],
        ['g t', 'Tren'],
        ['g r', 'Laporan'],
        ['g s', 'Pengaturan'],
        ['/', 'cari'],
      ],
    ],
    [
      'Kotak Masuk',
      [
        ['j / k', 'berikut / sebelum'],
        ['x', 'pilih'],
        ['Shift J', 'pilih sampai berikutnya'],
        ['s', 'pilih semua yang serupa'],
        ['n', 'Catat aduan'],
        ['1', 'Verifikasi'],
        ['2', 'Duplikat dari… (beberapa: gabungkan)'],
        ['3', 'Bukan wewenang'],
        ['c', 'koreksi pokok aduan, OPD, jenis, lokasi'],
        ['h', 'Ingatkan nanti'],
        ['p', 'Tunda (menunggu pelapor)'],
        ['d', 'Disposisi'],
        ['e', 'Arsipkan'],
        ['r', 'draf balasan'],
        ['u', 'urungkan'],
        ['.', 'tampilkan yang baru'],
      ],
    ],
    [
      'Persetujuan',
      [
        ['j / k', 'berikut / sebelum'],
        ['a', 'Setujui'],
        ['Shift A', 'Setujui dan kirim'],
        ['e', 'sunting'],
        ['m', 'Minta perbaikan'],
        ['t', 'Tolak'],
      ],
    ],
  ],
  en: [
    [
      'Anywhere',
      [
        ['?', 'this sheet'],
        ['Ctrl K', 'commands'],
        ['g i', 'inbox'],
        ['g p', 'approval'],
        ['g h', 'handover'],
        ['g t', 'trends'],
        ['g r', 'report'],
        ['g s', 'settings'],
        ['/', 'search'],
      ],
    ],
    [
      'Inbox',
      [
        ['j / k', 'next / previous'],
        ['x', 'select'],
        ['Shift J', 'select up to the next'],
        ['s', 'select all that are similar'],
        ['n', 'note a complaint'],
        ['1', 'verify'],
        ['2', 'duplicate of… (several: join)'],
        ['3', 'not ours'],
        ['c', 'correct subject, agency, kind, place'],
        ['h', 'remind me later'],
        ['p', 'wait for the citizen'],
        ['d', 'assign to an agency'],
        ['e', 'archive'],
        ['r', 'draft a reply'],
        ['u', 'undo'],
        ['.', 'show what is new'],
      ],
    ],
    [
      'Approval',
      [
        ['j / k', 'next / previous'],
        ['a', 'approve'],
        ['Shift A', 'approve and send'],
        ['e', 'edit'],
        ['m', 'ask for changes'],
        ['t', 'reject'],
      ],
    ],
  ],
} as const;

const texts = words({ title: 'Pintasan papan tik' }, { title: 'Keyboard shortcuts' });

export function ShortcutSheet({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const say = useWords(texts);
  const { language } = useLanguage();
  return (
    <Modal opened={opened} onClose={onClose} title={say.title} size="md">
      {sheet[language].map(([where, keys]) => (
        <Fragment key={where}>
          <Title order={3} size="h5" mt="sm">
            {where}
          </Title>
          <Table>
            <Table.Tbody>
              {keys.map(([key, what]) => (
                <Table.Tr key={key}>
                  <Table.Td w={110}>
                    <kbd>{key}</kbd>
                  </Table.Td>
                  <Table.Td>{what}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Fragment>
      ))}
    </Modal>
  );
}
