import { RefusedError } from '../../core/errors.ts';
import type { Case, Elsewhere } from '../../domain/case.ts';
import { elsewhereOf, type PortalId, portalNames } from '../../domain/elsewhere.ts';
import { may } from '../../domain/policies.ts';
import type { User } from '../../domain/user.ts';
import { cases, findCase } from '../../store/cases.ts';
import { casesElsewhere, isTakenNumber } from '../../store/elsewhere.ts';
import { searchTokens } from '../../text/search-tokens.ts';
import { notFound } from '../context.ts';
import { matterOfCase } from '../views.ts';
import { type Asked, changeBy, openSeen } from './change.ts';

interface Wish {
  readonly portal: PortalId;
  readonly version: number;
  /** Null: it is not there after all. */
  readonly externalId: string | null;
}

/**
 * "Sudah dimasukkan": the case stands in the portal under this number from now on, and the portal's next file is about it
 * instead of about a case of its own.
 * @throws {RefusedError} `conflict` when it changed since, or another case has that number
 */
export async function setElsewhere(asked: Asked, number: string, wish: Wish): Promise<Case> {
  const { user, case: seen } = await openSeen(asked, 'case.move', number, wish.version);
  const name = portalNames[wish.portal];
  if (seen.imported?.source === wish.portal)
    throw new RefusedError('not-possible', {
      id: `Aduan ini datang dari ${name}; nomornya di sana sudah tercatat.`,
      en: `This case came from ${name}; its number there is known.`,
    });
  const others = (seen.elsewhere ?? []).filter(({ source }) => source !== wish.portal);
  const there = wish.externalId === null ? null : elsewhereOf(wish.portal, wish.externalId);
  const before = seen.elsewhere?.find(({ source }) => source === wish.portal)?.externalId ?? '';
  const stale = new Set(searchTokens(before));
  const tokens = (seen.tokens ?? []).filter((word) => !stale.has(word));
  const set = {
    elsewhere: there ? [...others, there] : noneIfEmpty(others),
    tokens: [...new Set([...tokens, ...searchTokens(there?.externalId ?? '')])],
  };
  const what = there ? `dimasukkan ke ${name}` : `nomor ${name} dihapus`;
  const note = there?.externalId ?? before;
  try {
    await changeBy(asked, user, seen, { set, what, act: 'elsewhere', note });
  } catch (error) {
    if (there === null || !isTakenNumber(error)) throw error;
    throw await taken(asked, user, name, there.key);
  }
  const now = await findCase(cases(asked.deps.db), seen._id);
  if (!now) throw notFound();
  return now;
}

/** The unique index counts an empty list as a number that everybody has. */
function noneIfEmpty(numbers: readonly Elsewhere[]): readonly Elsewhere[] | null {
  return numbers.length === 0 ? null : numbers;
}

/** Names the other case only to who may see it. */
async function taken({ deps }: Asked, user: User, name: string, key: string): Promise<RefusedError> {
  const other = (await casesElsewhere(deps.db, [key])).get(key);
  const seen = other && may(user, 'case.view', matterOfCase(other)) ? other._id : null;
  return new RefusedError(
    'conflict',
    {
      id: `Nomor ${name} itu sudah ada pada aduan ${seen ?? 'lain'}. Periksa nomornya; bila sama perkaranya, gabungkan keduanya.`,
      en: `Case ${seen ?? 'another one'} has that ${name} number. Check it; if it is the same matter, link the two.`,
    },
    seen ? { case: seen } : {},
  );
}
