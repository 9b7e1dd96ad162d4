import { clockOf, dueAt } from '../../cases/due-at.ts';
import { newCase } from '../../cases/new-case.ts';
import { openingKind } from '../../cases/thread.ts';
import { RefusedError } from '../../core/errors.ts';
import type { Case, CaseKind } from '../../domain/case.ts';
import type { Classification, Kind } from '../../domain/classification.ts';
import type { Mention } from '../../domain/mention.ts';
import type { User } from '../../domain/user.ts';
import { openCases } from '../../store/case-openings.ts';
import type { InTransaction } from '../../store/database.ts';
import { recordFeedback } from '../../store/feedback.ts';
import { correctClassification } from '../../store/mention-work.ts';
import { messageStep } from '../../store/undos.ts';
import { allow } from '../context.ts';
import { openMention } from '../desk.ts';
import { matterOfMention } from '../views.ts';
import { type Asked, type Change, changeBy, numberOfCase, openSeen } from './change.ts';

/** What a person puts right; parts that are absent stay. */
export interface Correction {
  readonly agency?: string | undefined;
  readonly subject?: string | undefined;
  readonly kind?: Kind | undefined;
  readonly kecamatan?: string | undefined;
  readonly place?: string | undefined;
}

type Session = Parameters<Parameters<InTransaction>[0]>[0];

function invalid(id: string, en: string): RefusedError {
  return new RefusedError('invalid', { id, en });
}

function refuseUnknown({ deps }: Asked, { agency, subject, ...rest }: Correction): void {
  if (agency !== undefined && !deps.agencyNames.has(agency))
    throw invalid('Perangkat daerah ini tidak dikenal.', 'This agency is unknown.');
  if (subject !== undefined && !deps.subjectNames.has(subject))
    throw invalid('Pokok aduan ini tidak dikenal.', 'This subject is unknown.');
  if ([agency, subject, ...Object.values(rest)].every((part) => part === undefined))
    throw invalid('Tidak ada yang dikoreksi.', 'Nothing is corrected.');
}

function placeOf(before: Case['place'], { kecamatan, place }: Correction): Case['place'] {
  if (kecamatan === undefined && place === undefined) return before;
  return {
    kecamatan: kecamatan === undefined ? (before?.kecamatan ?? null) : kecamatan || null,
    name: place === undefined ? (before?.name ?? null) : place || null,
  };
}

interface Decided {
  readonly kind: Kind | null;
  readonly subject: string | null;
  readonly agency: string | null;
}

/** The example for the classifier, in the transaction of the correction. */
function feedback(
  { deps }: Asked,
  by: User,
  about: { readonly mentionId: Mention['_id']; readonly said: Decided; readonly right: Decided },
  session: Session,
): Promise<void> {
  const { mentionId, said: before, right: after } = about;
  const at = deps.clock.now();
  return recordFeedback(deps.db, { at, by: by._id, act: 'koreksi', mentionId, before, after }, session);
}

/** The deadline by the other kind; where the clock stands or the case is over it stays as it is. */
function dueAtFor({ deps }: Asked, seen: Case, kind: CaseKind): Date | null {
  if (kind === seen.kind || seen.pausedAt !== null || seen.closedAt !== null) return seen.dueAt;
  return dueAt(deps.clocks, { kind, step: 'tindak_lanjut', ...clockOf(seen.history, seen.openedAt) });
}

async function correctCase(asked: Asked, number: string, version: number, wish: Correction): Promise<Change> {
  const { user, case: seen } = await openSeen(asked, 'case.move', number, version);
  const kind = wish.kind === undefined ? seen.kind : openingKind(wish.kind);
  if (kind === null)
    throw invalid(
      'Aduan bernomor tidak dapat dijadikan bukan aduan. Arsipkan dengan alasan.',
      'A numbered case cannot become no complaint. Archive it with a reason.',
    );
  const set = {
    kind,
    subject: wish.subject ?? seen.subject,
    agency: wish.agency ?? seen.agency,
    place: placeOf(seen.place, wish),
    dueAt: dueAtFor(asked, seen, kind),
    // A person decided: the machine's doubt is over.
    confidence: null,
  };
  return changeBy(asked, user, seen, {
    set,
    what: 'koreksi',
    act: 'correct',
    note: [set.agency, set.subject, set.kind].filter(Boolean).join(', '),
    also: async (session) => {
      await feedback(asked, user, { mentionId: seen.rootMentionId, said: seen, right: set }, session);
      return [];
    },
  });
}

/** "Perlu dicek" decided by a person: a case with its number, or out of the desk's way. */
async function correctMessage(asked: Asked, id: string, revision: number, wish: Correction): Promise<Change> {
  const { mention, case: owner } = await openMention(asked, id);
  const user = await allow(asked, 'case.move', 'mention.view', matterOfMention(mention, owner));
  const said = mention.classification;
  if (owner || !said || mention.revision !== revision || mention.archived) {
    throw new RefusedError(
      'conflict',
      { id: 'Pesan ini sudah berubah. Muat ulang dahulu.', en: 'This message changed. Load it again.' },
      { revision: mention.revision, caseNumber: mention.caseId, classified: said !== null },
    );
  }
  const { subject = said.subject, agency = said.agency, kind = said.kind } = wish;
  const right: Classification = {
    ...said,
    subject,
    agency,
    kind,
    place: placeOf(said.place, wish),
    decided: true,
  };
  const opens = openingKind(kind);
  if (kind === null) throw invalid('Jenis pesan wajib dipilih.', 'The kind must be chosen.');
  const { db, clock, transaction, recordAudit } = asked.deps;
  const at = clock.now();
  const write = async (caseId: Mention['caseId'], session: Session) => {
    if (!(await correctClassification(db, mention, right, caseId, session)))
      throw new RefusedError('conflict', { id: 'Pesan ini sudah berubah.', en: 'This message changed.' });
    await feedback(asked, user, { mentionId: mention._id, said, right }, session);
    const entry = {
      at,
      by: user._id,
      act: 'mention.correct',
      subject: mention._id,
      fields: { opens: opens !== null },
    };
    await recordAudit(entry, session);
  };
  if (opens === null) {
    await transaction((session) => write(null, session));
    return { id: mention._id, version: revision, undo: [messageStep(mention, at)] };
  }
  const made = newCase(asked.deps.clocks, mention, right, opens, at);
  const opened = await openCases(transaction, db, [{ ...made, confidence: null }], (numbers, session) =>
    write(numbers.get(mention._id)?._id ?? null, session),
  );
  const now = opened.get(mention._id);
  if (!now) throw new Error('the case that was opened is gone');
  const back = { what: 'opened', id: now._id, mentionId: mention._id, since: at, before: said } as const;
  return { id: now._id, version: now.version, undo: [back] };
}

/**
 * Puts a case or a message without one right, and remembers it as an example for the classifier.
 * @param version of the case, or the revision of the message
 * @throws {RefusedError} `conflict`, `invalid`, `not-found`, `forbidden`
 */
export function correctBy(asked: Asked, id: string, version: number, wish: Correction): Promise<Change> {
  refuseUnknown(asked, wish);
  return numberOfCase.test(id)
    ? correctCase(asked, id, version, wish)
    : correctMessage(asked, id, version, wish);
}
