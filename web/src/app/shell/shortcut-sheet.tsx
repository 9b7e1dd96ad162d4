import { Modal, Table, Title } from '@mantine/core';
import { Fragment } from 'react';
import { useLanguage, useWords, words } from '../../shared/language.tsx';

/** Every key of the desk, as it is told to people: in Indonesian, in English. */
const sheet = [
  {
    where: { id: 'Di mana saja', en: 'Anywhere' },
    keys: [
      ['?', { id: 'lembar ini', en: 'this sheet' }],
      ['Ctrl K', { id: 'perintah', en: 'commands' }],
      ['g i', { id: 'Kotak Masuk', en: 'inbox' }],
      ['g p', { id: 'Persetujuan', en: 'approval' }],
      ['g h', { id: 'Serah terima', en: 'handover' }],
      ['g t', { id: 'Tren', en: 'trends' }],
      ['g r', { id: 'Laporan', en: 'report' }],
      ['g s', { id: 'Pengaturan', en: 'settings' }],
      ['/', { id: 'cari', en: 'search' }],
    ],
  },
  {
    where: { id: 'Kotak Masuk', en: 'Inbox' },
    keys: [
      ['j / k', { id: 'berikut / sebelum', en: 'next / previous' }],
      ['x', { id: 'pilih', en: 'select' }],
      ['Shift J', { id: 'pilih sampai berikutnya', en: 'select up to the next' }],
      ['s', { id: 'pilih semua yang serupa', en: 'select all that are similar' }],
      ['n', { id: 'Catat aduan', en: 'note a complaint' }],
      ['1', { id: 'Verifikasi', en: 'verify' }],
      ['2', { id: 'Duplikat dari… (beberapa: gabungkan)', en: 'duplicate of… (several: join)' }],
      ['3', { id: 'Bukan wewenang', en: 'not ours' }],
      ['c', { id: 'koreksi pokok aduan, OPD, jenis, lokasi', en: 'correct subject, agency, kind, place' }],
      ['h', { id: 'Ingatkan nanti', en: 'remind me later' }],
      ['p', { id: 'Tunda (menunggu pelapor)', en: 'wait for the citizen' }],
      ['d', { id: 'Disposisi', en: 'assign to an agency' }],
      ['e', { id: 'Arsipkan', en: 'archive' }],
      ['r', { id: 'draf balasan', en: 'draft a reply' }],
      ['u', { id: 'urungkan', en: 'undo' }],
      ['.', { id: 'tampilkan yang baru', en: 'show what is new' }],
    ],
  },
  {
    where: { id: 'Persetujuan', en: 'Approval' },
    keys: [
      ['j / k', { id: 'berikut / sebelum', en: 'next / previous' }],
      ['a', { id: 'Setujui', en: 'approve' }],
      ['Shift A', { id: 'Setujui dan kirim', en: 'approve and send' }],
      ['e', { id: 'sunting', en: 'edit' }],
      ['m', { id: 'Minta perbaikan', en: 'ask for changes' }],
      ['t', { id: 'Tolak', en: 'reject' }],
    ],
  },
] as const;

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
      {sheet.map(({ where, keys }) => (
        <Fragment key={where.id}>
          <Title order={3} size="h5" mt="sm">
            {where[language]}
          </Title>
          <Table>
            <Table.Tbody>
              {keys.map(([key, what]) => (
                <Table.Tr key={key}>
                  <Table.Td w={110}>
                    <kbd>{key}</kbd>
                  </Table.Td>
                  <Table.Td>{what[language]}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Fragment>
      ))}
    </Modal>
  );
}
