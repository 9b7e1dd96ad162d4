/** How a complaint that a person writes down reached the office. */
export const capturedVia = [
  'telepon',
  'pesan-langsung',
  'koran',
  'datang-langsung',
  'surat',
  'lain',
] as const;
export type CapturedVia = (typeof capturedVia)[number];

/** Why somebody looks at personal data: a closed list, because the audit log holds no texts. */
export const openReasons = [
  'menghubungi-pelapor',
  'diteruskan-ke-opd',
  'memeriksa-identitas',
  'permintaan-pelapor',
] as const;
