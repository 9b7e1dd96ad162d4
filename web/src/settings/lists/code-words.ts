import { kindWords } from '../../../../src/api/contract/words.ts';
import { type Language, words } from '../../shared/language.tsx';

/** Codes of the office's lists as people say them. */
const codes: Readonly<Record<Language, Readonly<Record<string, string>>>> = words(
  {
    ...kindWords.id,
    '*': 'semua jenis',
    pengaduan_non_pengawasan: 'Pengaduan',
    pengaduan_pengawasan: 'Pengaduan berkadar pengawasan',
    verifikasi: 'Verifikasi',
    tindak_lanjut: 'Tindak lanjut',
    tutup_otomatis: 'Ditutup, pelapor tidak membalas',
    kecamatan: 'kecamatan',
    desa: 'desa',
    kelurahan: 'kelurahan',
    spot: 'titik',
    neighbour: 'kabupaten tetangga',
    ours: 'Kabupaten',
    province: 'Provinsi',
    state: 'Pusat',
    village: 'Desa',
    utility: 'BUMN atau penyedia layanan',
    verified: 'sudah dipastikan',
    'abbreviation-verified': 'singkatannya sudah dipastikan',
    general: 'sebutan umum',
    mail: 'Surel',
    whatsapp: 'WhatsApp',
    broken: 'kanal berhenti',
    unreachable: 'platform tidak menjawab',
    silent: 'tidak ada pesan',
    token: 'token hampir habis',
    money: 'anggaran hampir habis',
    admin_opd: 'Admin aduan OPD',
    kepala_opd: 'Kepala OPD',
    kabid_ikp: 'Kabid IKP',
    sekda: 'Sekda',
    piket: 'Petugas piket',
    admin_sistem: 'Admin sistem',
  },
  {
    ...kindWords.en,
    '*': 'all kinds',
    pengaduan_non_pengawasan: 'Complaint',
    pengaduan_pengawasan: 'Complaint about conduct (pengawasan)',
    verifikasi: 'Verification',
    tindak_lanjut: 'Follow-up',
    tutup_otomatis: 'Closed, the citizen stayed away',
    kecamatan: 'district',
    desa: 'village',
    kelurahan: 'urban village',
    spot: 'spot',
    neighbour: 'neighbouring regency',
    ours: 'Regency',
    province: 'Province',
    state: 'State',
    village: 'Village',
    utility: 'Utility',
    verified: 'verified',
    'abbreviation-verified': 'abbreviation verified',
    general: 'general name',
    mail: 'Mail',
    whatsapp: 'WhatsApp',
    broken: 'the channel stopped',
    unreachable: 'the platform does not answer',
    silent: 'no messages',
    token: 'the token ends soon',
    money: 'the budget is nearly spent',
    admin_opd: 'Agency officer',
    kepala_opd: 'Head of the agency',
    kabid_ikp: 'Head of IKP',
    sekda: 'Regional secretary',
    piket: 'Duty officer',
    admin_sistem: 'System admin',
  },
);

/** The code in words; one that an office made itself stays as it is. */
export function codeWords(code: unknown, language: Language): string {
  return codes[language][String(code)] ?? String(code ?? '');
}

/** "14 hari kerja". @param workingDays a number, or none: no clock */
export function clockLength(workingDays: unknown, language: Language): string {
  if (typeof workingDays !== 'number') return language === 'id' ? 'tidak ada batas' : 'no clock';
  return language === 'id' ? `${workingDays} hari kerja` : `${workingDays} working days`;
}

/** "Kepala OPD setelah 24 jam kerja" */
export function chainStep(role: string, hours: number, language: Language): string {
  const after = language === 'id' ? `setelah ${hours} jam kerja` : `after ${hours} office hours`;
  return `${codeWords(role, language)} ${after}`;
}
