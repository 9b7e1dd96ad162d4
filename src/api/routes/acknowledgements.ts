import { refuseOwnApproval, refuseUnfitReceipt } from '../../approve/acknowledge.ts';
import { RefusedError } from '../../core/errors.ts';
import { type Acknowledgement, type Audience, approversOf } from '../../domain/acknowledgement.ts';
import {
  approveAcknowledgement,
  findAcknowledgement,
  listAcknowledgements,
  revokeAcknowledgement,
  writeAcknowledgement,
} from '../../store/acknowledgements.ts';
import type { Session } from '../../store/database.ts';
import { type ApiContext, caller, notFound } from '../context.ts';
import { os } from './base.ts';

function view(one: Acknowledgement) {
  const { _id, text, version, writtenBy, writtenAt } = one;
  const approvedBy = one.approvals.map((approval) => approval.by);
  return {
    audience: _id,
    text,
    version,
    writtenBy,
    writtenAt,
    approvedBy,
    inForce: approversOf(one) !== null,
  };
}

async function changedMeanwhile({ deps }: ApiContext, audience: Audience): Promise<RefusedError> {
  const now = await findAcknowledgement(deps.db, audience);
  return new RefusedError(
    'conflict',
    {
      id: 'Teks ini sudah diubah orang lain. Periksa versi terbarunya.',
      en: 'Somebody else changed this text. Look at its newest version.',
    },
    { version: now?.version ?? 0, text: now?.text ?? null },
  );
}

/** One write and its audit entry, or a conflict. */
async function act(
  context: ApiContext,
  audience: Audience,
  what: 'write' | 'approve' | 'revoke',
  write: (session: Session) => Promise<Acknowledgement | null>,
) {
  const { transaction, recordAudit, clock } = context.deps;
  const by = caller(context)._id;
  const written = await transaction(async (session) => {
    const done = await write(session);
    if (!done) return null;
    const fields = { version: done.version, inForce: approversOf(done) !== null };
    await recordAudit(
      { at: clock.now(), by, act: `acknowledgement.${what}`, subject: audience, fields },
      session,
    );
    return done;
  });
  if (!written) throw await changedMeanwhile(context, audience);
  return view(written);
}

async function seenAs(context: ApiContext, audience: Audience, version: number): Promise<Acknowledgement> {
  const seen = await findAcknowledgement(context.deps.db, audience);
  if (!seen) throw notFound();
  if (seen.version !== version) throw await changedMeanwhile(context, audience);
  return seen;
}

export const acknowledgements = os.acknowledgements.router({
  list: os.acknowledgements.list.handler(async ({ context }) =>
    (await listAcknowledgements(context.deps.db)).map(view),
  ),
  write: os.acknowledgements.write.handler(async ({ context, input }) => {
    const { audience, version, text } = input;
    refuseUnfitReceipt(audience, text, context.deps.review.findPersonalData);
    const [by, at] = [caller(context)._id, context.deps.clock.now()];
    return act(context, audience, 'write', (session) =>
      writeAcknowledgement(context.deps.db, { audience, version, text, by, at }, session),
    );
  }),
  approve: os.acknowledgements.approve.handler(async ({ context, input: { audience, version } }) => {
    const seen = await seenAs(context, audience, version);
    const [by, at] = [caller(context)._id, context.deps.clock.now()];
    refuseOwnApproval(seen, by);
    return act(context, audience, 'approve', (session) =>
      approveAcknowledgement(context.deps.db, seen, by, at, session),
    );
  }),
  revoke: os.acknowledgements.revoke.handler(async ({ context, input: { audience, version } }) => {
    const seen = await seenAs(context, audience, version);
    return act(context, audience, 'revoke', (session) =>
      revokeAcknowledgement(context.deps.db, seen, session),
    );
  }),
});
