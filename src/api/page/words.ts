import type { CaseState } from '../../domain/case.ts';
import type { Kind, Urgency } from '../../domain/classification.ts';
import type { PlatformId } from '../../domain/ids.ts';
import type { ReplyState } from '../../domain/reply.ts';
import type { ThreadView } from '../../domain/thread-filter.ts';
import type { Role } from '../../domain/user.ts';

/** The words of the screen, in Bahasa Indonesia. */
export const platformWords: Readonly<Record<PlatformId, string>> = {
  x: 'X',
  instagram: 'Instagram',
  facebook: 'Facebook',
  whatsapp: 'WhatsApp',
  website: 'Situs web',
  sp4n: 'SP4N-LAPOR!',
  laporgub: 'LaporGub',
  sapamas: 'SAPAMAS',
  manual: 'Catatan petugas',
};

export const roleWords: Readonly<Record<Role, string>> = {
  petugas: 'Petugas aduan',
  admin_opd: 'Admin aduan OPD',
  penyetuju: 'Pejabat penghubung (penyetuju)',
  analis: 'Analis',
  pimpinan: 'Pimpinan',
  superadmin: 'Admin sistem',
};

export const viewWords: Readonly<Record<ThreadView, string>> = {
  darurat: 'Darurat',
  baru: 'Baru',
  'perlu-dicek': 'Perlu dicek',
  'belum-ditanggapi': 'Belum ditanggapi',
  'hampir-lewat': 'Hampir lewat batas',
  'opd-belum-menjawab': 'OPD belum menjawab',
  'menunggu-persetujuan': 'Menunggu persetujuan',
  'minta-dibuka': 'Minta dibuka kembali',
  'milik-saya': 'Milik saya',
  disebut: 'Disebut',
  'ingatkan-nanti': 'Ingatkan nanti',
  tunda: 'Tunda',
  'bukan-wewenang': 'Bukan wewenang',
  tersaring: 'Tersaring',
  apresiasi: 'Apresiasi',
  selesai: 'Selesai',
  arsip: 'Arsip',
  aduan: 'Semua aduan',
  semua: 'Semua',
};

export const caseStateWords: Readonly<Record<CaseState, string>> = {
  baru: 'Baru',
  terverifikasi: 'Terverifikasi',
  disposisi: 'Disposisi',
  proses: 'Proses',
  dijawab: 'Dijawab',
  selesai: 'Selesai',
  tertunda: 'Tertunda',
  bukan_wewenang: 'Bukan wewenang',
  diarsipkan: 'Diarsipkan',
  dibuka_kembali: 'Dibuka kembali',
};

export const replyStateWords: Readonly<Record<ReplyState, string>> = {
  draft: 'Draf',
  submitted: 'Diajukan',
  changes_requested: 'Minta perbaikan',
  rejected: 'Ditolak',
  withdrawn: 'Ditarik',
  approved: 'Disetujui',
  released: 'Antre',
  sending: 'Mengirim',
  sent: 'Terkirim',
  unknown: 'Belum pasti terkirim',
  needs_person: 'Perlu keputusan petugas',
  failed: 'Gagal',
};

export const kindWords: Readonly<Record<Kind, string>> = {
  pengaduan: 'Pengaduan',
  aspirasi: 'Aspirasi',
  permintaan_informasi: 'Permintaan informasi',
  apresiasi: 'Apresiasi',
  bukan_aduan: 'Bukan aduan',
};

export const urgencyWords: Readonly<Record<Urgency, string>> = {
  rendah: 'Rendah',
  biasa: 'Biasa',
  tinggi: 'Tinggi',
  darurat: 'Darurat',
};

export const evidenceWords: Readonly<Record<string, string>> = {
  rule: 'aturan',
  keyword: 'kata kunci',
  bayes: 'pola kata (Naive Bayes)',
  context: 'konteks',
};

export const channelStateWords = { ok: 'Berjalan', paused: 'Dijeda', broken: 'Bermasalah' } as const;

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
