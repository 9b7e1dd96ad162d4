import type { CaseState } from '../../domain/case.ts';
import type { NoticeWay } from '../../domain/forward.ts';
import type { Language } from '../problem.ts';

/** Every word of the pages for citizens. Indonesian unless the page was asked for with `?bahasa=en`. */
interface CitizenWords {
  readonly other: { readonly language: Language; readonly name: string };
  readonly site: string;
  readonly toContent: string;
  readonly menu: string;
  readonly simulated: string;
  readonly report: string;
  readonly track: string;
  readonly failed: string;
  readonly tooLargeForm: string;

  readonly formTitle: string;
  readonly withoutAccount: string;
  readonly emergency: string;
  readonly kind: string;
  readonly kindExamples: Readonly<Record<'pengaduan' | 'aspirasi' | 'permintaan_informasi', string>>;
  readonly text: string;
  readonly textHint: string;
  readonly where: string;
  readonly district: string;
  readonly noPlace: string;
  readonly place: string;
  readonly photos: (most: number, megabytes: number) => string;
  readonly photosHint: string;
  readonly you: string;
  readonly name: string;
  readonly mail: string;
  readonly phone: string;
  readonly anonymous: string;
  readonly anonymousHint: string;
  readonly secret: string;
  readonly secretHint: string;
  readonly leaveEmpty: string;
  readonly consent: string;
  readonly send: string;

  readonly wrong: {
    readonly kind: string;
    readonly noText: string;
    readonly shortText: string;
    readonly longText: string;
    readonly district: string;
    readonly place: string;
    readonly name: string;
    readonly longMail: string;
    readonly mail: string;
    readonly longPhone: string;
    readonly phone: string;
    readonly consent: string;
    readonly hidden: string;
    readonly photosTooLarge: (megabytes: number) => string;
    readonly photoTooLarge: (place: number, megabytes: number) => string;
    readonly tooManyPhotos: (most: number) => string;
    readonly busy: string;
    readonly unreadable: string;
    readonly stamp: Readonly<Record<'foreign' | 'too-old' | 'too-fast', string>>;
    readonly miss: string;
    readonly stars: string;
    readonly notAnswered: string;
    readonly reason: string;
    readonly notFinished: string;
    readonly code: string;
  };

  readonly received: string;
  readonly numberComes: string;
  readonly number: string;
  readonly code: string;
  readonly secretReceipt: string;
  readonly secretWithoutContact: string;
  readonly keepBoth: string;
  readonly withBoth: string;

  readonly trackTitle: string;
  readonly reportNumber: string;
  readonly look: string;
  readonly reportOf: (number: string) => string;
  readonly states: Readonly<Record<CaseState, string>>;
  readonly receivedAt: string;
  readonly handledBy: string;
  readonly due: string;
  readonly answers: string;
  readonly noAnswer: string;
  readonly rating: string;
  readonly given: (stars: number) => string;
  readonly stars: string;
  readonly sendRating: string;
  readonly notSolved: string;
  readonly whatIsLeft: string;
  readonly askReopen: string;
  readonly reopenAsked: string;

  readonly ways: Readonly<Record<NoticeWay, string>>;
  readonly byContact: string;
  readonly alsoSent: (way: string, hint: string) => string;
  readonly afterConfirming: (way: string) => string;
  readonly sendCode: (way: string) => string;
  readonly confirmTitle: string;
  readonly confirmHeading: string;
  readonly codeSent: (way: string) => string;
  readonly codeLasts: string;
  readonly confirm: string;
  readonly sendAgain: string;
  readonly confirmedTitle: string;
  readonly thanks: string;
  readonly willBeSent: (way: string) => string;
}

