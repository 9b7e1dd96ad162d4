import { dueAt } from '../src/cases/due-at.ts';
import type { CaseNumber, ReplyId } from '../src/domain/ids.ts';
import { type DraftFacts, writeDraft } from '../src/draft/draft.ts';
import { newReply, targetOf } from '../src/draft/new-reply.ts';
import type { Services } from '../src/services.ts';
import { cases, findCase } from '../src/store/cases.ts';
import { addDraft, replies } from '../src/store/replies.ts';
import type { Judged } from './classify.ts';

/** States in which the agency in charge has the matter. */
const forwardedStates: readonly string[] = ['disposisi', 'proses', 'dijawab', 'selesai'];

/**
 * The automatic first draft for a message, from the template of its situation. Its id is made from the message's, so
 * that a second run adds none, also when the first one was rejected or sent meanwhile.
 */
export async function draftFor(
  services: Services,
  { mention, said }: Judged,
  number: CaseNumber,
): Promise<void> {
  const { db } = services.database;
  const connector = services.connectors.get(mention.channelId);
  const one = await findCase(cases(db), number);
  if (!connector || !one || mention.deletedAt !== null) return;
  const target = targetOf(
    mention,
    mention.parentId === null ? null : nativeOf(mention.parentId, mention.platform),
  );
  const from = one.openedAt;
  const deadline = (step: 'verifikasi' | 'tindak_lanjut' | 'tutup_otomatis') =>
    dueAt(services.clocks, { kind: one.kind, step, from });
  const facts: DraftFacts = {
    caseId: number,
    platform: mention.platform,
    kind: one.kind,
    authority: one.authority,
    agency: one.agency,
    urgency: one.urgency,
    flags: said.flags,
    secret: one.secret,
    reopened: one.state === 'dibuka_kembali',
    forwarded: forwardedStates.includes(one.state),
    personalDataInPublic: said.personalData.length > 0,
    authorName: mention.author.name,
    agencyShortName: one.agency === null ? null : (services.agencyNames.get(one.agency) ?? one.agency),
    deadlines: {
      verifikasi: deadline('verifikasi'),
      tindak_lanjut: one.dueAt,
      tutup_otomatis: dueAt(services.clocks, {
        kind: one.kind,
        step: 'tutup_otomatis',
        from: services.clock.now(),
      }),
    },
    link: null,
    fillIn: null,
  };
  const draft = writeDraft(services.templates, facts, {
    capability: connector.capability(target),
    measure: (text) => connector.measure(text),
  });
  if (!draft) return;
  await addDraft(
    replies(db),
    newReply({
      id: `r-${mention._id}` as ReplyId,
      caseId: number,
      target,
      text: draft.text,
      templateId: draft.templateId,
      situation: draft.situation,
      now: services.clock.now(),
    }),
  );
}

function nativeOf(id: string, platform: string): string {
  return id.slice(platform.length + 1);
}
