import { Anchor, Button, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { caseStateWords } from '../../../src/api/contract/words.ts';
import type { CaseDetail } from '../shared/api.ts';
import { useWords } from '../shared/language.tsx';
import { usePlatformNames } from '../shared/platform-names.ts';
import { useMe } from '../shared/queries.ts';
import { toolWords } from './tool-words.ts';

const group = () => import('./dialogs/group-dialogs.tsx');
const GroupTextDialog = lazy(() => group().then((one) => ({ default: one.GroupTextDialog })));
const GroupAnswerDialog = lazy(() => group().then((one) => ({ default: one.GroupAnswerDialog })));

/** The way to the agencies' WhatsApp group, and back from it. */
export function GroupButtons({ number }: { readonly number: string }) {
  const say = useWords(toolWords);
  const { may } = useMe();
  const [open, setOpen] = useState<'text' | 'answer' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen('text')}>
        {say.groupText}
      </Button>
      {may('draft.write') && (
        <Button size="compact-sm" variant="default" onClick={() => setOpen('answer')}>
          {say.groupAnswer}
        </Button>
      )}
      <Suspense fallback={null}>
        {open === 'text' && <GroupTextDialog number={number} onClose={close} />}
        {open === 'answer' && <GroupAnswerDialog number={number} onClose={close} />}
      </Suspense>
    </>
  );
}

const PortalNumberDialog = lazy(() =>
  import('./dialogs/portal-number-dialog.tsx').then((one) => ({ default: one.PortalNumberDialog })),
);

/** Its numbers in portals, and "sudah dimasukkan". */
export function PortalNumbers({ one }: { readonly one: CaseDetail }) {
  const [say, states] = [useWords(toolWords), useWords(caseStateWords)];
  const platformNames = usePlatformNames();
  const { may } = useMe();
  const [open, setOpen] = useState(false);
  return (
    <>
      {one.elsewhere.map(({ source, externalId, state }) => (
        <Text size="sm" key={source}>
          {platformNames[source] ?? source}: {externalId}
          {state && ` (${states[state]})`}
        </Text>
      ))}
      {may('case.move') && (
        <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
          {say.portalNumber}
        </Button>
      )}
      <Suspense fallback={null}>
        {open && <PortalNumberDialog one={one} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}

/** Where the proof lies: followed when it is a link, else said. */
export function Proof({ of }: { readonly of: string }) {
  const say = useWords(toolWords);
  return (
    <span className="citizen">
      {' '}
      {say.proof}:{' '}
      {/^https?:\/\//.test(of) ? (
        <Anchor href={of} target="_blank" rel="noreferrer" size="sm">
          {of}
        </Anchor>
      ) : (
        of
      )}
    </span>
  );
}

/** Somebody answered on the platform by hand: said, with the way to it. */
export function OutsideAnswer({ one }: { readonly one: CaseDetail }) {
  const say = useWords(toolWords);
  if (one.answeredBy !== 'luar') return null;
  const link = one.history.findLast((event) => event.to === 'dijawab')?.note;
  return (
    <Text size="sm">
      {say.outside}{' '}
      {link?.startsWith('https://') && (
        <Anchor href={link} target="_blank" rel="noreferrer" size="sm">
          {say.seeIt}
        </Anchor>
      )}
    </Text>
  );
}
