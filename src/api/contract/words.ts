import type { CaseState } from '../../domain/case.ts';
import type { Channel } from '../../domain/channel.ts';
import type { Evidence, Flag, Kind, Urgency } from '../../domain/classification.ts';
import type { PlatformId } from '../../domain/ids.ts';
import type { ReplyState } from '../../domain/reply.ts';
import type { ThreadView } from '../../domain/thread-filter.ts';
import type { Role } from '../../domain/user.ts';

/** The field's words as every page of ours says them. Indonesian is the source. */
interface Both<Key extends string> {
  readonly id: Readonly<Record<Key, string>>;
  readonly en: Readonly<Record<Key, string>>;
}

/** A name that came from elsewhere may be none of them. */
export const platformNames: Readonly<Record<PlatformId, string> & Record<string, string>> = {
  x: 'X',
  instagram: 'Instagram',
  facebook: 'Facebook',
  whatsapp: 'WhatsApp',
  website: 'Situs web',
  sp4n: 'SP4N-LAPOR!',
  laporgub: 'LaporGub',
  sapamas: 'SAPAMAS',
  manual: 'Dicatat petugas',
};

/** The same for the screen's language: two of them are no brands. */
export const platformWords: Both<PlatformId> = {
  id: platformNames,
  en: { ...platformNames, website: 'Website', manual: 'Noted by an officer' },
};

export const roleWords: Both<Role> = {
  id: {
    petugas: 'Petugas aduan',
    admin_opd: 'Admin aduan OPD',
    penyetuju: 'Pejabat penghubung (penyetuju)',
    analis: 'Analis',
    pimpinan: 'Pimpinan',
    superadmin: 'Admin sistem',
  },
  en: {
    petugas: 'Complaints officer',
    admin_opd: 'Agency officer',
    penyetuju: 'Approver',
    analis: 'Analyst',
    pimpinan: 'Leader',
    superadmin: 'System admin',
  },
};

export const caseStateWords: Both<CaseState> = {
  id: {
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
  en: {
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
};

export const replyStateWords: Both<ReplyState> = {
  id: {
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
  en: {
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
};

export const kindWords: Both<Kind> = {
  id: {
    pengaduan: 'Pengaduan',
    aspirasi: 'Aspirasi',
    permintaan_informasi: 'Permintaan informasi',
    apresiasi: 'Apresiasi',
    bukan_aduan: 'Bukan aduan',
  },
  en: {
    pengaduan: 'Complaint',
    aspirasi: 'Wish',
    permintaan_informasi: 'Question',
    apresiasi: 'Praise',
    bukan_aduan: 'No complaint',
  },
};

export const urgencyWords: Both<Urgency> = {
  id: { rendah: 'Rendah', biasa: 'Biasa', tinggi: 'Tinggi', darurat: 'Darurat' },
  en: { rendah: 'Low', biasa: 'Normal', tinggi: 'High', darurat: 'Emergency' },
};

/** What a message was marked with. */
export const flagWords: Both<Flag> = {
  id: {
    kasar: 'kata kasar',
    klaim_belum_pasti: 'klaim belum pasti',
    ditagih: 'ditagih warga',
    sarkasme: 'sarkasme?',
    spam: 'spam',
    tanpa_isi: 'tanpa isi',
    masuk_terlambat: 'masuk terlambat',
    berantai: 'pesan berantai?',
  },
  en: {
    kasar: 'rude words',
    klaim_belum_pasti: 'uncertain claim',
    ditagih: 'asked again',
    sarkasme: 'sarcasm?',
    spam: 'spam',
    tanpa_isi: 'no content',
    masuk_terlambat: 'arrived late',
    berantai: 'passed on by many?',
  },
};

/** The saved views of the inbox. */
export const viewWords: Both<ThreadView> = {
  id: {
    darurat: 'Darurat',
    baru: 'Baru',
    'perlu-dicek': 'Perlu dicek',
    'belum-ditanggapi': 'Belum ditanggapi',
    'hampir-lewat': 'Hampir lewat batas',
    'opd-belum-menjawab': 'OPD belum menjawab',
    'menunggu-persetujuan': 'Menunggu persetujuan',
    'milik-saya': 'Milik saya',
    disebut: 'Menyebut saya',
    'minta-dibuka': 'Minta dibuka kembali',
    'ingatkan-nanti': 'Ingatkan nanti',
    tunda: 'Tunda',
    'bukan-wewenang': 'Bukan wewenang',
    tersaring: 'Tersaring',
    apresiasi: 'Apresiasi',
    selesai: 'Selesai',
    arsip: 'Arsip',
    aduan: 'Semua aduan',
    semua: 'Semua',
  },
  en: {
    darurat: 'Emergencies',
    baru: 'New',
    'perlu-dicek': 'To be checked',
    'belum-ditanggapi': 'Not answered',
    'hampir-lewat': 'Almost late',
    'opd-belum-menjawab': 'Agency silent',
    'menunggu-persetujuan': 'Awaiting approval',
    'milik-saya': 'Mine',
    disebut: 'Mentions me',
    'minta-dibuka': 'Asks to be reopened',
    'ingatkan-nanti': 'Snoozed',
    tunda: 'Waiting for the citizen',
    'bukan-wewenang': 'Not ours',
    tersaring: 'Filtered',
    apresiasi: 'Praise',
    selesai: 'Closed',
    arsip: 'Archive',
    aduan: 'All cases',
    semua: 'All',
  },
};

export const channelStateWords: Both<Channel['state']> = {
  id: { ok: 'Berjalan', paused: 'Dijeda', broken: 'Bermasalah' },
  en: { ok: 'Running', paused: 'Paused', broken: 'Broken' },
};

export const evidenceWords: Both<Evidence['source']> = {
  id: {
    rule: 'aturan',
    keyword: 'kata kunci',
    bayes: 'pola kata',
    context: 'konteks',
    model: 'model terlatih',
  },
  en: { rule: 'rule', keyword: 'keyword', bayes: 'word pattern', context: 'context', model: 'trained model' },
};

/** What a message is written in. */
export const messageLanguageWords: Both<'id' | 'jv' | 'mixed' | 'en' | 'other'> = {
  id: { id: 'Bahasa Indonesia', jv: 'Jawa', mixed: 'campur Jawa–Indonesia', en: 'Inggris', other: 'lainnya' },
  en: { id: 'Indonesian', jv: 'Javanese', mixed: 'Javanese and Indonesian', en: 'English', other: 'other' },
};
