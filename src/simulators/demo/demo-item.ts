import type { Kind } from '../../domain/classification.ts';
import type { PlatformId } from '../../domain/ids.ts';

/** Platforms with a public side, where the background happens and the office posts. */
export const demoPlatforms = ['x', 'instagram', 'facebook'] as const satisfies readonly PlatformId[];
export type DemoPlatform = (typeof demoPlatforms)[number];

/** One thing to be written on a simulated platform. */
export interface DemoItem {
  /** Same item, same key, in every run: what was written is remembered by it. */
  readonly key: string;
  readonly platform: PlatformId;
  /** Null: the office itself. */
  readonly author: string | null;
  /** Of an own post where the office has several accounts on the platform; null: its main one. */
  readonly account: string | null;
  readonly text: string;
  readonly at: Date;
  readonly parentKey: string | null;
  readonly quotedKey: string | null;
  /** Written on the office's own wall instead of under a post. */
  readonly asVisitor: boolean;
  /** Id of the picture that hangs on it, among those that the platform holds (WhatsApp). */
  readonly photo?: string;
}

/** What the generator had in mind; for tests only, never shown to the classifier. */
export interface Hints {
  readonly kind: Kind | null;
  readonly subject: string | null;
}
