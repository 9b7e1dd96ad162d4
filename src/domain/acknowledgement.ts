import { createHash } from 'node:crypto';
import type { UserId } from './ids.ts';
import type { Mention } from './mention.ts';

/** Where the receipt stands: for everybody to read, or only for the citizen. */
export const audiences = ['publik', 'pribadi'] as const;
export type Audience = (typeof audiences)[number];

/**
 * The text that a citizen gets at once when his case is opened: the one thing that leaves without a decision of its own
 * (design rule 4). It is in force when two persons approved exactly this text.
 */
export interface Acknowledgement {
  readonly _id: Audience;
  /** Holds `{nomor}`; may hold `{batas}`, and `{kode}` where only the citizen reads it. */
  readonly text: string;
  readonly version: number;
  readonly writtenBy: UserId;
  readonly writtenAt: Date;
  readonly approvals: readonly { readonly by: UserId; readonly at: Date; readonly hash: string }[];
}

export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const neededApprovals = 2;

/** Who reads what is written under this message. */
export function audienceOf({ reach }: Pick<Mention, 'reach'>): Audience {
  return reach === 'private' ? 'pribadi' : 'publik';
}

/** Names exactly this text; kept with each receipt that was made from it. */
export function acknowledgementId({ _id, text }: Pick<Acknowledgement, '_id' | 'text'>): string {
  return `tanda-terima-${_id}-${textHash(text).slice(0, 12)}`;
}

/** The two who approved exactly this text; null while it is not in force. None of them wrote it. */
export function approversOf(
  one: Pick<Acknowledgement, 'text' | 'approvals' | 'writtenBy'>,
): readonly UserId[] | null {
  const hash = textHash(one.text);
  const by = new Set(
    one.approvals
      .filter((approval) => approval.hash === hash && approval.by !== one.writtenBy)
      .map((approval) => approval.by),
  );
  return by.size >= neededApprovals ? [...by] : null;
}

/** Number, code and date: nothing else may vary. */
const variables: Record<Audience, readonly string[]> = {
  publik: ['nomor', 'batas'],
  pribadi: ['nomor', 'batas', 'kode'],
};

/** Variables in the text that this audience may not get, or that nobody knows. */
export function strangeVariables(audience: Audience, text: string): readonly string[] {
  const used = [...text.matchAll(/\{([^{}]*)\}/gu)].map((match) => match[1] ?? '');
  return used.filter((name) => !variables[audience].includes(name));
}

/** @returns null when a value that the text asks for is not known */
export function fillAcknowledgement(
  text: string,
  values: { readonly nomor: string; readonly batas: string | null; readonly kode: string },
): string | null {
  if (text.includes('{batas}') && values.batas === null) return null;
  return text
    .replaceAll('{nomor}', values.nomor)
    .replaceAll('{batas}', values.batas ?? '')
    .replaceAll('{kode}', values.kode);
}
