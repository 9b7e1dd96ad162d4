/** Messages that are no complaint: advertising, small talk, and words without a matter. Everything offered is invented. */
export const spam: readonly string[] = [
  '[slot|situs] [gacor|maxwin] hari ini, [modal receh|deposit kecil] [pasti jepe|auto menang], cek bio',
  'Promo [kaos|sepatu|hijab] [murah|grosir], [order sekarang|bisa COD], klik profil kami',
  'butuh dana cepat? [pinjol|pinjaman] cair [5 menit|hari ini juga] tanpa jaminan, inbox ya',
  'kerja dari rumah [gaji|komisi] [5|8|10] juta, [tanpa modal|tanpa ijazah], link di bio kami',
  'jual [obat kuat|peninggi badan|pelangsing] herbal, [terbukti|garansi], DM saja',
  'giveaway HP gratis untuk {hari} pemenang, follow dan tag teman sebanyaknya',
  'terima jasa [followers|like] murah [aman|permanen], testimoni banyak',
];

export const smallTalk: readonly string[] = [
  'hadir min',
  'nyimak [dulu|sambil ngopi|aja]',
  'first',
  'up up',
  'wkwkwk [parah|iya juga|kok bisa]',
  'salam dari {tempat}',
  'min adminnya [cowok apa cewek|lagi ngopi ya]',
  'mantap',
  'selamat [pagi|siang|malam] Karanganyar',
  '[masih|isih] melek min?',
  'cek [ombak|sound]',
  'semoga Karanganyar [maju|tambah adem|jaya]',
  '😂😂😂',
  '🙋',
  '.',
];

/** Too thin to decide: the classifier should ask or keep still. */
export const vague: readonly string[] = [
  'min tolong dong, [urgent|penting ini]',
  'kok masih begitu terus sih min',
  'yang kemarin gimana?',
  'ini lho min [fotonya|videonya] 👆',
  'pelayanan [kurang|payah|perlu diperbaiki]',
  'piye iki min, ra ana perubahan',
  'mati lagi min di {tempat}',
  'cek DM min',
];

export const generalPraise: readonly string[] = [
  'adminnya fast respon, [terima kasih|matur nuwun]',
  'salut buat petugas yang [kerja malam di|turun tangan di] {tempat}',
  'pelayanan di kecamatan {kecamatan} sekarang [cepat|ramah], [top|lanjutkan]',
  'maturnuwun Pemkab, {tempat} saiki [resik|rapi|padhang]',
];

/** The office's own posts that citizens write under. */
export const ownPosts: readonly string[] = [
  'Selamat pagi Karanganyar! Ada [saran|keluhan|pertanyaan] soal layanan publik di sekitar Anda? Tulis di kolom komentar, sertakan lokasinya, nggih.',
  'Senam bersama [Jumat|Minggu] pagi di alun-alun. Terbuka untuk umum, jangan lupa bawa air minum sendiri.',
  'Cuaca beberapa hari ke depan diperkirakan [hujan sedang|berawan|hujan disertai angin]. Tetap hati-hati di jalan, nggih.',
  'Petugas gabungan membersihkan saluran air di wilayah {kecamatan} hari ini. Terima kasih warga yang ikut bergotong royong.',
  'Pelayanan keliling administrasi kependudukan pekan ini hadir di Kecamatan {kecamatan}. Siapkan berkas Anda.',
  'Pasar murah digelar di Kecamatan {kecamatan}. Harga terjangkau, persediaan terbatas.',
  'Sosialisasi hidup bersih dan sehat di Kecamatan {kecamatan}. Yuk mulai dari rumah!',
  'Panen raya di {tempat}. Semoga hasil tani warga berkah.',
  'Wisata akhir pekan: sejuknya {tempat}. Jaga kebersihan dan patuhi petunjuk petugas.',
  'Terima kasih atas masukan warga bulan ini. Kami terus berbenah.',
  'Lomba kebersihan antar dusun tingkat Kecamatan {kecamatan} dimulai. Ayo ikut serta!',
  'Layanan perpustakaan keliling singgah di {tempat}. Gratis untuk semua usia.',
];
