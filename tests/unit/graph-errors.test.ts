import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { MINUTE } from '../../src/core/clock.ts';
import {
  ChannelBrokenError,
  PermanentError,
  RateLimitedError,
  TransientError,
} from '../../src/core/errors.ts';
import { GoneError, throwTrouble } from '../../src/platforms/graph/errors.ts';
import { sendOnce } from '../../src/platforms/graph/outcome.ts';
import { noUsage, pauseMs, readUsage, throttleWaitMs } from '../../src/platforms/graph/usage.ts';

const { errors } = JSON.parse(readFileSync('fixtures/facebook/answers.json', 'utf8')) as {
  errors: Record<string, unknown>;
};

function readError(body: unknown, status = 400): unknown {
  try {
    throwTrouble({ status, body, usage: noUsage });
  } catch (error) {
    return error;
  }
}

async function outcomeOf(answer: { status: number; body: unknown } | Error, usage = noUsage) {
  const post = async () => {
    if (answer instanceof Error) throw answer;
    return { ...answer, usage };
  };
  const client = { post, get: () => Promise.reject(new Error('not called')) };
  const accepted = (nativeId: string) => ({ kind: 'accepted', nativeId, url: null }) as const;
  return sendOnce({ client, accepted }, ['1', 'comments'], 'Sampun', new AbortController().signal);
}

describe('a read', () => {
  test.each([
    ['token_password_changed', ChannelBrokenError],
    ['session', ChannelBrokenError],
    ['permission_10', ChannelBrokenError],
    ['permission_200', ChannelBrokenError],
    ['capability_3', ChannelBrokenError],
    ['app_limit_4', RateLimitedError],
    ['user_limit_17', RateLimitedError],
    ['page_limit_32', RateLimitedError],
    ['limit_341', RateLimitedError],
    ['custom_limit_613', RateLimitedError],
    ['pages_limit_80001', RateLimitedError],
    ['instagram_limit_80002', RateLimitedError],
    ['gone', GoneError],
    ['bad_parameter', PermanentError],
    ['unknown_1', TransientError],
    ['service_2', TransientError],
  ])('%s becomes what the caller must do', (name, kind) => {
    expect(readError(errors[name])).toBeInstanceOf(kind);
  });

  test('a refused token and a refused permission are told apart, whatever the HTTP status', () => {
    expect(readError(errors.token_password_changed, 401)).toMatchObject({ reason: 'token' });
    expect(readError(errors.permission_10, 403)).toMatchObject({ reason: 'permission' });
  });

  test('a 5xx page is transient, a 429 without a body is a limit', () => {
    expect(readError(null, 502)).toBeInstanceOf(TransientError);
    expect(readError(null, 429)).toBeInstanceOf(RateLimitedError);
  });

  test('what the platform says never carries a long token on', () => {
    const message = `Malformed access token ${'EAAB'.repeat(30)}`;
    expect(String(readError({ error: { message, code: 190 } }))).not.toContain('EAABEAAB');
  });
});

describe('a send', () => {
  // Planted: `if (answer.status >= 500)` taken out → HTTP 500 with code 10 became "never", this test failed.
  test.each<[string, number, unknown, string]>([
    ['an id', 200, { id: '1_2' }, 'accepted'],
    ['a success without an id', 200, { success: true }, 'unknown'],
    ['a success that is not JSON', 200, null, 'unknown'],
    ['an error in a success', 200, errors.permission_10, 'unknown'],
    ['code 2 with 500, which Facebook sent for posts that it published', 500, errors.service_2, 'unknown'],
    ['a 500 that names a permission', 500, errors.permission_10, 'unknown'],
    ['code 1', 400, errors.unknown_1, 'unknown'],
    ['a duplicate: it may be there', 400, errors.duplicate_506, 'unknown'],
    ['a 403 page of something in between', 403, null, 'unknown'],
    ['a redirect', 302, null, 'unknown'],
    ['code 10', 403, errors.permission_10, 'never'],
    ['code 3', 400, errors.capability_3, 'never'],
    ['code 200', 403, errors.permission_200, 'never'],
    ['code 100', 400, errors.bad_parameter, 'never'],
    ['a vanished comment', 400, errors.gone, 'never'],
    ['code 368', 400, errors.blocked_368, 'never'],
    ['a throttle', 400, errors.pages_limit_80001, 'not-now'],
    ['429', 429, null, 'not-now'],
    ['a refused token', 400, errors.token_password_changed, 'not-now'],
  ])('%s', async (_, status, body, kind) => {
    expect((await outcomeOf({ status, body })).kind).toBe(kind);
  });

  test('a throttle waits as long as the platform estimates', async () => {
    const usage = { percent: 100, regainMs: 42 * MINUTE };
    const outcome = await outcomeOf({ status: 400, body: errors.pages_limit_80001 }, usage);
    expect(outcome).toMatchObject({ kind: 'not-now', retryAfterMs: 42 * MINUTE });
  });

  test('an error that nobody foresaw is unknown, never a second send', async () => {
    expect(await outcomeOf(new Error('boom'))).toEqual({ kind: 'unknown', reason: 'Error' });
  });
});

describe('the allowance', () => {
  const business = (call_count: number, minutes = 0) => ({
    'x-business-use-case-usage': JSON.stringify({
      '101': [
        {
          type: 'pages',
          call_count,
          total_cputime: 1,
          total_time: 1,
          estimated_time_to_regain_access: minutes,
        },
      ],
    }),
  });

  test('the highest percentage of any header counts', () => {
    expect(readUsage({ 'x-app-usage': '{"call_count":28,"total_time":81,"total_cputime":25}' }).percent).toBe(
      81,
    );
    expect(readUsage(business(90, 7))).toEqual({ percent: 90, regainMs: 7 * MINUTE });
  });

  test('polls are spread out from 75 % on, more the less is left', () => {
    expect(pauseMs(readUsage(business(74)))).toBe(0);
    const pauses = [75, 85, 99].map((percent) => pauseMs(readUsage(business(percent))));
    expect(pauses[0]).toBeGreaterThan(0);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(pauseMs(readUsage(business(100, 30)))).toBe(30 * MINUTE);
  });

  test.each([
    {},
    { 'x-app-usage': 'not json' },
    { 'x-app-usage': '[]' },
    { 'x-business-use-case-usage': '{"1":5}' },
  ])('a header that cannot be read counts as none: %j', (headers) => {
    expect(readUsage(headers).percent).toBe(0);
    expect(throttleWaitMs(readUsage(headers))).toBeGreaterThan(0);
  });
});
