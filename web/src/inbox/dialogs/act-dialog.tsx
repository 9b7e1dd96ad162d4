import { Modal } from '@mantine/core';
import { useState } from 'react';
import { LineField, NameField } from '../../shared/fields.tsx';
import { useWords } from '../../shared/language.tsx';
import { useNames } from '../../shared/queries.ts';
import { actWords } from '../act-words.ts';
import type { Asks, InboxAct } from '../acts.ts';
import { CorrectionForm } from './correction-form.tsx';
import { DialogForm, type FormProps } from './form.tsx';
import { LeadForm } from './lead-form.tsx';
import { TimeForm } from './time-form.tsx';

function ReasonForm({ onGiven, onClose }: FormProps) {
  const say = useWords(actWords);
  const [note, setNote] = useState('');
  return (
    <DialogForm
      ready={note.trim().length >= 3}
      onSubmit={() => onGiven({ note: note.trim() })}
      onClose={onClose}
    >
      <LineField data-autofocus label={say.reason} value={note} maxLength={1000} onChange={setNote} />
    </DialogForm>
  );
}

/**
 * "Bukan wewenang": whose matter it is, as far as somebody knows, which also teaches the classifier; and the reason, which
 * a name alone can be.
 */
function OwnerForm({ threads, onGiven, onClose }: FormProps) {
  const say = useWords(actWords);
  const { agencies } = useNames();
  const others = agencies.filter(({ authority }) => authority !== 'ours');
  const held = new Set(threads.map(({ agency }) => agency));
  const [owner, setOwner] = useState(
    held.size === 1 ? (others.find(({ id }) => held.has(id))?.id ?? null) : null,
  );
  const [typed, setTyped] = useState<string | null>(null);
  const name = others.find(({ id }) => id === owner)?.name;
  const note = (typed ?? (name === undefined ? '' : say.theirs(name))).trim();
  return (
    <DialogForm
      ready={note.length >= 3}
      onSubmit={() => onGiven({ note, ...(owner && { agency: owner }) })}
      onClose={onClose}
    >
      <NameField
        data-autofocus
        label={say.owner}
        placeholder={say.ownerUnknown}
        names={others}
        value={owner}
        onChange={setOwner}
      />
      <LineField label={say.reason} value={typed ?? note} maxLength={1000} onChange={setTyped} />
    </DialogForm>
  );
}

function AgencyForm({ onGiven, onClose }: FormProps) {
  const say = useWords(actWords);
  const { agencies } = useNames();
  const [agency, setAgency] = useState<string | null>(null);
  return (
    <DialogForm
      ready={agency !== null}
      onSubmit={() => agency !== null && onGiven({ agency })}
      onClose={onClose}
    >
      <NameField
        data-autofocus
        label={say.agency}
        placeholder={say.chooseAgency}
        names={agencies}
        value={agency}
        onChange={setAgency}
      />
    </DialogForm>
  );
}

const forms = {
  reason: ReasonForm,
  owner: OwnerForm,
  agency: AgencyForm,
  lead: LeadForm,
  correction: CorrectionForm,
  time: TimeForm,
} as const satisfies { readonly [Kind in Exclude<Asks, 'nothing'>]: (props: FormProps) => unknown };

interface Props extends FormProps {
  readonly act: InboxAct;
  readonly about: string;
}

/** Asks for what the act needs before it is decided. */
export function ActDialog({ act, about, ...props }: Props) {
  const say = useWords(actWords);
  if (act.asks === 'nothing') return null;
  const Form = forms[act.asks];
  return (
    <Modal opened onClose={props.onClose} title={say.on(say[act.name], about)}>
      <Form {...props} />
    </Modal>
  );
}
