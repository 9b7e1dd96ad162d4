import { useState } from 'react';

/**
 * Text that somebody types, kept in this browser until it is saved: a reload, a lost connection or another page loses
 * nothing. @param key what it belongs to
 */
export function useKeptText(key: string, stored: string) {
  const place = `tanggap-tulisan-${key}`;
  const [text, setText] = useState(() => sessionStorage.getItem(place) ?? stored);
  return {
    text,
    change: (next: string) => {
      sessionStorage.setItem(place, next);
      setText(next);
    },
    /** It is stored on the server now. */
    saved: (as: string) => {
      sessionStorage.removeItem(place);
      setText(as);
    },
  };
}
