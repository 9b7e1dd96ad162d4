import { describe, expect, test } from '@jest/globals';
import { decideThread } from '../../src/cases/thread.ts';
import { loadClassifier } from '../../src/classify/load.ts';
import type { Flag } from '../../src/domain/classification.ts';

const classifier = loadClassifier(process.cwd());
const alone = {
  platform: null,
  ownPostText: null,
  parentText: null,
  quotedText: null,
  receivingAgency: null,
};
const classify = (text: string) => classifier.classify({ ...alone, text });

/** All invented. */
describe('the signs of a message', () => {
  test.each<[Flag, string]>([
    ['kasar', 'bangsat, lampu jalan mati sebulan di Jaten'],
    ['kasar', 'goblok kabeh isine turu, got mampet ora diurus'],
    ['kasar', 'anjing jalan rusak terus ga ada yang urus'],
    ['klaim_belum_pasti', 'katanya vaksin polio bikin lumpuh, sebarkan sebelum dihapus'],
    ['klaim_belum_pasti', 'jarene waduk arep jebol, bener ora min'],
    ['klaim_belum_pasti', 'konon ada penculik anak di Matesih, teruskan ke grup'],
    ['sarkasme', 'makasih lho pak, tiap hari dikasih debu truk'],
    ['sarkasme', 'luar biasa ya, jalan depan rumah sudah jadi kolam renang gratis'],
    ['sarkasme', 'bagus sekali ya jembatannya baru 2 bulan sudah ambrol'],
    ['ditagih', 'sudah tiga kali lapor tidak ada tanggapan, mau saya viralkan'],
    ['spam', 'slot gacor maxwin deposit murah'],
    ['tanpa_isi', 'podo min'],
  ])('%s: %s', (flag, text) => {
    expect(classify(text).flags).toContain(flag);
  });

  // Each of these was flagged before the words were looked at in their company.
  test.each([
    ['ada anjing rabies menggigit warga di Gondangrejo'],
    ['ada warga meninggal karena pohon tumbang'],
    ['peternakan babi bau sekali di Jumantono'],
    ['selokan penuh tai sapi dari kandang tetangga'],
    ['saya orang bodoh pak, tidak paham cara daftar online'],
    ['katanya mau diperbaiki tapi sampai sekarang lampunya masih mati'],
    ['terima kasih jalannya sudah bagus, hebat petugasnya'],
    ['anak saya sakit mata sejak ada asap pabrik'],
  ])('none: %s', (text) => {
    expect(classify(text).flags).toEqual([]);
  });

  // A case is where drafts come from: without one nothing is written.
  test.each([
    ['pemkab goblok semua'],
    ['dasar pemerintah bajingan tidak ada gunanya'],
    ['kerja apa sih kalian ini, cuma makan gaji buta, bubarkan saja'],
    ['hebat ya pemkab, juara deh 👏'],
    ['salut deh sama bupati, janji manis hasilnya 0'],
    ['pejabat tolol ga guna mundur aja semua'],
  ])('hostile without a matter opens no case, so nobody drafts an answer: %s', (text) => {
    const said = classify(text);
    const nothing = { own: null, parentCase: null, topLevel: true, conversation: false };
    const stored = { archived: false, deletedAt: null, caseId: null };
    expect(decideThread(stored, said, nothing).act).toBe('none');
    expect(said.flags.some((flag) => flag === 'kasar' || flag === 'sarkasme')).toBe(true);
  });
});

describe('the language of a message', () => {
  test.each([
    ['id', 'mohon lampu jalan di depan balai desa diperbaiki, sudah lama gelap'],
    ['id', 'salut sama bupati, janji manis hasilnya 0'],
    ['id', 'lampu mati'],
    ['jv', 'nyuwun sewu pak, margi wonten ngajeng griya kulo risak sampun dangu'],
    ['jv', 'mas, dalan ngarep omah bolong gedhe wis telung sasi rak didandani'],
    ['mixed', 'tolong min, dalane wis ajur banget, kapan diperbaiki?'],
    ['en', 'the street light near the mosque is broken, please help'],
    ['other', 'je ne sais pas où est la gare de cette ville'],
  ])('%s: %s', (language, text) => {
    expect(classify(text).language).toBe(language);
  });
});
