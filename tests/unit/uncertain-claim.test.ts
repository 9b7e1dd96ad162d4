import { expect, test } from '@jest/globals';
import { repeatedClaim } from '../../src/draft/uncertain-claim.ts';

const claim = 'WADUK Sim jebol korban 3 MENINGGAL share sebelum dihapus!!!';
const harm = ['korban', 'meninggal', 'keracunan'];

test.each([
  ['Kami turut berduka atas warga yang Meninggal.', 'meninggal'],
  // Hedged or denied, it is said all the same.
  ['Kabar adanya korban belum dapat kami pastikan.', 'korban'],
  ['Beredar kabar: waduk sim jebol... korban jiwa?', 'korban'],
  ['Benar, share sebelum dihapus - sudah kami lihat.', 'share sebelum dihapus sudah'],
])('%s', (draft, found) => {
  const said = found === 'share sebelum dihapus sudah' ? `${claim} sudah` : claim;
  expect(repeatedClaim(draft, said, harm)).toBe(found);
});

test.each([
  'Terima kasih kabarnya. Keadaan di Waduk Sim sedang kami pastikan bersama BPBD.',
  // A word of harm that he did not use, and one inside of another word.
  'Layanan keracunan ada di puskesmas; pengorbanan petugas kami hargai.',
])('%s repeats nothing', (draft) => {
  expect(repeatedClaim(draft, claim, harm)).toBeNull();
});

test('the office’s own sentence repeats nobody’s claim; what is written beside it may', () => {
  const template = 'Mohon menjauh. Kalau ada korban, segera hubungi 119.';
  expect(repeatedClaim(template, claim, harm, template)).toBeNull();
  expect(repeatedClaim(`${template} Ada tiga korban.`, claim, harm, template)).toBe('korban');
});
