import { words } from '../shared/language.tsx';

/** Words of the channels' health. */
export const healthWords = words(
  {
    trouble: 'bermasalah',
    by: (who: string) => `oleh: ${who}`,
    platformSays: (said: string) => `Kata platform: ${said}`,
    lastSuccess: 'Terakhir berhasil',
    lastMessage: 'Pesan terakhir',
    lag: 'Masuk',
    afterWriting: (time: string) => `${time} setelah ditulis`,
    quotaLeft: 'Sisa kuota platform',
    usual: 'Biasanya',
    nextPoll: 'Diambil lagi',
    quota: 'Batas platform',
    token: 'Token berlaku sampai',
    money: 'Anggaran bulan ini',
    ago: (time: string) => `${time} lalu`,
    never: 'belum pernah',
    tooFew: 'belum cukup pesan untuk tahu',
    every: (hours: number) =>
      hours < 1
        ? 'beberapa pesan sejam'
        : `satu pesan dalam ${Math.round(hours).toLocaleString('id-ID')} jam`,
    waits: (until: string) => `menunggu sampai ${until}`,
    left: (left: string, of: string) => `sisa ${left} dari ${of}`,
    spent: (spent: string) => `terpakai ${spent}, tanpa batas`,
    incidents: 'Gangguan 30 hari terakhir',
    noIncidents: 'Tidak ada gangguan.',
    stillOpen: 'masih berlangsung',
  },
  {
    trouble: 'in trouble',
    by: (who: string) => `by: ${who}`,
    platformSays: (said: string) => `The platform says: ${said}`,
    lastSuccess: 'Last success',
    lastMessage: 'Last message',
    lag: 'Arrived',
    afterWriting: (time: string) => `${time} after it was written`,
    quotaLeft: 'Quota left of the platform',
    usual: 'Usually',
    nextPoll: 'Next look',
    quota: 'Limit of the platform',
    token: 'Token valid until',
    money: 'Budget of the month',
    ago: (time: string) => `${time} ago`,
    never: 'never',
    tooFew: 'too few messages to tell',
    every: (hours: number) =>
      hours < 1
        ? 'several messages an hour'
        : `one message in ${Math.round(hours).toLocaleString('en')} hours`,
    waits: (until: string) => `waits until ${until}`,
    left: (left: string, of: string) => `${left} left of ${of}`,
    spent: (spent: string) => `${spent} spent, no limit`,
    incidents: 'Troubles of the last 30 days',
    noIncidents: 'None.',
    stillOpen: 'still open',
  },
);
