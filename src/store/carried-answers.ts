import type { Db } from 'mongodb';
import type { Reply } from '../domain/reply.ts';
import type { CaseScope } from './case-list.ts';
import { batchesElsewhere, type WithNumber } from './elsewhere.ts';
import { replies } from './replies.ts';

interface CarriedAnswer {
  readonly case: WithNumber;
  readonly reply: Pick<Reply, 'text' | 'state' | 'approval' | 'sent' | 'target'>;
}

/** Every approved or sent answer to a case with a number in this portal, newest case first, in batches. */
export async function* answerBatches(
  db: Db,
  asked: Parameters<typeof batchesElsewhere>[1],
  scope: CaseScope,
): AsyncGenerator<CarriedAnswer[]> {
  for await (const batch of batchesElsewhere(db, asked, scope)) {
    const answers = await replies(db)
      .find({
        caseId: { $in: batch.map((one) => one._id) },
        state: { $in: ['approved', 'sent'] },
        acknowledges: { $exists: false },
      })
      .project<CarriedAnswer['reply'] & Pick<Reply, 'caseId'>>({
        ...{ caseId: 1, text: 1, state: 1, approval: 1, sent: 1, target: 1 },
      })
      .sort({ createdAt: 1, _id: 1 })
      .toArray();
    yield batch.flatMap((one) =>
      answers.filter(({ caseId }) => caseId === one._id).map((reply) => ({ case: one, reply })),
    );
  }
}
