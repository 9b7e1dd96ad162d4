import { RefusedError } from '../../core/errors.ts';
import type { Case } from '../../domain/case.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Reply } from '../../domain/reply.ts';
import { findMention, mentions } from '../../store/mentions.ts';
import { addAuthors, replies } from '../../store/replies.ts';
import { findUserByName } from '../../store/users.ts';
import { openCase } from '../desk.ts';
import { mask, oneLine } from '../masking.ts';
import { actOnReply } from '../reply-acts.ts';
import { agencyName, subjectName } from '../why.ts';
import { type Asked, changeBy } from './change.ts';

const wib = new Intl.DateTimeFormat('id-ID', {
  timeZone: 'Asia/Jakarta',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

function withoutLinks(text: string): string {
  return text.replace(/\b(?:https?:\/\/|www\.)\S+/gi, '[tautan]');
}

/**
 * "Salin untuk grup WA": what an agency needs to answer, without a link, personal data or a name. A group is read by
 * many: of a secret case it says only its number.
 */
export async function groupText(asked: Asked, number: string): Promise<string> {
  const { case: one } = await openCase(asked, 'case.view', number);
  if (one.secret) return `Aduan ${one._id} (rahasia). Mohon dibuka di Tanggap.`;
  const root = await findMention(mentions(asked.deps.db), one.rootMentionId);
  const agency = agencyName(asked.deps, one.agency);
  const subject = subjectName(asked.deps, one.subject);
  const place = [one.place?.name, one.place?.kecamatan].filter(Boolean).join(', ');
  const lines = [
    `Aduan ${one._id}${subject ? ` · ${subject}` : ''}`,
    place && `Lokasi: ${place}`,
    one.dueAt && `Batas: ${wib.format(one.dueAt)}`,
    root && `"${oneLine(withoutLinks(mask(root.text)), 600)}"`,
    `Mohon tanggapan${agency ? ` ${agency}` : ''}. Terima kasih.`,
  ];
  return lines.filter(Boolean).join('\n');
}

/**
 * "OPD belum menjawab": one text for each agency, with all of its cases, in their order of urgency. Read in a group by
 * many: a secret case is a number and nothing else.
 */
export async function reminderTexts(
  asked: Asked,
  numbers: readonly string[],
): Promise<{ agency: string | null; text: string }[]> {
  const opened: Case[] = [];
  for (const number of new Set(numbers)) opened.push((await openCase(asked, 'case.view', number)).case);
  const now = asked.deps.clock.now();
  opened.sort((a, b) => (a.dueAt?.getTime() ?? Infinity) - (b.dueAt?.getTime() ?? Infinity));
  const agencies = [...new Set(opened.map(({ agency }) => agency))];
  return agencies.map((agency) => {
    const lines = opened
      .filter((one) => one.agency === agency)
      .map((one, n) => `${n + 1}. ${reminderLine(asked, one, now)}`);
    const name = agencyName(asked.deps, agency);
    const opening = `Mengingatkan${name ? ` ${name}` : ''}: ${lines.length} aduan warga menunggu tanggapan.`;
    return { agency, text: [opening, ...lines, 'Mohon dijawab hari ini. Terima kasih.'].join('\n') };
  });
}

function reminderLine({ deps }: Asked, one: Case, now: Date): string {
  const due = one.dueAt && `batas ${wib.format(one.dueAt)}${one.dueAt < now ? ' (sudah lewat)' : ''}`;
  if (one.secret) return [`${one._id} (rahasia)`, due].filter(Boolean).join(' · ');
  const place = [one.place?.name, one.place?.kecamatan].filter(Boolean).join(', ');
  return [one._id, subjectName(deps, one.subject), place, due].filter(Boolean).join(' · ');
}

export interface GroupAnswer {
  readonly text: string;
  readonly answeredBy: string;
  readonly answeredByLogin?: string | undefined;
  readonly answeredAt: Date;
  /** Link to the screenshot, or where it lies. */
  readonly proof?: string | undefined;
}

/**
 * "Catat jawaban dari grup": the answer becomes the text of the case's draft. Who wrote it down and who gave it are both
 * its authors, so neither may approve it.
 */
export async function recordGroupAnswer(asked: Asked, number: string, answer: GroupAnswer): Promise<Reply> {
  const { user, case: one } = await openCase(asked, 'draft.write', number);
  const { db, clock, review } = asked.deps;
  if (answer.answeredAt > clock.now()) {
    throw new RefusedError('invalid', {
      id: 'Waktu jawaban tidak boleh di masa depan.',
      en: 'The time of the answer cannot be in the future.',
    });
  }
  const answerer = await answererOf(asked, answer);
  const open = await review.findOpenReplyTo(one.mentionIds.at(-1) ?? one.rootMentionId);
  const reply =
    open ??
    (await asked.deps.composer.write(user, { case: one, text: answer.text, templateId: null, key: null }));
  // First the author, then the text: whoever dies in between leaves a stricter draft, never a looser one.
  const guarded = answerer ? await addAuthors(replies(db), reply._id, [answerer]) : reply;
  if (!guarded) {
    throw new RefusedError('conflict', {
      id: 'Draf ini sudah disetujui. Tarik dahulu sebelum mencatat jawaban baru.',
      en: 'This draft is approved already. Withdraw it before you record another answer.',
    });
  }
  const input = { id: reply._id, version: guarded.version, text: answer.text };
  const written = open ? await actOnReply(asked, 'edit', input) : guarded;
  const note = `${answer.answeredBy}, ${wib.format(answer.answeredAt)}`;
  const { case: now } = await openCase(asked, 'draft.write', number);
  const { proof } = answer;
  await changeBy(asked, user, now, { set: {}, what: 'jawaban dari grup', act: 'group-answer', note, proof });
  return written;
}

async function answererOf(asked: Asked, answer: GroupAnswer): Promise<UserId | null> {
  const { db } = asked.deps;
  const found = await findUserByName(db, answer.answeredByLogin ?? answer.answeredBy);
  if (found || answer.answeredByLogin === undefined) return found;
  throw new RefusedError('invalid', {
    id: 'Akun pemberi jawaban tidak ada.',
    en: 'There is no such account.',
  });
}
