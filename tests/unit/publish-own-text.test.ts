import { describe, expect, test } from '@jest/globals';
import { MINUTE } from '../../src/core/clock.ts';
import { systemUser } from '../../src/domain/ids.ts';
import type { Reply } from '../../src/domain/reply.ts';
import { explains, firstSendingAt, isOurText } from '../../src/text/own-text.ts';
import { aReply } from '../support/reply-builders.ts';

const sendingAt = new Date('2026-11-02T04:00:00Z');
const inFlight: Partial<Reply> = {
  history: [{ at: sendingAt, by: systemUser, from: 'released', to: 'sending', note: null }],
};
const posted = (text: string, change: object = {}) => ({
  nativeId: 'own-1',
  text,
  postedAt: sendingAt,
  ...change,
});

test.each([
  ['as it is', 'Halo Kak Rina, terima kasih & salam.'],
  ['with the citizen’s handle in front', '@rina_k Halo Kak Rina, terima kasih & salam.'],
  ['with entities', 'Halo Kak Rina, terima kasih &amp; salam.'],
  ['with other white space', 'Halo  Kak Rina,\nterima kasih & salam. '],
])('our text is known on a platform %s', (_how, shown) => {
  expect(isOurText({ text: 'Halo Kak Rina, terima kasih & salam.' }, shown)).toBe(true);
});

test('our text is known behind a shortened link, and another text is another', () => {
  const text = 'Halo, lihat https://aduan.karanganyarkab.go.id/lacak/KRA-2026-000123 ya.';
  expect(isOurText({ text }, 'Halo, lihat https://t.co/abc ya.')).toBe(true);
  expect(isOurText({ text }, 'Halo, lihat https://t.co/abc nggih.')).toBe(false);
});

describe('a post of our account is explained by a reply', () => {
  const text = aReply('1').text;

  test('that was sent as this very post', () => {
    const sent = { nativeId: 'own-1', url: null, at: sendingAt, by: 'answer' } as const;
    expect(explains(aReply('1', { state: 'sent', sent }), posted('teks yang diubah platform'))).toBe(true);
  });

  test('with the same text, from the moment on at which it may have left, with room for clocks apart', () => {
    expect(explains(aReply('1', { state: 'released' }), posted(text))).toBe(false);
    const reply = aReply('1', { state: 'unknown', ...inFlight });
    expect(explains(reply, posted(text))).toBe(true);
    expect(explains(reply, posted('lain'))).toBe(false);
    const earlier = (minutes: number) => ({ postedAt: new Date(sendingAt.getTime() - minutes * MINUTE) });
    expect(explains(reply, posted(text, earlier(10)))).toBe(true);
    expect(explains(reply, posted(text, earlier(20)))).toBe(false);
    expect(firstSendingAt(aReply('1'))).toBeNull();
  });

  test('that a person marked as sent by hand, by its time, whatever he changed in the text', () => {
    const sent = { nativeId: null, url: null, at: sendingAt, by: 'hand' } as const;
    const reply = aReply('1', { state: 'sent', sent });
    expect(explains(reply, posted('teks yang dirapikan'))).toBe(true);
    expect(explains(reply, posted('jawaban lain', { postedAt: new Date('2026-11-03T04:00:00Z') }))).toBe(
      false,
    );
  });
});
