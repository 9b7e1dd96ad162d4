import type { Db, Filter } from 'mongodb';
import type { Mention } from '../domain/mention.ts';
import type { CaseScope } from './case-list.ts';
import { cases } from './cases.ts';
import { mentions } from './mentions.ts';
import { unanswered } from './thread-query.ts';

function visible(scope: CaseScope): Filter<Mention> {
  const { agency, secret } = scope;
  return {
    ...(agency !== null && {
      $or: [{ 'classification.agency': agency }, { 'classification.companion': agency }],
    }),
    ...(!secret && { 'classification.secret': false }),
  };
}

/**
 * What came in since then, each counted up to `limit`. Cases of other agencies or secret ones are not counted for
 * somebody who must not see them; a message counts by what the classifier said of it.
 */
export async function countSince(db: Db, since: Date, scope: CaseScope, limit: number) {
  const came: Filter<Mention> = { receivedAt: { $gt: since }, archived: false, ...visible(scope) };
  const count = (filter: Filter<Mention>) => mentions(db).countDocuments({ ...came, ...filter }, { limit });
  const emergency = {
    urgency: 'darurat',
    state: { $in: [...unanswered] },
    receivedAt: { $gt: since },
    ...(scope.agency !== null && { $or: [{ agency: scope.agency }, { companion: scope.agency }] }),
    ...(!scope.secret && { secret: false }),
  } as const;
  const [messages, filtered, arrivedLate, emergencies, oldest, similar] = await Promise.all([
    count({}),
    count({ 'classification.decided': true, 'classification.kind': 'bukan_aduan' }),
    count({ late: true }),
    cases(db).countDocuments(emergency, { limit }),
    cases(db)
      .find(emergency)
      .sort({ openedAt: 1 })
      .limit(1)
      .project<{ openedAt: Date }>({ openedAt: 1 })
      .next(),
    countSupporters(db, came, limit),
  ]);
  return {
    messages,
    filtered,
    arrivedLate,
    emergencies,
    oldestEmergencyAt: oldest?.openedAt ?? null,
    similar,
  };
}

/** Messages of the period that only back a case. */
async function countSupporters(db: Db, came: Filter<Mention>, limit: number): Promise<number> {
  const [found] = await mentions(db)
    .aggregate<{ count: number }>([
      { $match: { $and: [came, { caseId: { $ne: null } }] } },
      { $limit: limit * 10 },
      { $lookup: { from: 'cases', localField: 'caseId', foreignField: '_id', as: 'case' } },
      { $match: { $expr: { $in: ['$_id', { $ifNull: [{ $first: '$case.supporterIds' }, []] }] } } },
      { $limit: limit },
      { $count: 'count' },
    ])
    .toArray();
  return found?.count ?? 0;
}
