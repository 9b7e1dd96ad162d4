import { describe, expect, test } from '@jest/globals';
import type { UserId } from '../../src/domain/ids.ts';
import { acts, may, roleMay, scopeOf, whyNot } from '../../src/domain/policies.ts';
import { type Role, roles, type User } from '../../src/domain/user.ts';

function person(role: Role, change: Partial<User> = {}): User {
  const agency = role === 'admin_opd' ? 'DPUPR' : null;
  return {
    _id: 'sari' as UserId,
    name: 'Sari',
    role,
    agency,
    mayPublish: true,
    demo: false,
    disabledAt: null,
    ...change,
  };
}

const road = { agency: 'DPUPR', companion: null, secret: false, authors: ['budi' as UserId] };

test.each(roles)('a disabled %s may do nothing', (role) => {
  const gone = person(role, { disabledAt: new Date() });
  expect(acts.filter((act) => may(gone, act, road) || roleMay(gone, act))).toEqual([]);
});

describe('four eyes', () => {
  test.each(roles)('a %s never approves what he had a hand in', (role) => {
    expect(
      may(person(role), 'draft.approve', { ...road, authors: ['budi' as UserId, 'sari' as UserId] }),
    ).toBe(false);
  });

  test('without knowing the authors nobody approves', () => {
    const { authors: _, ...unknown } = road;
    expect(roles.filter((role) => may(person(role), 'draft.approve', unknown))).toEqual([]);
  });

  test('the superadmin neither approves nor publishes, not even with the right to publish', () => {
    const admin = person('superadmin');
    expect([
      may(admin, 'draft.approve', road),
      may(admin, 'reply.release', road),
      may(admin, 'reply.resend', road),
    ]).toEqual([false, false, false]);
  });

  test('publishing is a right of its own', () => {
    expect(may(person('penyetuju', { mayPublish: false }), 'reply.release', road)).toBe(false);
    expect(whyNot(person('petugas', { mayPublish: false }), 'reply.release', road)?.id).toContain(
      'hak mengirim',
    );
  });
});

describe('an agency’s admin', () => {
  test('works on cases that his agency handles or accompanies, secret ones too', () => {
    const admin = person('admin_opd');
    expect(may(admin, 'case.view', { ...road, secret: true })).toBe(true);
    expect(may(admin, 'draft.write', { agency: 'DINKES', companion: 'DPUPR', secret: false })).toBe(true);
    expect(may(admin, 'case.view', { agency: 'DINKES', companion: null, secret: false })).toBe(false);
    expect(may(admin, 'mention.view', { agency: null, companion: null, secret: false })).toBe(false);
    expect(scopeOf(admin)).toEqual({ agency: 'DPUPR', secret: true });
  });

  test('without an agency sees nothing, not even what has no agency', () => {
    const lost = person('admin_opd', { agency: null });
    expect(may(lost, 'case.view', { agency: null, companion: null, secret: false })).toBe(false);
    expect(scopeOf(lost)).toBeNull();
  });
});

test('what is secret, or not known to be open, is for the desk, the approver and the superadmin', () => {
  for (const matter of [{ ...road, secret: true }, { agency: 'DPUPR' }]) {
    expect(roles.filter((role) => may(person(role), 'case.view', matter))).toEqual([
      'petugas',
      'admin_opd',
      'penyetuju',
      'superadmin',
    ]);
  }
});

test('every act has at least one role, and every role has at least one act', () => {
  for (const act of acts) expect(roles.some((role) => roleMay(person(role), act))).toBe(true);
  for (const role of roles) expect(acts.some((act) => roleMay(person(role), act))).toBe(true);
});

test('a refusal has words in both languages', () => {
  expect(whyNot(person('analis'), 'case.move', road)).toEqual({
    id: expect.stringMatching(/berwenang/),
    en: expect.stringMatching(/role/),
  });
});
