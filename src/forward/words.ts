import type { NoticeKind } from '../domain/forward.ts';

/** What a notice is made of when it is sent. */
export interface NoticeFacts {
  readonly kind: Exclude<NoticeKind, 'gangguan' | 'pulih'>;
  readonly number: string;
  readonly agency: string;
  /** Spoken date; null: no deadline is known. */
  readonly due: string | null;
  readonly place: string | null;
  readonly secret: boolean;
  /** The recipient's own link; null: none in this kind of notice. */
  readonly link: string | null;
  readonly code: string | null;
  /** What the office answered; null: none in this kind of notice. */
  readonly answer?: string | null;
}

export interface NoticeText {
  readonly subject: string;
  readonly text: string;
  /** Approved WhatsApp template and the variables of its body. */
  readonly template: string;
  readonly variables: readonly string[];
  /** Where it goes, when the notice itself does not hold it: a citizen's address stays in one place. */
  readonly to?: string;
}

/** Words of a notice. A secret case is not described: its text is read behind the code. */
export function noticeText(facts: NoticeFacts): NoticeText {
  const { kind, number, agency, code } = facts;
  const due = facts.due ?? 'belum ditentukan';
  const link = facts.link ?? '';
  switch (kind) {
    case 'disposisi':
      return {
        subject: `Aduan ${number} untuk ${agency}, batas ${due}`,
        text: lines(
          `Aduan ${number} diteruskan kepada ${agency}. Batas jawaban: ${due}.`,
          facts.secret ? 'Aduan ini RAHASIA.' : facts.place && `Tempat: ${facts.place}.`,
          `Baca dan jawab di: ${link}`,
          'Tautan ini hanya untuk Anda dan berlaku tujuh hari. Kode untuk membukanya dikirim kepada Anda saat tombol ditekan. Jangan teruskan ke grup.',
        ),
        template: 'disposisi_aduan',
        variables: [number, agency, due, link],
      };
    case 'pengingat':
      return {
        subject: `Pengingat: aduan ${number} belum dijawab, batas ${due}`,
        text: lines(
          `Aduan ${number} untuk ${agency} belum dijawab. Batas jawaban: ${due}.`,
          link && `Baca dan jawab di: ${link}`,
        ),
        template: 'pengingat_aduan',
        variables: [number, agency, due],
      };
    case 'darurat':
      return {
        subject: `DARURAT: aduan ${number} (${agency})`,
        text: lines(
          `Aduan darurat ${number} untuk ${agency} baru masuk.`,
          !facts.secret && facts.place && `Tempat: ${facts.place}.`,
          'Buka Tanggap dan hubungi petugas di lapangan sekarang.',
        ),
        template: 'darurat_aduan',
        variables: [number, agency],
      };
    case 'kode':
      return {
        subject: `Kode untuk membuka aduan ${number}`,
        text: lines(
          `Kode Anda: ${code ?? ''}`,
          'Berlaku 15 menit. Jangan berikan kepada siapa pun, juga bila diminta atas nama Diskominfo.',
        ),
        template: 'kode_aduan',
        variables: [code ?? ''],
      };
    case 'kontak':
      return {
        subject: `Kode untuk memastikan alamat Anda`,
        text: lines(
          `Kode Anda: ${code ?? ''}`,
          'Masukkan di halaman laporan Anda; berlaku 15 menit. Sesudah itu jawaban atas laporan Anda kami kirim juga ke sini. Bukan Anda yang meminta? Abaikan saja pesan ini.',
        ),
        template: 'kode_aduan',
        variables: [code ?? ''],
      };
    case 'jawaban':
      return answerText(facts.answer ?? '', `Lihat juga dengan nomor dan kode Anda di ${link}`);
    default:
      return kind satisfies never;
  }
}

/** Longest text of one variable in a WhatsApp template. Source: Cloud API, "Templates". */
export const longestByWhatsapp = 1_024;

/** An answer of the office to a citizen who confirmed that this is his. @param after where else it can be read */
export function answerText(answer: string, after: string | null): NoticeText {
  return {
    subject: 'Jawaban atas laporan Anda · Aduan Kabupaten Karanganyar',
    text: lines(answer, after),
    template: 'jawaban_aduan',
    // Never cut: what is too long for WhatsApp is read on the page.
    variables: [answer.length > longestByWhatsapp ? (after ?? '') : answer],
  };
}

function lines(...parts: readonly (string | false | null)[]): string {
  return parts.filter((part) => part).join('\n\n');
}