const indonesian: CitizenWords = {
  other: { language: 'en', name: 'English' },
  site: 'Aduan Kabupaten Karanganyar',
  toContent: 'Langsung ke isi',
  menu: 'Menu utama',
  simulated: 'DATA SIMULASI: halaman ini contoh. Laporan di sini tidak sampai ke pemerintah.',
  report: 'Lapor',
  track: 'Lacak laporan',
  failed: 'Belum berhasil',
  tooLargeForm: 'Terlalu besar.',

  formTitle: 'Sampaikan laporan Anda',
  withoutAccount: 'Tanpa akun. Anda mendapat nomor dan kode untuk mengikuti perkembangannya.',
  emergency: 'Keadaan darurat (kebakaran, kecelakaan, orang sakit): telepon',
  kind: 'Jenis laporan',
  kindExamples: {
    pengaduan: 'ada yang rusak, tidak berjalan, atau tidak semestinya',
    aspirasi: 'usul atau saran',
    permintaan_informasi: 'bertanya',
  },
  text: 'Isi laporan',
  textHint: 'Apa yang terjadi, di mana tepatnya, sejak kapan. Jangan tulis NIK atau nomor kartu di sini.',
  where: 'Di mana',
  district: 'Kecamatan',
  noPlace: 'Tidak tahu atau tidak menyangkut tempat',
  place: 'Desa, kelurahan atau tempat',
  photos: (most, megabytes) =>
    `Foto (paling banyak ${most}, masing-masing sampai ${megabytes} MB, boleh dikosongkan)`,
  photosHint:
    'Hanya petugas yang menangani dapat melihatnya. Keterangan di dalam berkas (tempat, waktu, merek telepon) kami buang, dan foto dihapus setelah 180 hari.',
  you: 'Anda (boleh dikosongkan)',
  name: 'Nama',
  mail: 'Surel (email)',
  phone: 'Telepon atau WhatsApp',
  anonymous: 'Anonim',
  anonymousHint: 'nama Anda tidak ditampilkan kepada dinas yang menangani',
  secret: 'Rahasia',
  secretHint:
    'isi laporan hanya dibaca petugas yang berwenang dan tidak tampil di halaman lacak; tinggalkan kontak supaya kami dapat menjawab',
  leaveEmpty: 'Kosongkan kolom ini',
  consent:
    'Saya setuju laporan dan data yang saya isi dipakai Pemerintah Kabupaten Karanganyar untuk menangani laporan ini, diteruskan kepada dinas yang berwenang, dan tidak dipakai untuk hal lain.',
  send: 'Kirim laporan',

  wrong: {
    kind: 'Pilih jenis laporan.',
    noText: 'Tuliskan laporan Anda.',
    shortText: 'Tuliskan laporan Anda, paling sedikit 15 huruf.',
    longText: 'Laporan paling panjang 5.000 huruf.',
    district: 'Nama kecamatan terlalu panjang.',
    place: 'Nama tempat paling panjang 120 huruf.',
    name: 'Nama paling panjang 100 huruf.',
    longMail: 'Alamat surel terlalu panjang.',
    mail: 'Alamat surel tidak terbaca.',
    longPhone: 'Nomor telepon terlalu panjang.',
    phone: 'Nomor telepon tidak terbaca.',
    consent: 'Beri tanda setuju supaya laporan dapat kami tangani.',
    hidden: 'Kosongkan kolom yang tersembunyi, lalu kirim sekali lagi.',
    photosTooLarge: (megabytes) => `Foto terlalu besar: masing-masing paling banyak ${megabytes} MB.`,
    photoTooLarge: (place, megabytes) => `Foto ${place} lebih besar dari ${megabytes} MB.`,
    tooManyPhotos: (most) => `Foto paling banyak ${most}.`,
    busy: 'Sedang banyak laporan masuk. Silakan kirim lagi sebentar lagi.',
    unreadable: 'Isian tidak terbaca. Silakan isi dan kirim sekali lagi.',
    stamp: {
      foreign: 'Formulir ini tidak dikenali. Isian Anda masih ada: periksa, lalu kirim sekali lagi.',
      'too-old':
        'Formulir sudah terlalu lama terbuka. Isian Anda masih ada: periksa, lalu kirim sekali lagi.',
      'too-fast': 'Formulir terkirim terlalu cepat. Periksa isian Anda, lalu kirim sekali lagi.',
    },
    miss: 'Nomor dan kode ini tidak cocok. Periksa keduanya; laporan rahasia tidak tampil di halaman ini.',
    stars: 'Pilih nilai 1 sampai 5.',
    notAnswered: 'Laporan ini belum dijawab; nilai dapat diberikan sesudahnya.',
    reason: 'Tuliskan apa yang belum beres, 10 sampai 1.000 huruf.',
    notFinished: 'Laporan ini masih ditangani, jadi tidak perlu dibuka kembali.',
    code: 'Kode ini tidak cocok atau sudah tidak berlaku. Periksa lagi, atau minta kode baru.',
  },

  received: 'Laporan Anda sudah kami terima',
  numberComes:
    'Nomornya sedang dibuat. Muat ulang halaman ini sebentar lagi (kirim ulang formulir yang sama): laporan tidak akan menjadi ganda.',
  number: 'Nomor',
  code: 'Kode',
  secretReceipt:
    'Laporan rahasia tidak tampil di halaman lacak. Petugas yang berwenang menjawab lewat kontak yang Anda tinggalkan; pastikan di bawah ini.',
  secretWithoutContact:
    'Laporan rahasia tidak tampil di halaman lacak. Kami menanganinya, tetapi tanpa kontak Anda kami tidak dapat menjawab; simpan nomornya, atau kirim laporan baru dengan kontak.',
  keepBoth: 'Catat atau foto nomor dan kode ini. Dengan keduanya Anda dapat membaca jawabannya di',
  withBoth: 'halaman lacak',

  trackTitle: 'Lacak laporan',
  reportNumber: 'Nomor laporan',
  look: 'Lihat',
  reportOf: (number) => `Laporan ${number}`,
  states: {
    baru: 'Laporan sudah kami terima dan sedang kami periksa.',
    terverifikasi: 'Laporan sudah kami periksa dan akan kami teruskan kepada yang berwenang.',
    disposisi: 'Laporan sudah kami teruskan kepada yang berwenang.',
    proses: 'Laporan sedang ditangani.',
    dijawab: 'Laporan sudah dijawab.',
    selesai: 'Laporan selesai.',
    tertunda: 'Kami menunggu keterangan tambahan dari Anda.',
    bukan_wewenang: 'Hal ini di luar wewenang Pemerintah Kabupaten Karanganyar.',
    diarsipkan: 'Laporan kami simpan tanpa tindak lanjut.',
    dibuka_kembali: 'Laporan dibuka kembali dan sedang kami periksa lagi.',
  },
  receivedAt: 'Diterima',
  handledBy: 'Ditangani',
  due: 'Dijawab paling lambat',
  answers: 'Jawaban',
  noAnswer: 'Belum ada jawaban.',
  rating: 'Nilai penanganan',
  given: (stars) => `Nilai Anda sekarang: ${stars} dari 5.`,
  stars: 'Nilai (1 buruk, 5 baik)',
  sendRating: 'Kirim nilai',
  notSolved: 'Belum selesai menurut Anda?',
  whatIsLeft: 'Apa yang belum beres',
  askReopen: 'Minta dibuka kembali',
  reopenAsked: 'Permintaan Anda untuk membuka kembali laporan ini sudah diterima petugas.',

  ways: { mail: 'surel', whatsapp: 'WhatsApp' },
  byContact: 'Jawaban lewat surel atau WhatsApp',
  alsoSent: (way, hint) => `Jawaban kami kirim juga ke ${way} ${hint}.`,
  afterConfirming: (way) => `Kami kirim jawaban ke ${way} ini setelah Anda memastikan bahwa itu milik Anda:`,
  sendCode: (way) => `Kirim kode ke ${way}`,
  confirmTitle: 'Pastikan kontak',
  confirmHeading: 'Pastikan kontak Anda',
  codeSent: (way) => `Kode enam angka dikirim ke ${way}`,
  codeLasts: 'Berlaku 15 menit.',
  confirm: 'Pastikan',
  sendAgain: 'Kirim kode lagi',
  confirmedTitle: 'Kontak dipastikan',
  thanks: 'Terima kasih',
  willBeSent: (way) => `Jawaban atas laporan Anda kami kirim ke ${way}`,
};

