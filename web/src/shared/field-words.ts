import { words } from './language.tsx';

/** The field's words: what platforms, roles, states and the like are called on the screen. */
export const platformNames: Readonly<Record<string, string>> = {
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

export const roleWords = words(
  {
    petugas: 'Petugas aduan',
    admin_opd: 'Admin aduan OPD',
    penyetuju: 'Pejabat penghubung (penyetuju)',
    analis: 'Analis',
    pimpinan: 'Pimpinan',
    superadmin: 'Admin sistem',
  },
  {
    petugas: 'Complaints officer',
    admin_opd: 'Agency officer',
    penyetuju: 'Approver',
    analis: 'Analyst',
    pimpinan: 'Leader',
    superadmin: 'System admin',
  },
);

export const caseStateWords = words(
  {
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
  },
  {
    baru: 'New',
    terverifikasi: 'Verified',
    disposisi: 'Assigned',
    proses: 'In progress',
    dijawab: 'Answered',
    selesai: 'Closed',
    tertunda: 'Waiting for the citizen',
    bukan_wewenang: 'Not ours',
    diarsipkan: 'Archived',
    dibuka_kembali: 'Reopened',
  },
);

export const replyStateWords = words(
  {
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
  },
  {
    draft: 'Draft',
    submitted: 'Submitted',
    changes_requested: 'Changes asked for',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
    approved: 'Approved',
    released: 'Queued',
    sending: 'Sending',
    sent: 'Sent',
    unknown: 'Not sure whether it was sent',
    needs_person: 'Needs a decision',
    failed: 'Failed',
  },
);

export const kindWords = words(
  {
    pengaduan: 'Pengaduan',
    aspirasi: 'Aspirasi',
    permintaan_informasi: 'Permintaan informasi',
    apresiasi: 'Apresiasi',
    bukan_aduan: 'Bukan aduan',
  },
  {
    pengaduan: 'Complaint',
    aspirasi: 'Wish',
    permintaan_informasi: 'Question',
    apresiasi: 'Praise',
    bukan_aduan: 'No complaint',
  },
);

export const urgencyWords = words(
  { rendah: 'Rendah', biasa: 'Biasa', tinggi: 'Tinggi', darurat: 'Darurat' },
  { rendah: 'Low', biasa: 'Normal', tinggi: 'High', darurat: 'Emergency' },
);

/** What a message was marked with. */
export const flagWords = words(
  {
    kasar: 'kata kasar',
    klaim_belum_pasti: 'klaim belum pasti',
    ditagih: 'ditagih warga',
    sarkasme: 'sarkasme?',
    spam: 'spam',
    tanpa_isi: 'tanpa isi',
    masuk_terlambat: 'masuk terlambat',
  },
  {
    kasar: 'rude words',
    klaim_belum_pasti: 'uncertain claim',
    ditagih: 'asked again',
    sarkasme: 'sarcasm?',
    spam: 'spam',
    tanpa_isi: 'no content',
    masuk_terlambat: 'arrived late',
  },
);

/** What a message is written in. */
export const messageLanguageWords = words(
  { id: 'Bahasa Indonesia', jv: 'Jawa', mixed: 'campur Jawa–Indonesia', en: 'Inggris', other: 'lainnya' },
  { id: 'Indonesian', jv: 'Javanese', mixed: 'Javanese and Indonesian', en: 'English', other: 'other' },
);

export const evidenceWords = words(
  { rule: 'aturan', keyword: 'kata kunci', bayes: 'pola kata', context: 'konteks' },
  { rule: 'rule', keyword: 'keyword', bayes: 'word pattern', context: 'context' },
);

export const channelStateWords = words(
  { ok: 'Berjalan', paused: 'Dijeda', broken: 'Bermasalah' },
  { ok: 'Running', paused: 'Paused', broken: 'Broken' },
);
