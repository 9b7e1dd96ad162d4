import { Button, Stack, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';

interface Props {
  readonly label: string;
  readonly text: string;
  readonly words: { readonly copy: string; readonly copied: string };
}

/** A text to be taken elsewhere. Where the browser gives no clipboard (plain http), it is selected for Ctrl C. */
export function CopyText({ label, text, words }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    field.current?.select();
    if (!navigator.clipboard) return;
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Stack gap="xs" align="flex-start">
      <Textarea ref={field} w="100%" label={label} value={text} readOnly autosize minRows={3} maxRows={16} />
      <Button size="compact-sm" data-autofocus onClick={() => void copy().catch(() => setCopied(false))}>
        {copied ? words.copied : words.copy}
      </Button>
    </Stack>
  );
}
