import type { Topic } from './topic.ts';

/** Schools, health, papers, aid and work. */
export const peopleTopics: readonly Topic[] = [
  {
    subject: 'sekolah',
    agency: 'Dikbud',
    weight: 5,
    rain: 0.5,
    complaints: {
      plain: [
        'atap kelas SD di {tempat} [bocor|plafonnya ambrol|kayunya lapuk] {lama}',
        'toilet SMP di {tempat} [rusak semua|tidak ada airnya], murid [menahan sampai pulang|ke rumah warga]',
        'guru kelas di SD {tempat} [sering kosong|cuma ada tiga], murid [main HP|pulang cepat]',
        'meja kursi SD {tempat} [banyak yang patah|kurang], anak-anak bergantian',
        'pagar SD {patokan} {tempat} [roboh|tidak ada], anak-anak lari ke jalan',
      ],
      javanese: [
        'SD {tempat} payone [bocor|ajur], bocah-bocah sinau neng emperan',
        'gurune SD {tempat} kurang, kelas [digabung|kosong] terus',
      ],
    },
    effects: {
      plain: ['kasihan anak-anak', 'proses belajar terganggu', 'wali murid resah'],
      javanese: ['mesakke bocahe', 'wong tuwa padha ngeluh'],
    },
    questions: [
      'pendaftaran murid baru SMP jalur [zonasi|afirmasi|prestasi] di {tempat} syaratnya apa saja?',
      'pindah sekolah SD dari luar kota ke {tempat} mengurusnya ke mana?',
      'PIP SD tahun ini kapan cair ya min?',
    ],
    wishes: ['usul ada SMP negeri di {tempat}, [yang terdekat jauh sekali|anak-anak naik ojek tiap hari]'],
    praises: ['terima kasih ruang kelas SD {tempat} sudah direnovasi, anak-anak senang'],
  },
  {
    subject: 'pungutan_sekolah',
    agency: 'Dikbud',
    weight: 2,
    complaints: {
      plain: [
        'SD negeri di {tempat} menarik [uang gedung|iuran perpisahan|uang seragam] [300|250|450] ribu, [katanya sukarela tapi wajib|tanpa kuitansi]',
        'SMP di {tempat} [study tour wajib bayar|jual LKS], yang tidak ikut [tetap ditagih|disuruh menghadap]',
      ],
      javanese: ['sekolahan SD {tempat} narik [iuran|sumbangan] terus, jarene gratis'],
    },
    effects: { plain: ['orang tua tidak mampu bingung'], javanese: ['wong cilik abot'] },
  },
  {
    subject: 'puskesmas',
    agency: 'Dinkes',
    weight: 3,
    complaints: {
      plain: [
        'antrean puskesmas {tempat} [lama sekali|dari pagi sampai siang], dokternya [belum datang|cuma satu]',
        'petugas pendaftaran puskesmas {tempat} [judes|main HP], pasien [dibiarkan|dibentak]',
        'obat di puskesmas {tempat} [kosong|disuruh beli sendiri] {lama}',
      ],
      javanese: ['puskesmas {tempat} antrine suwe, [obate entek|doktere durung teka]'],
    },
    effects: {
      plain: ['anak saya panas tinggi', 'orang tua saya sampai pusing menunggu'],
      javanese: ['bapakku wis sepuh mesakke'],
    },
    questions: [
      'puskesmas {tempat} buka hari Sabtu tidak ya?',
      'cek gula dan tensi gratis di puskesmas {tempat} hari apa?',
    ],
    praises: ['pelayanan puskesmas {tempat} [ramah dan cepat|top], terima kasih'],
  },
  {
    subject: 'jaminan_kesehatan',
    agency: 'Dinkes',
    weight: 5,
    complaints: {
      plain: [
        'KIS [ibu|bapak|anak] saya tiba-tiba nonaktif waktu berobat di {tempat}',
        'BPJS PBI sekeluarga [dicoret|tidak aktif] tanpa pemberitahuan, kami warga {tempat}',
        'mau berobat kartu KIS [ditolak|katanya mati], padahal keluarga tidak mampu',
      ],
      javanese: [
        'KIS e simbah mati min, [arep periksa|arep kontrol] ora isa',
        'BPJS PBI warga {tempat} akeh sing mati',
      ],
    },
    effects: {
      plain: [
        'padahal minggu depan harus kontrol',
        'biaya sendiri tidak sanggup',
        'jadwal operasi terancam batal',
      ],
      javanese: ['duit saka ngendi nek mbayar dhewe'],
    },
    questions: [
      'cara mengaktifkan KIS yang nonaktif bagaimana ya, saya di {tempat}',
      'daftar BPJS yang dibayari pemerintah syaratnya apa min?',
    ],
  },
  {
    subject: 'vaksin',
    agency: 'Dinkes',
    weight: 2,
    complaints: {
      plain: ['posyandu {tempat} [vaksinnya habis|imunisasi ditunda] {lama}, balita saya telat jadwal'],
      javanese: ['imunisasi posyandu {tempat} [mundur terus|vaksine entek]'],
    },
    effects: { plain: ['takut terlewat umurnya'], javanese: ['selak kliwat umure'] },
    questions: [
      'jadwal imunisasi [campak|DPT|polio] di posyandu {tempat} kapan ya?',
      'imunisasi anak sekolah di {tempat} bulan apa min, perlu surat persetujuan?',
      'vaksin [meningitis|rabies] di {tempat} ada tidak, berapa biayanya?',
    ],
  },
  {
    subject: 'demam_berdarah',
    agency: 'Dinkes',
    weight: 1.5,
    rain: 1,
    complaints: {
      plain: [
        'di RT kami {tempat} sudah [tiga|lima] orang kena DBD, belum ada fogging',
        'banyak jentik nyamuk di {tempat}, warga [demam|opname] bergiliran',
      ],
      javanese: ['{tempat} akeh sing kena demam berdarah, [durung difogging|lingkungane rusuh]'],
    },
    effects: { plain: ['anak kecil semua yang kena'], javanese: ['bocah-bocah sing kena'] },
  },
  {
    subject: 'rumah_sakit',
    agency: 'RSUD Kartini',
    weight: 4,
    complaints: {
      plain: [
        'antri obat di RSUD Kartini [dari pagi sampai sore|empat jam lebih]',
        'poli [mata|dalam|anak|saraf] RSUD [dokternya telat|jadwal diubah mendadak], pasien menunggu',
        'daftar online RSUD Kartini [error|kuota selalu penuh] {lama}',
        'IGD RSUD [penuh|pasien di lorong], perawatnya [kurang|judes]',
        'kamar mandi bangsal RSUD [kotor|airnya mati]',
      ],
      javanese: ['RSUD Kartini antrine nemen, [jam wolu nganti jam loro|simbah nganti lemes]'],
    },
    effects: {
      plain: ['kasihan yang sudah lansia', 'ibu saya habis stroke', 'rumah kami jauh di {tempat}'],
      javanese: ['mesakke wong sepuh'],
    },
    questions: [
      'jam besuk RSUD Kartini sekarang bagaimana?',
      'RSUD Kartini ada poli [jantung|kulit] hari Sabtu?',
    ],
    praises: ['perawat RSUD Kartini [sabar|ramah], bapak saya sudah pulang, matur nuwun'],
  },
  {
    subject: 'adminduk',
    agency: 'Disdukcapil',
    weight: 6,
    complaints: {
      plain: [
        'ngurus [KK|KTP|akta kelahiran|KIA] {lama} belum jadi, [alasannya blangko habis|sistem error terus]',
        'antrean Disdukcapil [nomornya habis jam 8|tidak jelas], saya jauh-jauh dari {tempat}',
        'data NIK anak saya [tidak ditemukan|ganda], [dioper ke sana kemari|disuruh bolak-balik]',
        'cetak KTP di kecamatan {kecamatan} [alat rusak|tinta habis] {lama}',
      ],
      javanese: ['ngurus [KK|KTP|akta] {lama} kok durung dadi', 'rekam KTP {kecamatan} alate rusak terus'],
    },
    effects: {
      plain: ['padahal mau dipakai daftar kerja', 'anak tidak bisa daftar sekolah', 'ongkos habis di jalan'],
      javanese: ['selak kanggo daftar sekolah'],
    },
    questions: [
      'syarat [pindah KK|bikin KIA|akta kematian|ganti status KTP] apa saja min?',
      'KTP hilang harus ke kantor polisi dulu atau langsung Disdukcapil?',
      'perekaman KTP pemula di {kecamatan} bisa hari Sabtu?',
    ],
    praises: ['ngurus akta di Disdukcapil cuma sehari, [mantap|terima kasih]'],
  },
  {
    subject: 'bansos',
    agency: 'Dinsos',
    weight: 6,
    complaints: {
      plain: [
        'bantuan [sembako|PKH|beras] di {tempat} [salah sasaran|yang mampu malah dapat]',
        'tetangga saya lansia sebatang kara di {tempat} belum pernah dapat bantuan',
        'nama saya dicoret dari daftar [PKH|BPNT] tanpa penjelasan, tinggal di {tempat}',
        'kartu KKS [saldonya kosong|tidak bisa digesek] {lama}',
      ],
      javanese: [
        'bansos {tempat} ora pas, [sing sugih oleh sing mlarat ora|sing oleh kui-kui wae]',
        'simbah tanggaku {tempat} ora tau oleh bantuan',
      ],
    },
    effects: {
      plain: ['sehari-hari makan seadanya', 'mohon didata ulang'],
      javanese: ['mesakke urip dhewekan'],
    },
    questions: ['cara cek desil dan daftar bansos di {tempat} bagaimana?', 'PKH tahap ini kapan cair min?'],
    praises: ['alhamdulillah bantuan kursi roda untuk ibu di {tempat} sudah sampai, terima kasih Dinsos'],
  },
  {
    subject: 'tenaga_kerja',
    agency: 'Disdagnakerkop',
    weight: 2,
    complaints: {
      plain: [
        'info lowongan kerja dari dinas [jarang diperbarui|sudah lewat semua] {lama}',
        'daftar pelatihan BLK {lama} tidak ada panggilan, saya dari {tempat}',
      ],
      javanese: ['golek loker cedhak {tempat} angel tenan, info saka dinas [ora ana|telat terus]'],
    },
    effects: { plain: ['pemuda kampung banyak menganggur'], javanese: ['cah enom akeh sing nganggur'] },
    questions: [
      'ada lowongan kerja untuk lulusan [SMA|SMP|D3] daerah {tempat} min?',
      'bikin kartu kuning AK1 sekarang online atau datang?',
      'pelatihan BLK [las|menjahit|komputer] pendaftarannya kapan?',
      'job fair di Karanganyar tahun ini bulan apa ya?',
    ],
    wishes: ['semoga sering ada job fair di {kecamatan}, banyak pemuda menganggur'],
  },
  {
    subject: 'hubungan_kerja',
    agency: 'Disdagnakerkop',
    weight: 2,
    complaints: {
      plain: [
        'pabrik di {tempat} [menahan ijazah|gaji di bawah UMK|PHK sepihak tanpa pesangon]',
        'lembur di pabrik {tempat} tidak dibayar {lama}',
      ],
      javanese: ['pabrik {tempat} bayare ora sesuai UMK, [wedi lapor|piye carane lapor]'],
    },
    effects: { plain: ['takut kalau lapor malah dikeluarkan'], javanese: ['anak bojo mangan apa'] },
  },
  {
    subject: 'prakerja',
    agency: 'Disdagnakerkop',
    weight: 2,
    complaints: {
      plain: ['daftar kartu prakerja [gagal verifikasi|selalu ditolak] {lama}, datanya sudah benar'],
      javanese: ['daftar prakerja gagal terus min'],
    },
    effects: { plain: ['sudah coba ganti nomor juga'], javanese: ['wis ping pindho nyoba'] },
    questions: [
      'kartu prakerja gelombang berikutnya kapan dibuka min?',
      'prakerja masih ada tidak untuk usia 45?',
    ],
  },
];
