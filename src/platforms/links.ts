import type { PlatformId } from '../domain/ids.ts';
import { readFacebookLink } from './facebook/link.ts';
import { readInstagramLink } from './instagram/link.ts';
import { readPortalLink } from './portal/link.ts';
import { readXLink } from './x/link.ts';

export interface LinkedPost {
  readonly platform: PlatformId;
  readonly nativeId: string;
  readonly handle: string | null;
  readonly postedAt: Date | null;
}

type ReadLink = (url: string) => Omit<LinkedPost, 'platform'> | null;

/** Platforms whose links name the post by the same id as their API; the portals' rows come in files, as `manual`. */
const readers: readonly (readonly [PlatformId, ReadLink])[] = [
  ['x', readXLink],
  ['facebook', readFacebookLink],
  ['instagram', readInstagramLink],
  ['manual', readPortalLink],
];

/** The post behind a link that somebody pasted; null when the link does not tell. */
export function readLink(url: string): LinkedPost | null {
  for (const [platform, read] of readers) {
    const found = read(url);
    if (found) return { platform, ...found };
  }
  return null;
}
