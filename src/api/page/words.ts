import * as both from '../contract/words.ts';

/** These pages are in Bahasa Indonesia alone. */
export const roleWords = both.roleWords.id;
export const viewWords = both.viewWords.id;
export const caseStateWords = both.caseStateWords.id;
export const replyStateWords = both.replyStateWords.id;
export const kindWords = both.kindWords.id;
export const urgencyWords = both.urgencyWords.id;
export const evidenceWords: Readonly<Record<string, string>> = both.evidenceWords.id;
export const channelStateWords = both.channelStateWords.id;
export const platformWords = both.platformNames;

/** What is said after an act; only these, so that no link can put words on our page. */
export const doneWords: Readonly<Record<string, string>> = {
  pindah: 'Status aduan diperbarui.',
  ambil: 'Aduan ini sekarang Anda tangani.',
  catatan: 'Catatan disimpan.',
  dibuat: 'Draf dibuat.',
  simpan: 'Draf disimpan.',
  ajukan: 'Draf diajukan untuk disetujui.',
  'minta-perbaikan': 'Draf dikembalikan untuk diperbaiki.',
  tolak: 'Draf ditolak.',
  tarik: 'Draf ditarik.',
  setujui: 'Balasan disetujui.',
  kirim: 'Balasan masuk antrean. Masih dapat dibatalkan sebelum dikirim.',
  batalkan: 'Pengiriman dibatalkan; balasan kembali ke Disetujui.',
  'dengan-tangan': 'Ditandai sudah dijawab langsung.',
  'sudah-terkirim': 'Dicatat: balasan sudah terkirim.',
  'kirim-lagi': 'Balasan diantrekan lagi.',
  'jangan-kirim': 'Balasan tidak dikirim.',
  berhenti: 'Semua pengiriman dihentikan.',
  lanjut: 'Pengiriman dibuka lagi.',
  saluran: 'Saluran diperbarui.',
  keluar: 'Anda sudah keluar.',
};
