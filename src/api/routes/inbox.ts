import type { CaseNumber, MentionId } from '../../domain/ids.ts';
import { listCases } from '../../store/case-list.ts';
import { cases as casesOf } from '../../store/cases.ts';
import { listMentions } from '../../store/mention-list.ts';
import { mentions as mentionsOf } from '../../store/mentions.ts';
import { captureBy } from '../acts/capture.ts';
import { doneWith, linkBy, moveWithUndo, unlinkBy } from '../acts/desk-acts.ts';
import { setElsewhere } from '../acts/elsewhere.ts';
import { groupText, recordGroupAnswer, reminderTexts } from '../acts/group.ts';
import { hidingOf, setHiddenBy } from '../acts/hide.ts';
import { resendLinkBy, revokeLinkBy } from '../acts/links.ts';
import { openForReading } from '../acts/open-data.ts';
import { undoFor } from '../acts/undo.ts';
import { claimCaseBy, noteOnCase, setOversightOf } from '../case-acts.ts';
import { caseDetail } from '../case-detail.ts';
import { caller } from '../context.ts';
import { copiesSeen } from '../copies.ts';
import { pageBy } from '../cursor.ts';
import { openCase, openMention } from '../desk.ts';
import { caseView, mentionView, replyView } from '../views.ts';
import { visibleAmong } from '../visible-mentions.ts';
import { reasonsOf, whyOf } from '../why.ts';
import { callersScope, os } from './base.ts';

export const mentions = os.mentions.router({
  list: os.mentions.list.handler(async ({ context, input }) => {
    const { cursor, limit, ...filter } = input;
    const { db } = context.deps;
    const scope = callersScope(context);
    // Another agency than one's own would be an empty list anyway.
    const agency = scope.agency ?? filter.agency;
    const page = await pageBy(
      { cursor, limit },
      ({ limit: rows, after }) =>
        listMentions(
          mentionsOf(db),
          { ...filter, agency, withSecret: scope.secret },
          { limit: rows, after: after ? { postedAt: after.at, id: after.id as MentionId } : undefined },
        ),
      (mention) => ({ at: mention.postedAt, id: mention._id }),
    );
    const rows = (await visibleAmong(context, page.rows)).map(({ mention, owner }) =>
      mentionView(mention, owner),
    );
    return { rows, nextCursor: page.nextCursor };
  }),
  get: os.mentions.get.handler(async ({ context, input }) => {
    const { mention, case: owner } = await openMention(context, input.id);
    const view = mentionView(mention, owner);
    return {
      ...view,
      why: whyOf(context.deps, mention.classification, !view.masked),
      snoozedUntil: mention.snooze?.until ?? null,
      revision: mention.revision,
      copies: await copiesSeen(context, mention),
    };
  }),
  why: os.mentions.why.handler(async ({ context, input }) => {
    const { mention, case: owner } = await openMention(context, input.id);
    const explained = await context.deps.explain(mention);
    return reasonsOf(context.deps, explained, mention.classification, !mentionView(mention, owner).masked);
  }),
  open: os.mentions.open.handler(({ context, input }) => openForReading(context, input.id, input.reason)),
  hiding: os.mentions.hiding.handler(({ context, input }) => hidingOf(context, input.id)),
  hide: os.mentions.hide.handler(({ context, input }) => setHiddenBy(context, input.id, input.reason)),
  show: os.mentions.show.handler(({ context, input }) => setHiddenBy(context, input.id, null)),
});

export const cases = os.cases.router({
  list: os.cases.list.handler(async ({ context, input }) => {
    const { cursor, limit, state, ...filter } = input;
    const scope = callersScope(context);
    const states = state && [state];
    const page = await pageBy(
      { cursor, limit },
      ({ limit: rows, after }) =>
        listCases(casesOf(context.deps.db), { ...filter, states }, scope, {
          order: 'newest',
          limit: rows,
          after: after ? { at: after.at, id: after.id as CaseNumber } : undefined,
        }),
      (one) => ({ at: one.openedAt, id: one._id }),
    );
    return { ...page, rows: page.rows.map(caseView) };
  }),
  get: os.cases.get.handler(async ({ context, input }) => {
    const { user, case: one } = await openCase(context, 'case.view', input.number);
    return caseDetail(context, user, one, callersScope(context));
  }),
  move: os.cases.move.handler(async ({ context, input }) => {
    const { version, verb } = input;
    const move = { version, verb, agency: input.agency ?? null, note: input.note ?? null };
    const moved = await moveWithUndo(context, input.number, move);
    const undo = await undoFor(context, caller(context)._id, moved.undo.length > 0 ? [moved.undo] : []);
    return { ...caseView(moved.case), undo };
  }),
  claim: os.cases.claim.handler(async ({ context, input }) =>
    caseView(await claimCaseBy(context, input.number, input.version)),
  ),
  setOversight: os.cases.setOversight.handler(async ({ context, input: { number, ...change } }) =>
    caseView(await setOversightOf(context, number, change)),
  ),
  setElsewhere: os.cases.setElsewhere.handler(async ({ context, input: { number, ...wish } }) =>
    caseView(await setElsewhere(context, number, wish)),
  ),
  note: os.cases.note.handler(async ({ context, input }) =>
    caseView(await noteOnCase(context, input.number, input.text)),
  ),
  link: os.cases.link.handler(async ({ context, input }) =>
    doneWith(context, await linkBy(context, input.number, input.version, input.lead)),
  ),
  unlink: os.cases.unlink.handler(async ({ context, input }) =>
    doneWith(context, await unlinkBy(context, input.number, input.version)),
  ),
  capture: os.cases.capture.handler(({ context, input }) => captureBy(context, input)),
  groupText: os.cases.groupText.handler(async ({ context, input }) => ({
    text: await groupText(context, input.number),
  })),
  reminderText: os.cases.reminderText.handler(({ context, input }) => reminderTexts(context, input.numbers)),
  revokeLink: os.cases.revokeLink.handler(({ context, input }) =>
    revokeLinkBy(context, input.number, input.link),
  ),
  resendLink: os.cases.resendLink.handler(({ context, input }) =>
    resendLinkBy(context, input.number, input.link),
  ),
  groupAnswer: os.cases.groupAnswer.handler(async ({ context, input }) =>
    replyView(await recordGroupAnswer(context, input.number, input)),
  ),
});
