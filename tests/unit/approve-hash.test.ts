import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ChannelId, MentionId, ReplyId } from '../../src/domain/ids.ts';
import { openReplyStates, type Reply, replyStates } from '../../src/domain/reply.ts';
import { approvalHash, citizenTextHash } from '../../src/domain/reply-hash.ts';
import { mayMove } from '../../src/domain/reply-move.ts';
import { changeOf, voidMove } from '../../src/domain/reply-void.ts';
import { aReply, aTarget, citizenText } from '../support/reply-builders.ts';

describe('the hash of an approval', () => {
  const reply = aReply('1');

  test('changes with the text, the target, the revision and the citizen’s words', () => {
    const target = reply.target;
    const others: Partial<Reply>[] = [
      { text: `${reply.text} ` },
      { revision: 2 },
      { _id: 'r-2' as ReplyId },
      { target: { ...target, nativeId: '2' } },
      { target: { ...target, mentionId: 'x-2' as MentionId } },
      { target: { ...target, channelId: 'x-lain' as ChannelId } },
      { target: { ...target, textHash: citizenTextHash('lain') } },
    ];
    const hashes = others.map((change) => approvalHash({ ...reply, ...change }));
    expect(new Set([...hashes, approvalHash(reply)]).size).toBe(others.length + 1);
  });

  test('is the same for the same words, whatever happens to the reply besides', () => {
    const later: Reply = { ...reply, version: 9, state: 'approved', history: [], postponed: 3 };
    expect(approvalHash(later)).toBe(approvalHash(reply));
  });

  test('cannot be made equal by moving words from one field to the next', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const one = approvalHash({ ...reply, text: a, target: aTarget(b) });
        const other = approvalHash({ ...reply, text: a + b, target: aTarget('') });
        expect(one === other).toBe(b === '');
      }),
    );
  });
});

describe('the states of a reply', () => {
  test('only released leads to sending, and nothing leads out of a closed state', () => {
    expect(replyStates.filter((state) => mayMove(state, 'sending'))).toEqual(['released']);
    expect(replyStates.filter((state) => mayMove(state, 'released'))).toEqual([
      'approved',
      'released',
      'sending',
      'needs_person',
    ]);
    const open: readonly string[] = openReplyStates;
    for (const state of replyStates.filter((one) => !open.includes(one))) {
      // The platform took it and told later that it did not arrive.
      const out = state === 'sent' ? ['failed'] : [];
      expect(replyStates.filter((to) => mayMove(state, to))).toEqual(out);
    }
  });

  test('a void takes back everything that is not out yet, and never what may be', () => {
    const at = new Date();
    const now = { nativeId: '1', hidden: true, textHash: 'x' };
    const to = (kind: 'deleted' | 'answered' | 'expired' | 'edited' | 'hidden') =>
      Object.fromEntries(
        openReplyStates.map((state) => {
          const cause = kind === 'edited' || kind === 'hidden' ? { kind, now } : { kind, url: null };
          return [state, voidMove(aReply('1', { state }), cause, at)?.to ?? null];
        }),
      );
    const untouched = { sending: null, unknown: null };
    const back = {
      draft: 'draft',
      submitted: 'draft',
      approved: 'draft',
      released: 'draft',
      needs_person: null,
    };
    expect(to('edited')).toEqual({ ...back, changes_requested: 'changes_requested', ...untouched });
    expect(to('hidden')).toEqual(to('edited'));
    const gone = Object.fromEntries(openReplyStates.map((state) => [state, 'withdrawn']));
    expect(to('deleted')).toEqual({ ...gone, ...untouched });
    expect(to('answered')).toEqual({ ...gone, ...untouched });
  });
});

test('a message changed when its words, its id or its visibility did; white space alone is no change', () => {
  const target = aTarget('1');
  const message = { text: citizenText, latestNativeId: '1', hidden: false, gone: false };
  expect(changeOf(target, message)).toBeNull();
  expect(changeOf(target, { ...message, text: `  ${citizenText.replace(' ', '\n')} ` })).toBeNull();
  expect(changeOf(target, { ...message, text: 'lain' })?.kind).toBe('edited');
  expect(changeOf(target, { ...message, latestNativeId: '1b' })?.kind).toBe('edited');
  expect(changeOf(target, { ...message, hidden: true })?.kind).toBe('hidden');
  expect(changeOf(target, { ...message, gone: true })?.kind).toBe('deleted');
  expect(changeOf(target, null)?.kind).toBe('deleted');
});
