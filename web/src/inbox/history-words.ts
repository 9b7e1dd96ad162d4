/** What a case's history calls its events (src/cases/, src/store/, src/api/acts/), for the English desk. */
const english: Readonly<Record<string, string>> = {
  buka: 'opened',
  verifikasi: 'verified',
  disposisi: 'assigned',
  proses: 'being worked on',
  jawab: 'answered',
  'jawab (di luar Tanggap)': 'answered (outside of Tanggap)',
  selesai: 'closed',
  tunda: 'waiting for the citizen',
  lanjutkan: 'taken up again',
  'bukan wewenang': 'not ours',
  arsipkan: 'archived',
  'buka kembali': 'reopened',
  koreksi: 'corrected',
  'ingatkan nanti': 'put off',
  gabung: 'follows the answer of another case',
  pisah: 'parted',
  'jawaban dari grup': 'answer from the group',
  impor: 'imported',
  'impor ulang': 'imported again',
  'status di portal': 'state in the portal',
  'pesan lanjutan': 'further message',
  'pesan lanjutan (prioritas naik)': 'further message (priority raised)',
  'pesan lanjutan (ditagih warga, prioritas naik)': 'further message (asked again, priority raised)',
  urungkan: 'undone',
};

/** The event in the screen's language; one that is not known here as it was written. */
export function eventWords(what: string, language: 'id' | 'en'): string {
  return language === 'id' ? what : (english[what] ?? what);
}
