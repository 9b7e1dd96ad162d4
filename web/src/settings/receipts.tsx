import { Alert, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, problemOf } from '../shared/api.ts';
import { Chip } from '../shared/chip.tsx';
import { useWords, words } from '../shared/language.tsx';
import { useMe } from '../shared/queries.ts';
import { Failed, isGone, Loading, useErrorWords } from '../shared/states.tsx';

const texts = words(
  {
    explain:
      'Tanda terima berangkat sendiri ketika aduan dibuka. Teksnya baru berlaku setelah dua orang, yang bukan penulisnya, menyetujui persis teks ini. Yang boleh berubah hanya {nomor}, {batas}, dan di jalur pribadi {kode}.',
    publik: 'Di muka umum',
    pribadi: 'Di jalur pribadi',
    none: 'Belum ada teks. Tidak ada tanda terima yang berangkat.',
    inForce: 'berlaku',
    waits: (given: number) => `menunggu persetujuan (${given} dari 2)`,
    writtenBy: 'Ditulis oleh',
    approvedBy: 'Disetujui oleh',
    approve: 'Setujui teks ini',
    revoke: 'Hentikan tanda terima ini',
    own: 'Penulis tidak menyetujui teksnya sendiri.',
    already: 'Anda sudah menyetujui; perlu satu orang lain.',
    write: 'Tulis teks baru',
    edit: 'Teks baru (perlu dua persetujuan lagi)',
    save: 'Simpan teks',
    cancel: 'Batal',
    changed: 'Sudah diubah orang lain. Yang tersimpan sekarang:',
    done: 'Tersimpan.',
  },
  {
    explain:
      'A receipt leaves by itself when a case is opened. Its text is in force once two persons, neither of them its writer, approved exactly this text. Only {nomor}, {batas} and, in private, {kode} may vary.',
    publik: 'In public',
    pribadi: 'In private',
    none: 'There is no text yet. No receipt leaves.',
    inForce: 'in force',
    waits: (given: number) => `waits for approval (${given} of 2)`,
    writtenBy: 'Written by',
    approvedBy: 'Approved by',
    approve: 'Approve this text',
    revoke: 'Stop this receipt',
    own: 'A writer does not approve his own text.',
    already: 'You approved it already; somebody else is needed.',
    write: 'Write a new text',
    edit: 'New text (needs two approvals again)',
    save: 'Save the text',
    cancel: 'Cancel',
    changed: 'Somebody else changed it. Stored now:',
    done: 'Saved.',
  },
);

type Receipt = Awaited<ReturnType<typeof api.acknowledgements.list>>[number];
type Audience = Receipt['audience'];

const query = { queryKey: ['acknowledgements'], queryFn: () => api.acknowledgements.list({}) };

function useAct(onDone?: () => void) {
  const say = useWords(texts);
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSuccess: () => {
      notifications.show({ color: 'teal', message: say.done });
      onDone?.();
    },
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: query.queryKey }),
  });
}

/** Writing a text; after a conflict what was typed stays, beside what is stored. */
function Writing({
  audience,
  seen,
  onClose,
}: {
  readonly audience: Audience;
  readonly seen: Receipt | null;
  readonly onClose: () => void;
}) {
  const say = useWords(texts);
  const wordsOf = useErrorWords();
  const [text, setText] = useState(seen?.text ?? '');
  const [version, setVersion] = useState(seen?.version ?? 0);
  const act = useAct(onClose);
  const problem = problemOf(act.error);
  return (
    <Stack gap="xs">
      <Textarea
        label={say.edit}
        autosize
        minRows={3}
        maxLength={1000}
        value={text}
        error={act.isError ? wordsOf(act.error) : null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {problem?.status === 409 && (
        <Alert color="red" title={say.changed}>
          <pre className="both-texts">{problem.text}</pre>
        </Alert>
      )}
      <Group>
        <Button
          loading={act.isPending}
          onClick={() => {
            const now = problem?.status === 409 ? (problem.version ?? version) : version;
            setVersion(now);
            act.mutate(() => api.acknowledgements.write({ audience, version: now, text }));
          }}
        >
          {say.save}
        </Button>
        <Button variant="default" onClick={onClose}>
          {say.cancel}
        </Button>
      </Group>
    </Stack>
  );
}

function Standing({ receipt }: { readonly receipt: Receipt }) {
  const say = useWords(texts);
  const { user, may } = useMe();
  const act = useAct();
  const { audience, version, approvedBy, writtenBy, inForce } = receipt;
  const why =
    writtenBy === user._id ? say.own : approvedBy.includes(user._id) && !inForce ? say.already : null;
  return (
    <>
      <Text component="div">
        <Chip tone={inForce ? 'good' : 'warn'}>{inForce ? say.inForce : say.waits(approvedBy.length)}</Chip>
      </Text>
      <pre className="both-texts">{receipt.text}</pre>
      <Text size="sm">
        {say.writtenBy} {writtenBy}
        {approvedBy.length > 0 && ` · ${say.approvedBy} ${approvedBy.join(', ')}`}
      </Text>
      {may('acknowledgement.approve') && (
        <Group>
          {!inForce && (
            <Button
              disabled={why !== null}
              loading={act.isPending}
              onClick={() => act.mutate(() => api.acknowledgements.approve({ audience, version }))}
            >
              {say.approve}
            </Button>
          )}
          {approvedBy.length > 0 && (
            <Button
              variant="default"
              onClick={() => act.mutate(() => api.acknowledgements.revoke({ audience, version }))}
            >
              {say.revoke}
            </Button>
          )}
          {why && <Text size="sm">{why}</Text>}
        </Group>
      )}
    </>
  );
}

/** The one text that leaves without a decision of its own: two persons approve exactly it. */
export function Receipts() {
  const say = useWords(texts);
  const { may } = useMe();
  const found = useQuery(query);
  const [writing, setWriting] = useState<Audience | null>(null);
  if (isGone(found)) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={2} />;
  return (
    <Stack gap="xl">
      <Text size="sm">{say.explain}</Text>
      {(['publik', 'pribadi'] as const).map((audience) => {
        const receipt = found.data.find((one) => one.audience === audience) ?? null;
        return (
          <Stack key={audience} gap="xs" align="flex-start" component="section" aria-label={say[audience]}>
            <Title order={2} size="h5">
              {say[audience]}
            </Title>
            {receipt ? <Standing receipt={receipt} /> : <Text size="sm">{say.none}</Text>}
            {may('acknowledgement.write') &&
              (writing === audience ? (
                <Writing audience={audience} seen={receipt} onClose={() => setWriting(null)} />
              ) : (
                <Button variant="default" size="compact-sm" onClick={() => setWriting(audience)}>
                  {say.write}
                </Button>
              ))}
          </Stack>
        );
      })}
    </Stack>
  );
}
