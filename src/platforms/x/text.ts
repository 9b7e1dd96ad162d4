import type { Entities } from './schema.ts';

const ownMedia = /\/status\/\d+\/(?:photo|video)\/\d+$/;

/**
 * The text as its author typed it: X hands out every link as `https://t.co/…` (the real one stands in `entities`), puts a
 * link to a post's own pictures and to the post it quotes at the end, and escapes `&`, `<` and `>`.
 */
export function typedText(text: string, entities: Entities | undefined, quotedId: string | null): string {
  let typed = text;
  for (const { url, expanded_url: expanded, display_url: display } of entities?.urls ?? []) {
    if (url === '' || expanded === undefined) continue;
    const isAppended =
      ownMedia.test(expanded) || (quotedId !== null && expanded.endsWith(`/status/${quotedId}`));
    // A domain typed without a scheme comes back with one that nobody typed.
    const isBare = display !== undefined && expanded === `http://${display}`;
    typed = typed.split(url).join(isAppended ? '' : isBare ? display : expanded);
  }
  return wellFormed(typed.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')).trim();
}

/** Lone halves of surrogate pairs cannot be stored as UTF-8; they become U+FFFD. */
export function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
