import type { Topic } from './topic.ts';

/** Roads, water under and beside them, lights and signs. */
export const worksTopics: readonly Topic[] = [
  {
    subject: 'jalan',
    agency: 'DPUPR',
    weight: 24,
    rain: 0.8,
    complaints: {
      plain: [
        'jalan [desa|kampung|kabupaten|] di {tempat} [rusak parah|berlubang|hancur|bergelombang] {lama}',
        'aspal {patokan} {tempat} [mengelupas|pecah-pecah|habis tinggal batu] {lama}',
        'lubang di jalan {tempat} [makin lebar|makin dalam|seperti kubangan]',
        'ruas {tempat} arah {tempat} [tidak pernah ditambal|cuma ditambal sebelah|rusak lagi padahal baru ditambal]',
        'jalan {patokan} {tempat} [ambles sebelah|retak memanjang|tinggal separuh yang bisa dilewati]',
        'tambalan jalan di {tempat} [asal-asalan|cuma tahan sebentar|malah bikin gronjal]',
        'cor jalan {tempat} [pecah|patah] padahal [belum setahun|baru beberapa bulan]',
        'jalan alternatif {tempat} [licin|becek berlumpur|penuh batu lepas] dan [belum pernah diaspal|tidak layak dilewati]',
        'polisi tidur di {tempat} [terlalu tinggi|tanpa cat], jalannya juga [bolong-bolong|rusak]',
      ],
      javanese: [
        'dalan {tempat} [ajur|bolong-bolong|jeglongan kabeh] {lama}',
        'dalane {patokan} {tempat} [rusak nemen|bolong jero|gronjal ra karuan]',
        'aspal {tempat} [wis entek kari watu|mlethek kabeh|ora tau ditambal]',
        'dalan {tempat} nganti {tempat} kok [ora didandani|diumbar ae|isih ngono-ngono wae]',
        'jeglongan {patokan} {tempat} [saya amba|jerone sak ban|ketutup banyu nek udan]',
      ],
    },
    effects: {
      plain: [
        'semalam ada motor jatuh',
        'ibu-ibu bawa anak sekolah harus turun dari motor',
        'velg saya sampai penyok',
        'kalau hujan tidak kelihatan lubangnya',
        'mobil pengantar barang tidak mau masuk',
        'sudah [dua|tiga] kali warga terpeleset',
        'warga urunan beli semen sendiri',
        'debunya masuk rumah kalau kemarau',
      ],
      javanese: [
        'wingi ana sing tiba',
        'ban motorku nganti bocor',
        'bocah sekolah kudu nuntun pit',
        'nek udan ora ketok lubange',
        'boyok rasane copot',
        'ibu-ibu mlaku alon-alon ora wani',
      ],
    },
    questions: [
      'jalan {tempat} kapan jadwal pengaspalannya min? katanya masuk anggaran tahun ini',
      'mau tanya, perbaikan ruas {tempat} - {tempat} itu kewenangan kabupaten atau desa ya?',
      'proyek jalan di {tempat} kok berhenti, apakah dilanjutkan?',
    ],
    wishes: [
      'usul jalan {tempat} dilebarkan, [truk dan motor berebut|sempit sekali kalau papasan]',
      'mbok {tempat} dibuatkan jalan tembus ke {tempat} biar tidak memutar',
    ],
    praises: [
      'jalan {tempat} sudah [mulus|halus] sekarang, terima kasih DPUPR',
      'matur nuwun, dalan {tempat} wis dialusi, bocah-bocah seneng',
    ],
  },
  {
    subject: 'penerangan_jalan',
    agency: 'Dishub',
    weight: 9,
    complaints: {
      plain: [
        'lampu penerangan jalan di {tempat} [padam|mati semua|kedap-kedip] {lama}',
        'PJU {patokan} {tempat} [mati total|tidak menyala|mati selang-seling]',
        'sepanjang {tempat} sampai {tempat} gelap gulita, [lampu jalannya mati|tidak ada PJU satu pun]',
        'tiang PJU di {tempat} [miring hampir roboh|keropos|hilang lampunya]',
        'lampu jalan {tempat} [siang menyala malam mati|terbalik nyalanya]',
      ],
      javanese: [
        'PJU {tempat} [mati kabeh|ora murub] {lama}',
        'lampu dalan {patokan} {tempat} peteng dedet {lama}',
        'ndalan {tempat} peteng, [lampune mati|ora ana PJU-ne]',
      ],
    },
    effects: {
      plain: [
        'rawan kejahatan dan kecelakaan',
        'anak-anak pulang mengaji takut',
        'ibu saya hampir jatuh',
        'pulang kerja malam jadi was-was',
        'banyak yang lewat pakai senter HP',
      ],
      javanese: ['wong liwat padha wedi', 'bocah ngaji wedi mulih', 'wingi ana sing meh tabrakan'],
    },
    questions: [
      'kalau mau minta pasang PJU di gang {tempat} caranya bagaimana ya?',
      'lapor lampu jalan mati ke nomor berapa min?',
    ],
    wishes: ['usul ditambah lampu penerangan di tikungan {tempat}, [gelap sekali|banyak pohon bambu]'],
    praises: [
      'PJU {tempat} sudah nyala terang, terima kasih Dishub',
      'lampu dalan {tempat} wis padhang, suwun',
    ],
  },
  {
    subject: 'drainase',
    agency: 'DPUPR',
    weight: 6,
    rain: 4,
    complaints: {
      plain: [
        'selokan di {tempat} [mampet|penuh lumpur|tersumbat sampah], airnya meluap ke jalan',
        'got {patokan} {tempat} [tidak dikeruk|ambrol|ditutup bangunan warga] {lama}',
        'tiap hujan deras jalan {tempat} [jadi sungai|tergenang selutut], gorong-gorongnya kekecilan',
        'tutup gorong-gorong {tempat} [pecah|hilang], sangat bahaya',
      ],
      javanese: [
        'got {tempat} [mampet|kebak lemah], banyune mbludag neng ndalan',
        'kalen {patokan} {tempat} ora tau dikeruk {lama}',
        'saben udan deres ndalan {tempat} dadi kali, gorong-gorong e mampet',
      ],
    },
    effects: {
      plain: ['air masuk ke teras rumah', 'baunya menyengat', 'motor mogok semua', 'nyamuk jadi banyak'],
      javanese: ['banyune mlebu omah', 'ambune ra karuan', 'motor padha mogok'],
    },
    wishes: ['mohon dibuatkan saluran air di sepanjang {tempat}, selama ini langsung ke jalan'],
    praises: ['selokan {tempat} sudah dikeruk, hujan kemarin tidak menggenang lagi, terima kasih'],
  },
  {
    subject: 'talud_jalan',
    agency: 'DPUPR',
    weight: 1.5,
    rain: 3,
    complaints: {
      plain: [
        'talud jalan di {tempat} [retak|longsor sebagian|menggantung], takutnya ambrol',
        'senderan pinggir jalan {patokan} {tempat} jebol {lama}',
      ],
      javanese: ['talud {tempat} [gogrog|mlethek] bar udan deres, dalane melu entek'],
    },
    effects: {
      plain: ['mobil harus bergantian lewat', 'belum ada garis pembatas sama sekali'],
      javanese: ['mobil liwat kudu genten'],
    },
  },
  {
    subject: 'rambu_lalu_lintas',
    agency: 'Dishub',
    weight: 2,
    complaints: {
      plain: [
        'rambu di [tikungan|pertigaan|turunan] {tempat} [hilang|tertutup pohon|roboh ditabrak]',
        'marka dan cermin cembung di {tempat} [sudah pudar|pecah] {lama}',
        'pertigaan {tempat} tidak ada rambu, [sering tabrakan|semua saling serobot]',
      ],
      javanese: [
        'rambu {tempat} [ilang|ketutup wit], turunan lho kuwi',
        'prapatan {tempat} ora ana rambune, rawan',
      ],
    },
    effects: {
      plain: ['pengendara luar kota sering kebablasan', 'minggu lalu dua kali tabrakan'],
      javanese: ['wong njaba kutha ora ngerti dalan'],
    },
    wishes: ['usul dipasang cermin cembung di tikungan {tempat}', 'minta zebra cross {patokan} {tempat}'],
  },
  {
    subject: 'apill',
    agency: 'Dishub',
    weight: 1.5,
    complaints: {
      plain: [
        'lampu merah perempatan {tempat} [mati|hijaunya cuma sebentar|error kuning terus] {lama}',
        'traffic light {tempat} padam, [macet panjang|semua nekat jalan]',
      ],
      javanese: ['bangjo {tempat} mati {lama}, [semrawut|padha rebutan]'],
    },
    effects: { plain: ['jam berangkat kerja kacau'], javanese: ['esuk-esuk macet nganti adoh'] },
  },
  {
    subject: 'parkir',
    agency: 'Dishub',
    weight: 1.5,
    complaints: {
      plain: [
        'parkir di {tempat} [makan separuh badan jalan|tanpa karcis|ditarik dua kali lipat]',
        'tukang parkir {patokan} {tempat} [menarik 5 ribu|tidak memberi karcis]',
      ],
      javanese: ['parkir {tempat} [larang|ora nganggo karcis], sak geleme dhewe'],
    },
    effects: { plain: ['resmi apa tidak itu'], javanese: ['iki resmi apa ora'] },
    questions: ['tarif parkir resmi motor di {tempat} berapa ya min?'],
  },
  {
    subject: 'pohon',
    agency: 'DPUPR',
    weight: 2,
    rain: 1.5,
    complaints: {
      plain: [
        'pohon [besar|tua|trembesi] di {tempat} [condong ke jalan|lapuk|rantingnya menjuntai], perlu dipangkas',
        'dahan pohon {patokan} {tempat} [hampir patah|menutup lampu jalan]',
      ],
      javanese: ['wit gedhe {patokan} {tempat} [doyong|arep ambruk], nyuwun dipangkas'],
    },
    effects: {
      plain: ['ngeri kalau angin kencang', 'di bawahnya banyak anak jajan'],
      javanese: ['nek angin gedhe medeni'],
    },
  },
  {
    subject: 'taman_kota',
    agency: 'DPUPR',
    weight: 1,
    complaints: {
      plain: [
        'taman {tempat} [kotor|lampunya pecah|mainannya rusak] {lama}',
        'bangku di taman {tempat} [patah|dicoret-coret], toiletnya [terkunci|bau]',
      ],
      javanese: ['taman {tempat} reged ora ana sing ngresiki'],
    },
    effects: { plain: ['sayang padahal ramai tiap sore'], javanese: ['eman-eman'] },
    wishes: ['usul taman {tempat} ditambah [tempat sampah|jalur lari|area bermain anak]'],
  },
  {
    // Not the regency's: the province owns these.
    subject: 'jalan',
    agency: 'DPU Bina Marga Provinsi',
    weight: 2,
    rain: 0.8,
    complaints: {
      plain: [
        'jalan provinsi [Karangpandan-Tawangmangu|Palur-Karanganyar] [banyak lubang|bergelombang] {lama}',
        'jalan raya Solo-Tawangmangu dekat {tempat} [rusak|lubangnya menganga]',
      ],
      javanese: ['dalan gedhe Solo-Tawangmangu cedhak {tempat} bolong jero'],
    },
    effects: { plain: ['bus dan truk tetap ngebut'], javanese: ['wis pirang-pirang sing tiba'] },
  },
];
