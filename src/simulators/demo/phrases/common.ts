/** How long it has lasted, who suffers, how people open and close: shared by all topics, by register. */
export type Register = 'formal' | 'casual' | 'javanese';

export const durations: Readonly<Record<Register, readonly string[]>> = {
  formal: [
    'sudah [dua|tiga|empat] minggu',
    'sejak [awal|pertengahan|akhir] bulan lalu',
    'kurang lebih [sepuluh|lima belas|dua puluh] hari',
    'sejak musim hujan tahun lalu',
    'selama [dua|tiga|hampir empat] bulan terakhir',
    'sejak hari [Senin|Selasa|Rabu|Jumat] pekan lalu',
  ],
  casual: [
    'udah [dua|tiga|lima] hari',
    'udah seminggu [lebih|ini|an]',
    'dari [kemarin|minggu kemarin|abis lebaran|awal bulan]',
    'udah mau [sebulan|dua bulan|setengah tahun]',
    'tiap [malam|pagi|sore|hujan]',
    'dari dulu sampai sekarang',
    'sudah berbulan-bulan',
  ],
  javanese: [
    'wis [rong|telung|limang] dina',
    'wis [seminggu|rong minggu|sesasi|pirang-pirang sasi]',
    'ket [wingi|minggu wingi|sasi kepungkur|bar lebaran]',
    'sampun [setunggal minggu|kalih minggu|sewulan]',
    'saben [bengi|esuk|udan|dina]',
    'ket biyen nganti saiki',
  ],
};

export const openings: Readonly<Record<Register, readonly string[]>> = {
  formal: [
    'Selamat [pagi|siang|sore] Bapak/Ibu,',
    'Assalamualaikum, mohon izin menyampaikan,',
    'Yth. admin aduan,',
    'Mohon perhatian,',
    'Kami warga {tempat} menyampaikan,',
    'Dengan hormat,',
  ],
  casual: [
    'min',
    'Min,',
    'Halo min',
    'permisi min mau lapor',
    'izin lapor min,',
    'mimin',
    'Pagi min',
    'admin yang baik hati,',
    'Lapor!',
    'eh min',
  ],
  javanese: [
    'Min,',
    'Nyuwun sewu min,',
    'lur',
    'Sugeng [enjang|siang|sonten] min,',
    'Kulo nuwun,',
    'Pak, Bu,',
    'min piye iki,',
  ],
};

export const asks: Readonly<Record<Register, readonly string[]>> = {
  formal: [
    'Mohon [segera|dapat] ditindaklanjuti.',
    'Mohon dapat ditinjau ke lokasi.',
    'Besar harapan kami ada perbaikan.',
    'Mohon penjelasannya.',
    'Kami menunggu tanggapan Bapak/Ibu.',
    'Mohon diteruskan ke dinas terkait.',
  ],
  casual: [
    'tolong dicek',
    'tolong dong min',
    'kapan [dibenerin|diurus|ditangani]?',
    'masak gak ada yang peduli',
    'tolong diteruskan ke yang berwenang',
    'jangan nunggu viral dulu ya',
    'gimana ini min?',
    'mohon dibantu ya',
    'lapor ke siapa lagi coba',
  ],
  javanese: [
    'tulung [didandani|diurus|ditiliki] min',
    'kapan [didandani|ditandangi]?',
    'nyuwun tulung nggih',
    'mbok ya ditiliki sik',
    'aja mung dijanjeni',
    'piye iki [min|lur|pak]?',
    'kulo tengga kabare',
  ],
};

export const thanks: readonly string[] = [
  'Terima kasih',
  'Terima kasih sebelumnya.',
  'makasih min',
  'Matur nuwun',
  'suwun',
  'Matur suwun sanget.',
  'tks',
];

export const emojis: readonly string[] = [
  '🙏',
  '🙏🙏',
  '😭',
  '😢',
  '😤',
  '😅',
  '😡',
  '🤦‍♂️',
  '🥲',
  '😓',
  '👇',
  '📍',
  '⚠️',
  '💔',
];
export const gladEmojis: readonly string[] = ['👍', '🙏', '😊', '❤️', '👏', '🔥', '😍', '💪'];

/** Somebody else under a complaint: with content of his own, or none. */
export const companions: readonly string[] = [
  'sama min, di [{tempat}|tempatku|gang sebelah] juga begitu',
  'betul, kemarin [saya lewat|tetangga saya] juga kena',
  'nggonku yo podo',
  'iya nih, tolong diperhatikan',
  'setuju, [udah lama|dari dulu] begini terus',
  'lha iya, kirain cuma di {tempat}',
  'bener min, aku saksine 😂',
  'up',
  'semoga cepat ditangani ya',
];

/** The same citizen comes back. */
export const followUps: readonly string[] = [
  'min kok belum ada kabarnya? [masih sama|belum berubah|tambah parah] ini',
  'sampai hari ini belum ada petugas yang datang',
  'gimana min kelanjutannya? saya tunggu lho',
  'saiki malah tambah nemen min, [tulung|mbok] dicek maneh',
  'maaf tanya lagi, laporan saya kemarin sudah sampai mana ya',
  'tambahan lokasi: [sebelah barat|sebelah timur|tidak jauh dari] {patokan} {tempat}',
  'lha dalah, wis tak enteni {hari} dina ora ana kabar',
  'kemarin ada petugas foto-foto, terus hilang 😅',
];

/** The office answers by hand, as it did before it had a system. */
export const officeAnswers: readonly string[] = [
  'Matur nuwun informasinya. Laporan sudah kami sampaikan ke {opd}, kabar berikutnya paling lambat {hari} hari kerja, nggih.',
  'Halo Kak, terima kasih sudah melapor. {opd} menjadwalkan pemeriksaan ke lokasi pekan ini 🙏',
  'Terima kasih laporannya. Menurut {opd} sudah masuk daftar pekerjaan, target selesai {hari} hari kerja lagi.',
  'Sugeng [enjang|siang|sonten], sudah ditangani petugas {opd} kemarin. Kalau masih ada kendala silakan kabari kami, nggih.',
  'Halo, mohon maaf atas ketidaknyamanannya. {opd} meminta waktu {hari} hari kerja dan hasilnya kami sampaikan di sini.',
];