const english: CitizenWords = {
  other: { language: 'id', name: 'Bahasa Indonesia' },
  site: 'Complaints, Karanganyar Regency',
  toContent: 'Skip to content',
  menu: 'Main menu',
  simulated: 'SIMULATED DATA: this page is an example. Reports made here do not reach the government.',
  report: 'Report',
  track: 'Track a report',
  failed: 'That did not work',
  tooLargeForm: 'Too large.',

  formTitle: 'Tell us your report',
  withoutAccount: 'No account needed. You get a number and a code to follow it.',
  emergency: 'Emergencies (fire, accident, somebody ill): call',
  kind: 'Kind of report',
  kindExamples: {
    pengaduan: 'something is broken, does not run or is not as it should be',
    aspirasi: 'a proposal',
    permintaan_informasi: 'you want to know something',
  },
  text: 'Your report',
  textHint:
    'What happened, where exactly, and since when. Do not write identity or card numbers here. Officers read Indonesian best.',
  where: 'Where',
  district: 'District (kecamatan)',
  noPlace: 'I do not know, or it is not about a place',
  place: 'Village or place',
  photos: (most, megabytes) => `Photos (at most ${most}, up to ${megabytes} MB each, optional)`,
  photosHint:
    'Only the officers in charge can see them. What the file says about place, time and camera is removed, and photos are deleted after 180 days.',
  you: 'You (may be left empty)',
  name: 'Name',
  mail: 'E-mail',
  phone: 'Telephone or WhatsApp',
  anonymous: 'Anonymous',
  anonymousHint: 'your name is not shown to the agency in charge',
  secret: 'Secret',
  secretHint:
    'only authorised officers read the report, and it is not on the tracking page; leave a contact so that we can answer',
  leaveEmpty: 'Leave this field empty',
  consent:
    'I agree that the government of Karanganyar Regency uses this report and the data I gave to handle it, passes them on to the agency in charge, and uses them for nothing else.',
  send: 'Send the report',

  wrong: {
    kind: 'Choose the kind of report.',
    noText: 'Write your report.',
    shortText: 'Write your report, at least 15 letters.',
    longText: 'A report has at most 5,000 letters.',
    district: 'The name of the district is too long.',
    place: 'The name of a place has at most 120 letters.',
    name: 'A name has at most 100 letters.',
    longMail: 'The e-mail address is too long.',
    mail: 'The e-mail address cannot be read.',
    longPhone: 'The telephone number is too long.',
    phone: 'The telephone number cannot be read.',
    consent: 'Tick your consent so that we can handle the report.',
    hidden: 'Empty the hidden field, then send once more.',
    photosTooLarge: (megabytes) => `The photos are too large: at most ${megabytes} MB each.`,
    photoTooLarge: (place, megabytes) => `Photo ${place} is larger than ${megabytes} MB.`,
    tooManyPhotos: (most) => `At most ${most} photos.`,
    busy: 'Many reports are coming in. Please send yours again in a moment.',
    unreadable: 'The form could not be read. Please fill it in and send it once more.',
    stamp: {
      foreign: 'This form is not known. What you typed is still here: check it and send once more.',
      'too-old': 'The form was open for too long. What you typed is still here: check it and send once more.',
      'too-fast': 'The form was sent too fast. Check what you typed and send once more.',
    },
    miss: 'This number and this code do not fit together. Check both; secret reports are not on this page.',
    stars: 'Choose a rating from 1 to 5.',
    notAnswered: 'This report is not answered yet; it can be rated afterwards.',
    reason: 'Write what is not solved, 10 to 1,000 letters.',
    notFinished: 'This report is still being handled, so there is no need to reopen it.',
    code: 'This code does not fit or has expired. Check it, or ask for a new one.',
  },

  received: 'We have received your report',
  numberComes:
    'Its number is being made. Reload this page in a moment (send the same form again): the report will not be doubled.',
  number: 'Number',
  code: 'Code',
  secretReceipt:
    'A secret report is not on the tracking page. An authorised officer answers through the contact that you left; confirm it below.',
  secretWithoutContact:
    'A secret report is not on the tracking page. We handle it, but without a contact of yours we cannot answer; keep its number, or send a new report with a contact.',
  keepBoth: 'Note or photograph this number and code. With both you can read the answer on the',
  withBoth: 'tracking page',

  trackTitle: 'Track a report',
  reportNumber: 'Number of the report',
  look: 'Show',
  reportOf: (number) => `Report ${number}`,
  states: {
    baru: 'We have received the report and are checking it.',
    terverifikasi: 'We have checked the report and will pass it on to the agency in charge.',
    disposisi: 'We have passed the report on to the agency in charge.',
    proses: 'The report is being handled.',
    dijawab: 'The report is answered.',
    selesai: 'The report is closed.',
    tertunda: 'We are waiting for more information from you.',
    bukan_wewenang: 'This is not in the hands of the government of Karanganyar Regency.',
    diarsipkan: 'We keep the report without acting on it.',
    dibuka_kembali: 'The report was reopened and is being checked again.',
  },
  receivedAt: 'Received',
  handledBy: 'Handled by',
  due: 'Answered at the latest',
  answers: 'Answers',
  noAnswer: 'No answer yet.',
  rating: 'Rate how it was handled',
  given: (stars) => `Your rating now: ${stars} of 5.`,
  stars: 'Rating (1 bad, 5 good)',
  sendRating: 'Send the rating',
  notSolved: 'Not solved for you?',
  whatIsLeft: 'What is not solved',
  askReopen: 'Ask to reopen it',
  reopenAsked: 'An officer has received your wish to reopen this report.',

  ways: { mail: 'e-mail', whatsapp: 'WhatsApp' },
  byContact: 'Answers by e-mail or WhatsApp',
  alsoSent: (way, hint) => `Answers are sent to your ${way} ${hint} too.`,
  afterConfirming: (way) => `We send answers to this ${way} once you have confirmed that it is yours:`,
  sendCode: (way) => `Send a code by ${way}`,
  confirmTitle: 'Confirm a contact',
  confirmHeading: 'Confirm your contact',
  codeSent: (way) => `A code of six digits is on its way by ${way} to`,
  codeLasts: 'It lasts 15 minutes.',
  confirm: 'Confirm',
  sendAgain: 'Send another code',
  confirmedTitle: 'Contact confirmed',
  thanks: 'Thank you',
  willBeSent: (way) => `Answers to your report will be sent by ${way} to`,
};

export const citizenWords: Readonly<Record<Language, CitizenWords>> = { id: indonesian, en: english };
