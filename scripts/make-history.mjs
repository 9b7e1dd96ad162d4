// Makes fixtures/history-2023.csv, the same file every time: `node scripts/make-history.mjs`.
//
// 700 closed cases of January to November 2023. Known from the office's own recap: the total, that all were answered,
// DPUPR 246 (roads), Dikbud 35, and that Dinkes, Dishub and Disdag follow. How the rest is split over the other
// agencies, and every date, place and text, is our assumption (column `asumsi`): DATA SIMULASI.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stringify } from 'csv-stringify/sync';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const WIB = 7 * HOUR;

let state = 20_231_130;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}
const pick = (items) => items[Math.floor(random() * items.length)];
function weighted(pairs) {
  let rest = random() * pairs.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of pairs) {
    rest -= weight;
    if (rest < 0) return value;
  }
  return pairs[0][0];
}

/** Agency → how many, and what about: [subject, weight, summaries]. */
const agencies = [
  [
    'DPUPR',
    246,
    [
      [
        'jalan',
        74,
        [
          'Jalan berlubang',
          'Aspal mengelupas',
          'Jalan bergelombang setelah hujan',
          'Usulan pengaspalan jalan kampung',
          'Jalan ambles di bahu kiri',
        ],
      ],
      ['drainase', 10, ['Selokan tersumbat', 'Genangan setiap hujan', 'Gorong-gorong ambrol']],
      ['talud_jalan', 5, ['Talud jalan retak', 'Talud jalan longsor sebagian']],
      ['jembatan', 4, ['Pagar jembatan rusak', 'Jembatan kecil perlu diperkuat']],
      ['pohon', 4, ['Pohon peneduh condong ke jalan']],
      ['irigasi', 2, ['Saluran irigasi jebol']],
      ['taman_kota', 1, ['Permainan anak di taman rusak']],
    ],
  ],
  [
    'DIKBUD',
    35,
    [
      ['sekolah', 6, ['Atap ruang kelas bocor', 'Kekurangan guru kelas', 'Toilet sekolah rusak']],
      ['ppdb', 3, ['Pertanyaan jalur zonasi', 'Keberatan hasil penerimaan murid baru']],
      ['pungutan_sekolah', 2, ['Keberatan iuran perpisahan', 'Pertanyaan sumbangan sekolah']],
      ['beasiswa', 1, ['Pencairan bantuan PIP terlambat']],
    ],
  ],
  [
    'DINKES',
    34,
    [
      [
        'jaminan_kesehatan',
        5,
        ['KIS tidak aktif saat berobat', 'Cara mendaftar BPJS yang dibayar pemerintah'],
      ],
      ['vaksin', 3, ['Jadwal vaksin di puskesmas', 'Vaksin habis di posyandu']],
      ['puskesmas', 3, ['Antrean puskesmas panjang', 'Jam buka layanan puskesmas']],
      ['demam_berdarah', 1, ['Permintaan fogging']],
    ],
  ],
  [
    'DISHUB',
    34,
    [
      ['penerangan_jalan', 6, ['Lampu penerangan jalan padam', 'Usulan pemasangan PJU']],
      ['rambu_lalu_lintas', 3, ['Rambu di tikungan hilang', 'Usulan cermin cembung']],
      ['apill', 1, ['Lampu lalu lintas mati']],
      ['parkir', 1, ['Tarif parkir tidak sesuai']],
    ],
  ],
  [
    'DISDAGNAKERKOP',
    33,
    [
      ['tenaga_kerja', 4, ['Pertanyaan lowongan kerja', 'Jadwal bursa kerja', 'Syarat kartu kuning']],
      ['prakerja', 3, ['Gelombang kartu prakerja', 'Gagal verifikasi kartu prakerja']],
      ['pasar', 2, ['Los pasar bocor']],
      ['gas_lpg', 1, ['Elpiji tiga kilogram langka']],
    ],
  ],
  [
    'DLH',
    32,
    [
      ['sampah', 5, ['Sampah menumpuk di TPS', 'Truk sampah tidak lewat']],
      ['pencemaran', 2, ['Air sungai berbau', 'Bau kandang mengganggu warga']],
    ],
  ],
  [
    'DISDUKCAPIL',
    31,
    [['adminduk', 1, ['KTP belum jadi', 'Syarat pindah KK', 'Antrean akta kelahiran', 'Perbaikan data NIK']]],
  ],
  [
    'DINSOS',
    30,
    [['bansos', 1, ['Belum menerima bantuan', 'Bantuan salah sasaran', 'Cara cek daftar penerima']]],
  ],
  ['PUDAM', 29, [['air_bersih', 1, ['Air tidak mengalir', 'Air keruh', 'Tagihan melonjak', 'Pipa bocor']]]],
  [
    'RSUD',
    26,
    [['rumah_sakit', 1, ['Antrean obat lama', 'Pendaftaran daring bermasalah', 'Jadwal poli berubah']]],
  ],
  [
    'SATPOLPP',
    24,
    [
      ['pedagang_kaki_lima', 2, ['Trotoar dipakai berjualan']],
      ['ketertiban', 2, ['Suara bising pada malam hari']],
      ['reklame_liar', 1, ['Spanduk dipaku di pohon']],
    ],
  ],
  [
    'BPBD',
    22,
    [
      ['banjir', 2, ['Luapan sungai masuk rumah']],
      ['kekeringan', 2, ['Permintaan air bersih']],
      ['pohon_tumbang', 2, ['Pohon tumbang menutup jalan']],
      ['longsor', 1, ['Tebing longsor']],
    ],
  ],
  [
    'DISPERTANPP',
    19,
    [
      ['pupuk', 2, ['Pupuk bersubsidi sulit didapat']],
      ['pertanian', 1, ['Serangan hama padi']],
    ],
  ],
  [
    'DISPERMADES',
    18,
    [
      ['desa', 1, ['Papan informasi dana desa tidak ada']],
      ['desa', 1, ['Pelayanan kantor desa tutup lebih awal']],
    ],
  ],
  ['DISPARPORA', 16, [['wisata_budaya', 1, ['Toilet objek wisata kotor', 'Harga tiket tidak sesuai papan']]]],
  ['KECAMATAN', 15, [['kecamatan_layanan', 1, ['Surat pengantar lama selesai']]]],
  [
    'DISKOMINFO',
    13,
    [
      ['kanal_aduan', 1, ['Pesan aduan belum dibalas']],
      ['internet_desa', 1, ['Wifi publik mati']],
    ],
  ],
  ['DPMPTSP', 11, [['perizinan', 1, ['Izin usaha belum terbit', 'Syarat persetujuan bangunan']]]],
  ['BKD', 10, [['pajak_daerah', 1, ['Nama pada SPPT keliru', 'Cara membayar PBB']]]],
  ['BKPSDM', 8, [['kepegawaian', 1, ['Pertanyaan formasi PPPK']]]],
  ['ARPUS', 4, [['perpustakaan', 1, ['Jadwal perpustakaan keliling']]]],
  ['SETDA', 4, [['kebijakan_pemkab', 1, ['Permohonan audiensi']]]],
  ['KESBANGPOL', 3, [['rekomendasi_penelitian', 1, ['Syarat surat rekomendasi penelitian']]]],
  ['DP3AKB', 3, [['perlindungan_anak', 1, ['Laporan rahasia']]]],
];
const knownAgencies = new Set(['DPUPR', 'DIKBUD']);

