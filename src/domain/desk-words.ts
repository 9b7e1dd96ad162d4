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

/** Why a comment may be hidden on its platform. Closed: criticism is none of them, and never will be. */
export const hideReasons = ['data-pribadi', 'spam-judi', 'ancaman'] as const;
export type HideReason = (typeof hideReasons)[number];
