import { TextInput } from '@mantine/core';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef } from 'react';
import { useWords, words } from '../../shared/language.tsx';
import { useMe } from '../../shared/queries.ts';
import { useKeys } from '../../shared/use-keys.ts';

const texts = words(
  { search: 'Cari kata atau nomor aduan ( / )' },
  { search: 'Search words or a case number ( / )' },
);

/** Searches all messages and cases; what is typed is never changed while it has the focus. */
export function SearchBox() {
  const say = useWords(texts);
  const { may } = useMe();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const asked = useRouterState({ select: ({ location }) => (location.search as { q?: string }).q ?? '' });
  useEffect(() => {
    if (field.current && document.activeElement !== field.current) field.current.value = asked;
  }, [asked]);
  useKeys({ '/': () => field.current?.focus() });
  if (!may('case.view')) return null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const q = field.current?.value.trim() ?? '';
    field.current?.blur();
    void navigate({ to: '/kotak-masuk', search: q === '' ? {} : { view: 'semua', q } });
  };
  return (
    <search className="search">
      <form onSubmit={submit}>
        <TextInput
          ref={field}
          size="xs"
          type="search"
          placeholder={say.search}
          aria-label={say.search}
          maxLength={200}
        />
      </form>
    </search>
  );
}
