import type { Placed } from '../kit/timeline.ts';

export interface XUser {
  readonly id: string;
  readonly username: string;
  readonly protected: boolean;
}

export interface XVersion {
  readonly id: string;
  readonly text: string;
  readonly at: Date;
}

/** A post with its versions, oldest first. Its place in every timeline is that of its newest version. */
export interface XPost extends Placed {
  readonly versions: readonly [XVersion, ...XVersion[]];
  readonly author: string;
  readonly byOffice: boolean;
  readonly conversationId: string;
  /** Id that the reply call named. */
  readonly parentId: string | null;
  readonly quotedId: string | null;
  readonly media: readonly string[];
  readonly deleted: boolean;
  /** When the platform got it, which for a played-back post is not its `at`. */
  readonly writtenAt: Date;
}

export function newestVersion(post: XPost): XVersion {
  return post.versions.at(-1) ?? post.versions[0];
}

const handlePattern = /(?<![A-Za-z0-9_@])@([A-Za-z0-9_]{1,30})/g;

/** Handles named in a text, lower case. */
export function namedHandles(text: string): readonly string[] {
  return [...text.matchAll(handlePattern)].map((match) => (match[1] ?? '').toLowerCase());
}

/** A steady user id for a handle. */
export function userIdOf(username: string): string {
  let hash = 0n;
  for (const char of username.toLowerCase())
    hash = (hash * 131n + BigInt(char.codePointAt(0) ?? 0)) % 899_999_999_999n;
  return (100_000_000_000n + hash).toString();
}
