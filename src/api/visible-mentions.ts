import type { Case } from '../domain/case.ts';
import type { CaseNumber } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import { may } from '../domain/policies.ts';
import { cases, findCases } from '../store/cases.ts';
import { type ApiContext, caller } from './context.ts';
import { matterOfMention } from './views.ts';

/**
 * Those that the caller may see, with their cases: a case may have been moved to another agency, or been made secret,
 * after the classification.
 */
export async function visibleAmong(
  context: ApiContext,
  found: readonly Mention[],
): Promise<{ readonly mention: Mention; readonly owner: Case | null }[]> {
  const user = caller(context);
  const numbers = found.flatMap((mention) => mention.caseId ?? []);
  const owners = new Map<CaseNumber, Case>(
    (await findCases(cases(context.deps.db), numbers)).map((one) => [one._id, one]),
  );
  return found.flatMap((mention) => {
    const owner = mention.caseId ? (owners.get(mention.caseId) ?? null) : null;
    return may(user, 'mention.view', matterOfMention(mention, owner)) ? [{ mention, owner }] : [];
  });
}
