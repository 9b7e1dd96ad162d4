import { RefusedError } from '../core/errors.ts';
import { type Acknowledgement, type Audience, strangeVariables } from '../domain/acknowledgement.ts';
import type { PersonalData } from '../domain/classification.ts';
import type { UserId } from '../domain/ids.ts';

function refuse(id: string, en: string): never {
  throw new RefusedError('invalid', { id, en });
}

/**
 * What a receipt's text must hold and must not: nothing may vary in it but number, code and date.
 * @throws {RefusedError} `invalid` with the reason
 */
export function refuseUnfitReceipt(
  audience: Audience,
  text: string,
  findPersonalData: (text: string) => readonly PersonalData[],
): void {
  const strange = strangeVariables(audience, text);
  if (strange.length > 0) {
    const names = strange.map((name) => `{${name}}`).join(', ');
    refuse(
      `Variabel ${names} tidak boleh dipakai di sini: hanya nomor, batas, dan (di jalur pribadi) kode.`,
      `${names} may not be used here: only number, date and (in private) the code.`,
    );
  }
  if (!text.includes('{nomor}')) {
    refuse('Tanda terima harus memuat {nomor}.', 'A receipt must hold {nomor}.');
  }
  if (findPersonalData(text).length > 0) {
    refuse('Teks memuat data pribadi. Hapus dahulu.', 'The text holds personal data. Remove it first.');
  }
}

/** @throws {RefusedError} `forbidden` for the writer and for who approved it already */
export function refuseOwnApproval(seen: Acknowledgement, by: UserId): void {
  if (seen.writtenBy === by) {
    throw new RefusedError('forbidden', {
      id: 'Penulis tidak boleh menyetujui teksnya sendiri. Mintalah orang lain.',
      en: 'An author may not approve his own text. Ask somebody else.',
    });
  }
  if (seen.approvals.some((approval) => approval.by === by)) {
    throw new RefusedError('forbidden', {
      id: 'Anda sudah menyetujui teks ini; perlu satu orang lain.',
      en: 'You approved this text already; somebody else is needed.',
    });
  }
}
