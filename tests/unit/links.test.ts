import { expect, test } from '@jest/globals';
import { readLink } from '../../src/platforms/links.ts';

test.each([
  ['https://x.com/warga_sim/status/1990000000000000123?s=20', 'x', '1990000000000000123'],
  [
    'https://www.facebook.com/permalink.php?story_fbid=55501&id=10001&comment_id=77701',
    'facebook',
    '55501_77701',
  ],
  [
    'https://m.facebook.com/pemkabsim/posts/55501?comment_id=77701&reply_comment_id=77702',
    'facebook',
    '55501_77702',
  ],
  ['https://www.facebook.com/photo/?fbid=55501&set=a.1&comment_id=55501_77701', 'facebook', '55501_77701'],
  ['https://www.instagram.com/p/Cabc-_1/c/17858893269000001/', 'instagram', '17858893269000001'],
  [
    'https://instagram.com/pemkabsim/reel/Cabc/c/17858893269000001/r/17858893269000002/?x=1',
    'instagram',
    '17858893269000002',
  ],
  ['https://www.lapor.go.id/laporan/detil/jalan-rusak/10234567', 'manual', 'impor-sp4n-10234567'],
  [
    'https://laporgub.jatengprov.go.id/main/detail/LGMB12345.html?id=LGMB12345',
    'manual',
    'impor-laporgub-LGMB12345',
  ],
])('%s names its post', (url, platform, nativeId) => {
  expect(readLink(url)).toMatchObject({ platform, nativeId });
});

test.each([
  // Opaque: the API knows no such name.
  'https://www.facebook.com/pemkabsim/posts/pfbid02abc?comment_id=77701',
  'https://www.instagram.com/p/Cabc-_1/',
  'https://facebook.com.contoh.test/permalink.php?story_fbid=55501&comment_id=77701',
  'https://contoh.test/?id=10234567',
  'bukan tautan',
])('%s does not', (url) => {
  expect(readLink(url)).toBeNull();
});
