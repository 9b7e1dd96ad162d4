import type { Db } from 'mongodb';
import type { MentionId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import type { Reply, ReplyState } from '../domain/reply.ts';
import { type CaseScope, scopeQuery } from './case-list.ts';
import { mentions } from './mentions.ts';
import { replies } from './replies.ts';

/** How a draft comes back from its approver, always with a reason. */
const sentBackStates = ['changes_requested', 'rejected'] as const satisfies readonly ReplyState[];

export interface SentBackReply {
  readonly reply: Reply;
  /** The citizen's message; null when it is not in the database. */
  readonly message: Mention | null;
}

/** Replies that came back at some time, the last changed first; those of secret cases stay where they are. */
export async function sentBackReplies(db: Db, scope: CaseScope, limit: number): Promise<SentBackReply[]> {
  const found = await replies(db)
    .aggregate<Reply>([
      { $match: { 'history.to': { $in: [...sentBackStates] } } },
      { $sort: { updatedAt: -1, _id: -1 } },
      {
        $lookup: {
          from: 'cases',
          localField: 'caseId',
          foreignField: '_id',
          pipeline: [{ $match: { $and: [scopeQuery(scope), { secret: false }] } }, { $project: { _id: 1 } }],
          as: 'case',
        },
      },
      { $match: { 'case.0': { $exists: true } } },
      { $limit: limit },
      { $unset: 'case' },
    ])
    .toArray();
  const messages = await mentions(db)
    .find({ _id: { $in: found.map(({ target }) => target.mentionId) } })
    .toArray();
  const byId = new Map<MentionId, Mention>(messages.map((message) => [message._id, message]));
  return found.map((reply) => ({ reply, message: byId.get(reply.target.mentionId) ?? null }));
}