const channels = [
  ['Instagram', 25],
  ['SAPAMAS', 18],
  ['Facebook', 13],
  ['X', 12],
  ['Website', 9],
  ['LaporGub', 9],
  ['SP4N-LAPOR', 8],
  ['WhatsApp', 6],
];
const kecamatan = [
  'Colomadu',
  'Gondangrejo',
  'Jaten',
  'Jatipuro',
  'Jatiyoso',
  'Jenawi',
  'Jumantono',
  'Jumapolo',
  'Karanganyar',
  'Karangpandan',
  'Kebakkramat',
  'Kerjo',
  'Matesih',
  'Mojogedang',
  'Ngargoyoso',
  'Tasikmadu',
  'Tawangmangu',
];
const asks = /^(Pertanyaan|Cara|Jadwal|Syarat|Gelombang|Jam)/;
const wishes = /^(Usulan|Permohonan)/;
/** Working days until the answer is due, and days that an answer usually takes. */
const clocks = { pengaduan: 14, permintaan_informasi: 5, aspirasi: 20 };

const first = Date.UTC(2023, 0, 1) - WIB;
const last = Date.UTC(2023, 11, 1) - WIB;

function postedAt() {
  for (;;) {
    const at = first + Math.floor(random() * ((last - first) / DAY)) * DAY;
    const weekday = new Date(at + WIB).getUTCDay();
    if ((weekday === 0 || weekday === 6) && random() < 0.6) continue;
    return at + (6 + Math.floor(random() * 15)) * HOUR + Math.floor(random() * 60) * 60_000;
  }
}

/** About one in ten comes after its time. */
function answeredAt(posted, kind) {
  const due = clocks[kind];
  const workingDays =
    random() < 0.1 ? due + 1 + Math.floor(random() * 8) : 1 + Math.floor(random() * random() * (due - 2));
  let at = Math.floor((posted + WIB) / DAY) * DAY - WIB;
  for (let left = workingDays; left > 0; ) {
    at += DAY;
    const weekday = new Date(at + WIB).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return at + (8 + Math.floor(random() * 7)) * HOUR + Math.floor(random() * 60) * 60_000;
}

const wib = (ms) => new Date(ms + WIB).toISOString().slice(0, 16).replace('T', ' ');

const rows = agencies.flatMap(([agency, count, subjects]) =>
  Array.from({ length: count }, () => {
    const [subject, summaries] = weighted(subjects.map(([name, weight, texts]) => [[name, texts], weight]));
    const summary = pick(summaries);
    const kind = asks.test(summary)
      ? 'permintaan_informasi'
      : wishes.test(summary)
        ? 'aspirasi'
        : 'pengaduan';
    const posted = postedAt();
    const where = pick(kecamatan);
    const secret = agency === 'DP3AKB';
    return {
      posted,
      channel: secret ? 'WhatsApp' : weighted(channels),
      kind,
      subject,
      agency,
      kecamatan: where,
      answered: answeredAt(posted, kind),
      secret: secret ? 'ya' : 'tidak',
      text: secret ? summary : `${summary}, wilayah ${where}`,
      assumed: knownAgencies.has(agency) ? 'tidak' : 'ya',
    };
  }),
);
rows.sort((one, other) => one.posted - other.posted);

const csv = stringify(
  rows.map((row, index) => ({
    source: 'rekap-2023',
    external_id: `REKAP-2023-${String(index + 1).padStart(4, '0')}`,
    channel: row.channel,
    kind: row.kind,
    subject: row.subject,
    agency: row.agency,
    kecamatan: row.kecamatan,
    posted_at: wib(row.posted),
    answered_at: wib(row.answered),
    answered_by: `Admin ${row.agency}`,
    state: 'selesai',
    secret: row.secret,
    text_summary: row.text,
    asumsi: row.assumed,
    catatan: 'DATA SIMULASI',
  })),
  { header: true },
);
writeFileSync(fileURLToPath(new URL('../fixtures/history-2023.csv', import.meta.url)), csv);
console.log(`${rows.length} rows`);
