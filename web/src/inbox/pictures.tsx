import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { Message } from '../shared/api.ts';
import { useWords } from '../shared/language.tsx';
import { toolWords } from './tool-words.ts';

/** Fetched through our server when somebody asks, and stored nowhere. */
function Picture({ src, number }: { readonly src: string; readonly number: number }) {
  const say = useWords(toolWords);
  const [shown, setShown] = useState(false);
  const [failed, setFailed] = useState(false);
  if (failed) return <Text size="sm">{say.noPhoto}</Text>;
  if (shown)
    return <img className="photo" src={src} alt={say.photoOf(number)} onError={() => setFailed(true)} />;
  return (
    <Button size="compact-sm" variant="default" onClick={() => setShown(true)}>
      {say.photo(number)}
    </Button>
  );
}

/** What hangs on a message: a photo without words says nothing until it is seen. */
export function Pictures({ message }: { readonly message: Message }) {
  const say = useWords(toolWords);
  const { photos, otherMedia } = message;
  if (message.deletedAt !== null || (photos.length === 0 && !otherMedia)) return null;
  return (
    <div className="photos">
      {photos.map((place, n) => (
        <Picture key={place} number={n + 1} src={`/media/${encodeURIComponent(message._id)}/${place}`} />
      ))}
      {otherMedia && <Text size="sm">{say.video}</Text>}
    </div>
  );
}
