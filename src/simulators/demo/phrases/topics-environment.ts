import type { Topic } from './topic.ts';

/** Rubbish, water, disasters, farms, markets, order and everything else. */
export const environmentTopics: readonly Topic[] = [
  {
    subject: 'sampah',
    agency: 'DLH',
    weight: 7,
    complaints: {
      plain: [
        'sampah di TPS {tempat} [menumpuk|tidak diangkut|meluber ke jalan] {lama}',
        'truk sampah tidak lewat {tempat} {lama}, [iuran tetap jalan|bau ke mana-mana]',
        'orang buang sampah sembarangan di [pinggir sungai|jembatan|kebun kosong] {tempat}',
        'kontainer sampah {patokan} {tempat} [rusak|kurang], kantongnya [digigit anjing|berserakan]',
      ],
      javanese: [
        'uwuh {tempat} numpuk {lama}, ambune ra umum',
        'TPS {tempat} kebak, [ora dijupuk|laler akeh banget]',
      ],
    },
    effects: {
      plain: ['lalatnya sampai dapur', 'baunya ke rumah warga', 'kalau hujan airnya hitam'],
      javanese: ['lalere nganti pawon', 'mambu tekan omah'],
    },
    questions: ['cara berlangganan pengangkutan sampah di {tempat} bagaimana?'],
    wishes: ['usul ada bank sampah di {tempat}', 'mohon ditambah tempat sampah di {patokan} {tempat}'],
    praises: ['sampah {tempat} sekarang rutin diangkut, terima kasih DLH'],
  },
  {
    subject: 'pencemaran',
    agency: 'DLH',
    weight: 3,
    complaints: {
      plain: [
        'air sungai di {tempat} [hitam|berbusa|bau menyengat] {lama}, [ikan mati|diduga limbah]',
        'kandang ayam {patokan} {tempat} baunya [sampai kampung|tidak tertahankan]',
        'asap pabrik di {tempat} [hitam pekat|bikin sesak] tiap [malam|pagi]',
      ],
      javanese: ['kali {tempat} banyune ireng mambu {lama}', 'kandhang pithik {tempat} ambune nggarai mumet'],
    },
    effects: { plain: ['sumur warga ikut bau', 'anak-anak batuk'], javanese: ['sumure warga melu mambu'] },
  },
  {
    subject: 'air_bersih',
    agency: 'PUDAM Tirta Lawu',
    weight: 5,
    complaints: {
      plain: [
        'air PDAM di {tempat} [mati|cuma menetes|keruh kecoklatan] {lama}',
        'tagihan PDAM melonjak [tiga kali lipat|tidak wajar] padahal pemakaian biasa, {tempat}',
        'pipa PDAM bocor {patokan} {tempat} {lama}, airnya terbuang',
        'meteran air di {tempat} [rusak|tidak dibaca petugas] {lama}',
      ],
      javanese: [
        'banyu PDAM {tempat} [mati|ngitir|buthek] {lama}',
        'pipa PDAM {patokan} {tempat} bocor, banyune mili neng ndalan',
      ],
    },
    effects: {
      plain: ['terpaksa beli air galon', 'mandi numpang tetangga', 'tidak ada pemberitahuan sama sekali'],
      javanese: ['arep adus ora isa', 'kudu ngangsu neng tanggane'],
    },
    questions: ['biaya pasang baru PDAM di {tempat} berapa ya?', 'bayar PDAM telat dendanya berapa min?'],
    praises: ['air PDAM {tempat} sudah lancar lagi, matur nuwun'],
  },
  {
    subject: 'banjir',
    agency: 'BPBD',
    weight: 1.2,
    rain: 6,
    complaints: {
      plain: [
        'banjir di {tempat} [masuk rumah|setinggi lutut], [warga butuh bantuan|belum ada petugas]',
        'kali di {tempat} meluap, rumah warga kemasukan air',
      ],
      javanese: ['{tempat} kebanjiran min, banyune [sak dengkul|mlebu omah], nyuwun bantuan'],
    },
    effects: { plain: ['ada lansia di dalam'], javanese: ['simbah isih neng njero omah'] },
  },
  {
    subject: 'longsor',
    agency: 'BPBD',
    weight: 0.6,
    rain: 6,
    complaints: {
      plain: [
        'tebing {patokan} {tempat} longsor [menutup jalan|hampir kena rumah]',
        'tanah di {tempat} retak panjang, warga takut longsor susulan',
      ],
      javanese: ['tebing {tempat} longsor nutup dalan, ora isa liwat'],
    },
    effects: { plain: ['jalan satu-satunya ke dusun'], javanese: ['dalan siji-sijine'] },
  },
  {
    subject: 'kekeringan',
    agency: 'BPBD',
    weight: 1,
    complaints: {
      plain: ['sumur warga {tempat} kering {lama}, mohon dropping air bersih'],
      javanese: ['sumur {tempat} asat {lama}, nyuwun droping banyu'],
    },
    effects: { plain: ['ambil air harus jalan jauh'], javanese: ['ngangsu adoh'] },
  },
  {
    subject: 'pupuk',
    agency: 'Dispertan PP',
    weight: 2,
    complaints: {
      plain: [
        'pupuk subsidi di {tempat} [langka|dijatah sedikit|harus beli paketan] {lama}',
        'kios pupuk {tempat} menjual di atas harga, petani [tidak punya pilihan|mengeluh]',
      ],
      javanese: ['rabuk subsidi {tempat} [angel|dijatah], [wayahe tandur|parine kuning kabeh]'],
    },
    effects: { plain: ['padi sudah menguning'], javanese: ['parine selak kuru'] },
    questions: ['daftar kartu tani dan RDKK untuk warga {tempat} lewat siapa?'],
  },
  {
    subject: 'pasar',
    agency: 'Disdagnakerkop',
    weight: 1.2,
    complaints: {
      plain: ['los pasar {tempat} [bocor|becek|gelap] {lama}, retribusi jalan terus'],
      javanese: ['pasar {tempat} [becek|bocor], bakul padha ngeluh'],
    },
    effects: { plain: ['pembeli jadi sepi'], javanese: ['bakul cilik abot'] },
    wishes: ['usul pasar {tempat} buka sampai sore dan ada parkir yang rapi'],
  },
  {
    subject: 'harga_sembako',
    agency: 'Disdagnakerkop',
    weight: 0.8,
    complaints: {
      plain: ['harga [beras|cabai|minyak goreng|telur] di pasar {tempat} naik terus'],
      javanese: ['rega [beras|lombok|endhog] neng pasar {tempat} mundhak terus'],
    },
    effects: { plain: ['emak-emak menjerit'], javanese: ['arep mangan apa'] },
  },
  {
    subject: 'gas_lpg',
    agency: 'Disdagnakerkop',
    weight: 1,
    complaints: {
      plain: ['elpiji melon di {tempat} [langka|harganya 25 ribu] {lama}'],
      javanese: ['gas melon {tempat} angel golekane {lama}'],
    },
    effects: { plain: ['keliling lima warung kosong semua'], javanese: ['mubeng-mubeng ora oleh'] },
  },
  {
    subject: 'pedagang_kaki_lima',
    agency: 'Satpol PP',
    weight: 0.8,
    complaints: {
      plain: ['trotoar {tempat} [penuh lapak|dipakai jualan], pejalan kaki turun ke jalan'],
      javanese: ['trotoar {tempat} dinggo dodolan, sing mlaku kudu neng ndalan'],
    },
    effects: { plain: ['sudah ditegur tidak mempan'], javanese: ['ditegur ora digagas'] },
  },
  {
    subject: 'reklame_liar',
    agency: 'Satpol PP',
    weight: 0.5,
    complaints: {
      plain: ['spanduk dan baliho [dipaku di pohon|roboh ke jalan] di {tempat}'],
      javanese: ['baliho {tempat} [arep ambruk|nutupi rambu]'],
    },
    effects: { plain: ['merusak pemandangan'], javanese: ['medeni nek ana angin'] },
  },
  {
    subject: 'ketertiban',
    agency: 'Satpol PP',
    weight: 0.7,
    complaints: {
      plain: ['suara [karaoke|sound] di {tempat} sampai [tengah malam|jam dua], warga terganggu'],
      javanese: ['{tempat} saben bengi brisik karaokenan nganti jam loro'],
    },
    effects: { plain: ['anak tidak bisa tidur'], javanese: ['bayi ora isa turu'] },
  },
  {
    subject: 'wisata_budaya',
    agency: 'Disparpora',
    weight: 2,
    complaints: {
      plain: [
        'tiket masuk wisata di {tempat} [beda dengan papan|ditarik dua kali], toiletnya [kotor|bayar lagi]',
        'jalur di objek wisata {tempat} licin dan [pegangannya patah|tidak ada petugas]',
      ],
      javanese: ['wisata {tempat} [regede|parkire larang], [kapok|eman-eman]'],
    },
    effects: { plain: ['malu sama tamu luar kota'], javanese: ['isin karo tamu'] },
    questions: ['harga tiket Grojogan Sewu hari Minggu berapa?', 'candi Sukuh buka jam berapa min?'],
    praises: ['wisata {tempat} makin [bersih|tertata], [top|salut]'],
  },
  {
    subject: 'desa',
    agency: 'Dispermades',
    weight: 1.5,
    complaints: {
      plain: [
        'pembangunan desa di {tempat} tidak transparan, papan anggaran dana desa tidak dipasang',
        'BLT dana desa {tempat} [telat|dipotong], perangkat desa [tidak menjelaskan|diam saja]',
      ],
      javanese: ['dana desa {tempat} kanggo apa wae kok ora ana papane'],
    },
    effects: { plain: ['warga tanya malah dimarahi'], javanese: ['takon malah diseneni'] },
    questions: ['siapa yang bisa melihat APBDes {tempat}, apakah terbuka untuk warga?'],
  },
  {
    subject: 'pajak_daerah',
    agency: 'BKD',
    weight: 1.5,
    complaints: {
      plain: ['SPPT PBB saya di {tempat} [salah luas|namanya masih pemilik lama|naik dua kali lipat]'],
      javanese: ['pajeg PBB {tempat} mundhak akeh, [ora ana sosialisasi|kok ngono]'],
    },
    effects: { plain: ['sudah bayar tapi masih muncul tunggakan'], javanese: ['wis mbayar isih ditagih'] },
    questions: ['bayar PBB online lewat apa ya?', 'PBB {tempat} jatuh temponya kapan?'],
  },
  {
    subject: 'kanal_aduan',
    agency: 'Diskominfo',
    weight: 1,
    complaints: {
      plain: [
        'website pemkab [tidak bisa dibuka|datanya lama] {lama}',
        'kirim aduan lewat aplikasi [gagal terus|tidak ada balasan] {lama}',
      ],
      javanese: ['aplikasi aduan pemkab [error|ora ana balesane] {lama}'],
    },
    effects: { plain: ['percuma ada fasilitas'], javanese: ['percuma'] },
  },
  {
    subject: 'internet_desa',
    agency: 'Diskominfo',
    weight: 0.7,
    complaints: {
      plain: ['wifi gratis di {tempat} [mati|lemot sekali] {lama}'],
      javanese: ['wifi {tempat} lemot, [mending ora usah|ora isa dinggo]'],
    },
    effects: { plain: ['anak sekolah butuh buat tugas'], javanese: ['bocah sekolah butuh'] },
  },
  {
    subject: 'listrik',
    agency: 'PLN',
    weight: 2,
    rain: 0.7,
    complaints: {
      plain: [
        'listrik di {tempat} [padam|naik turun] {lama}, [kulkas rusak|tidak ada pemberitahuan]',
        'kabel listrik {patokan} {tempat} [kendor|menjuntai rendah], takut kesetrum',
      ],
      javanese: ['oglangan terus {tempat}, {lama}', 'kabel listrik {tempat} ngglawer medeni'],
    },
    effects: { plain: ['usaha rumahan berhenti'], javanese: ['dagangan es dadi banyu'] },
  },
  {
    subject: 'perizinan',
    agency: 'DPMPTSP',
    weight: 1,
    complaints: {
      plain: [
        'izin [usaha|bangunan|PBG] saya {lama} belum terbit, [berkas sudah lengkap|dioper-oper]',
        'ada [tower|kandang|kafe] di {tempat} katanya belum berizin, warga keberatan',
      ],
      javanese: ['ngurus izin usaha [suwe|mbulet], padahal berkas wis pepak'],
    },
    effects: { plain: ['modal sudah keluar banyak'], javanese: ['bandhane wis metu'] },
    questions: ['bikin NIB untuk warung di {tempat} gratis tidak ya?'],
  },
  {
    subject: 'perpustakaan',
    agency: 'Dinas Arpus',
    weight: 0.7,
    complaints: {
      plain: ['mobil perpustakaan keliling tidak pernah ke {tempat} lagi {lama}'],
      javanese: ['perpus keliling kok ora tau mrene maneh'],
    },
    effects: { plain: ['anak-anak menanyakan'], javanese: ['bocah-bocah nakokke'] },
    questions: ['jam buka perpustakaan daerah hari Minggu?', 'cara jadi anggota perpusda gimana min?'],
    praises: ['ruang baca perpusda nyaman, koleksi anaknya bagus'],
  },
];
