import { Select, TextInput, type TextInputProps } from '@mantine/core';

type LineProps = Omit<TextInputProps, 'onChange' | 'value'> & {
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** One line that somebody types. */
export function LineField({ onChange, ...rest }: LineProps) {
  return <TextInput {...rest} onChange={(event) => onChange(event.currentTarget.value)} />;
}

/** A moment in WIB, as `toWib` and `fromWib` have it; empty: none. */
export function MomentField(props: Pick<LineProps, 'label' | 'value' | 'onChange'>) {
  return <LineField type="datetime-local" {...props} />;
}

interface NameProps {
  readonly label: string;
  readonly placeholder: string;
  readonly names: readonly { readonly id: string; readonly name: string }[];
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
  readonly 'data-autofocus'?: boolean;
}

/** One of many names: letters find it, Enter takes the first. */
export function NameField({ names, ...rest }: NameProps) {
  return (
    <Select
      searchable
      clearable
      selectFirstOptionOnChange
      limit={100}
      data={names.map(({ id, name }) => ({ value: id, label: name }))}
      // While the list is open Enter takes a name from it. Typed fast, nothing is marked yet: that must not send the form.
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.currentTarget.ariaExpanded === 'true') event.preventDefault();
      }}
      {...rest}
    />
  );
}
