import { approve } from '../../src/approve/decide.ts';
import { release } from '../../src/approve/release.ts';
import type { ReviewDeps } from '../../src/approve/review.ts';
import { edit, submit } from '../../src/approve/write.ts';
import { RefusedError } from '../../src/core/errors.ts';
import type { ReplyId, UserId } from '../../src/domain/ids.ts';
import type { Reply } from '../../src/domain/reply.ts';
import { reviewDeps } from '../../src/joins/review.ts';
import type { Services } from '../../src/services.ts';
import { auditRecorder } from '../../src/store/audit.ts';
import { replies } from '../../src/store/replies.ts';
import { until } from './e2e-until.ts';

const writer = { id: 'penulis' as UserId, mayPublish: false };
const approver = { id: 'penyetuju' as UserId, mayPublish: true };

/** Replies that are worked on at the same time. */
const atOnce = 10;

/** Two people who bring drafts out: one writes and submits, the other approves and releases. */
export interface Desk {
  /**
   * Takes `count` more drafts to work on and brings each a step further, again and again, until it is released.
   * Servers may be killed meanwhile: what fails is done again from the state that the database shows.
   */
  releaseMore(count: number): Promise<void>;
  readonly taken: readonly ReplyId[];
}

/** An API can carry it, and its text may be another one: on a secret case only the locked one may go out. */
async function isFit(deps: ReviewDeps, reply: Reply): Promise<boolean> {
  const byApi = deps.connectorFor(reply.target.channelId)?.capability(reply.target).by === 'api';
  return (
    byApi &&
    !deps.isLockedText(reply.templateId, reply.text) &&
    (await deps.findCaseFacts(reply.caseId)).secret === false
  );
}

export function openDesk(services: Services): Desk {
  const { db } = services.database;
  const deps = reviewDeps(services, auditRecorder(db, services.auditKey));
  const taken: ReplyId[] = [];

  const take = async (count: number): Promise<void> => {
    const byPlatform = new Map<string, Reply[]>();
    for (const platform of ['x', 'instagram', 'facebook'] as const) {
      const drafts = await replies(db)
        .find({ state: 'draft', 'target.platform': platform, _id: { $nin: taken } })
        .sort({ _id: 1 })
        .limit(10 * count)
        .toArray();
      const fit = await Promise.all(drafts.map((one) => isFit(deps, one)));
      byPlatform.set(
        platform,
        drafts.filter((_, at) => fit[at]),
      );
    }
    // In turns, so that each platform gets its share.
    const rows = [...byPlatform.values()];
    for (let index = 0, left = count; left > 0 && rows.some((row) => row[index]); index += 1) {
      for (const row of rows) {
        const draft = row[index];
        if (!draft || left === 0) continue;
        taken.push(draft._id);
        left -= 1;
      }
    }
  };

  const stepOn = async (id: ReplyId): Promise<boolean> => {
    const reply = await deps.findReply(id);
    if (!reply) throw new Error(`no reply ${id}`);
    switch (reply.state) {
      case 'draft':
      case 'changes_requested': {
        const text = `Terima kasih, laporan Anda kami terima. Petugas mengecek ke lokasi (laporan ke-${taken.indexOf(id) + 1}).`;
        const seen = reply.text === text ? reply : await edit(deps, id, reply.version, writer, { text });
        await submit(deps, id, seen.version, writer);
        return false;
      }
      case 'submitted':
        await approve(deps, id, reply.version, approver);
        return false;
      case 'approved': {
        const released = await release(deps, id, reply.version, approver);
        await endHold(services, released);
        return true;
      }
      case 'released':
        await endHold(services, reply);
        return true;
      default:
        return true;
    }
  };

  /** Why steps were refused: told when a reply cannot be released at all. */
  const refused = new Map<ReplyId, string>();

  /**
   * A refusal is asked again too, as the case or its message may just have changed; one that stays ends the test with
   * its reason.
   * @returns true when the reply is out of our hands; a step that failed is done again
   */
  const tryStep = (id: ReplyId): Promise<boolean> =>
    stepOn(id).catch((error: unknown) => {
      if (error instanceof RefusedError) refused.set(id, error.message);
      return false;
    });

  return {
    taken,
    async releaseMore(count) {
      const before = taken.length;
      await until('drafts to take', 40_000, () => take(count).then(() => true));
      let left: readonly ReplyId[] = taken.slice(before);
      for (let round = 0; left.length > 0 && round < 60; round += 1) {
        const again: ReplyId[] = [];
        for (let from = 0; from < left.length; from += atOnce) {
          const batch = left.slice(from, from + atOnce);
          const done = await Promise.all(batch.map(tryStep));
          again.push(...batch.filter((_, index) => !done[index]));
        }
        left = again;
      }
      const why = (id: ReplyId) => `${id} (${refused.get(id) ?? 'never refused'})`;
      if (left.length > 0) throw new Error(`could not be released: ${left.map(why).join(', ')}`);
    },
  };
}

/** The 30 seconds to think better of it are over at once: the test has thought. */
async function endHold({ database, clock }: Services, { _id, version }: Reply): Promise<void> {
  await replies(database.db).updateOne(
    { _id, version, state: 'released', attempt: null, postponed: 0 },
    { $set: { notBefore: new Date(clock.now().getTime() - 1_000) } },
  );
}
