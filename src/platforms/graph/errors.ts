import { z } from 'zod';
import {
  type BrokenReason,
  ChannelBrokenError,
  PermanentError,
  RateLimitedError,
  TransientError,
} from '../../core/errors.ts';
import type { GraphAnswer } from './answer.ts';
import { throttleWaitMs } from './usage.ts';

/** The object was deleted, or this token may not see it (code 100, subcode 33). The caller skips it. */
export class GoneError extends PermanentError {
  override name = 'GoneError';
}

/** What an error body means to us. Source of the codes: Graph API, "Handle errors" and "Rate limits". */
type Trouble =
  | 'token'
  | 'permission'
  | 'throttled'
  | 'blocked'
  | 'gone'
  | 'duplicate'
  | 'service'
  | 'request';

const ErrorBody = z.object({
  error: z.object({
    message: z.string().default(''),
    type: z.string().optional(),
    code: z.number().optional(),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().optional(),
    error_data: z.object({ details: z.string().optional() }).optional(),
  }),
});
type GraphError = z.infer<typeof ErrorBody>['error'];

/** Missing object, or one that this token may not see. */
const GONE_SUBCODE = 33;
const byCode: ReadonlyMap<number, Trouble> = new Map([
  [1, 'service'],
  [2, 'service'],
  [3, 'permission'],
  [4, 'throttled'],
  [10, 'permission'],
  [17, 'throttled'],
  [32, 'throttled'],
  [102, 'token'],
  [190, 'token'],
  [341, 'throttled'],
  [368, 'blocked'],
  [506, 'duplicate'],
  [613, 'throttled'],
  [80_001, 'throttled'],
  [80_002, 'throttled'],
  [80_007, 'throttled'],
  [80_008, 'throttled'],
  // WhatsApp. Source: Cloud API, "Error codes". What is not named here refuses the one message.
  [130_429, 'throttled'],
  [131_000, 'service'],
  [131_005, 'permission'],
  [131_016, 'service'],
  [131_031, 'blocked'],
  [131_048, 'blocked'],
  [131_056, 'throttled'],
  // Maintenance of the account: nothing is taken, for minutes.
  [131_057, 'throttled'],
]);

export interface FoundTrouble {
  readonly trouble: Trouble;
  /** Meta's error code; 0 where there is none. */
  readonly code: number;
  /** The platform's words; they never hold a token. */
  readonly words: string;
  /** In Meta's own form. False: something in between answered, which proves nothing about the call. */
  readonly byMeta: boolean;
}

/** @returns null when the answer is a success */
export function troubleOf(answer: GraphAnswer): FoundTrouble | null {
  const error = graphErrorOf(answer);
  if (error) {
    const { code = 0 } = error;
    return { trouble: sortError(error, answer.status), code, words: platformWords(error), byMeta: true };
  }
  if (answer.status >= 200 && answer.status < 300) return null;
  return { trouble: sortStatus(answer.status), code: 0, words: `HTTP ${answer.status}`, byMeta: false };
}

/** @throws the error of src/core/errors.ts that fits the answer of a read */
export function throwTrouble(answer: GraphAnswer): never {
  const found = troubleOf(answer);
  const words = found?.words ?? `HTTP ${answer.status}`;
  switch (found?.trouble) {
    case 'token':
      throw new ChannelBrokenError('the platform refuses the token', 'token', words);
    case 'permission':
      throw new ChannelBrokenError('the platform refuses a permission', 'permission', words);
    case 'blocked':
      throw new ChannelBrokenError('the platform has blocked the account', 'account', words);
    case 'throttled':
      throw new RateLimitedError(`throttled: ${words}`, throttleWaitMs(answer.usage));
    case 'gone':
      throw new GoneError(words);
    case 'request':
    case 'duplicate':
      throw new PermanentError(words);
    default:
      throw new TransientError(words);
  }
}

/**
 * What is wrong with the channel itself when a message is refused with this code; null: it is about the one message. A
 * permission counts only where no message has permissions of its own, so the platform's folder decides on that.
 */
export function brokenByCode(code: number): BrokenReason | null {
  switch (sortCode(code)) {
    case 'token':
      return 'token';
    case 'permission':
      return 'permission';
    case 'blocked':
      return 'account';
    default:
      return null;
  }
}

function sortCode(code: number): Trouble | undefined {
  return code >= 200 && code <= 299 ? 'permission' : byCode.get(code);
}

function graphErrorOf(answer: GraphAnswer): GraphError | null {
  const parsed = ErrorBody.safeParse(answer.body);
  return parsed.success ? parsed.data.error : null;
}

function sortError(error: GraphError, status: number): Trouble {
  const { code = null } = error;
  if (code === 100 && error.error_subcode === GONE_SUBCODE) return 'gone';
  // WhatsApp's AuthException.
  if (code === 0 && error.type === 'OAuthException') return 'token';
  const known = code === null ? undefined : sortCode(code);
  if (known) return known;
  if (error.is_transient === true) return 'service';
  return code === null || code === 0 ? sortStatus(status) : status >= 500 ? 'service' : 'request';
}

function sortStatus(status: number): Trouble {
  if (status === 401) return 'token';
  if (status === 429) return 'throttled';
  if (status === 400 || status === 403 || status === 404) return 'request';
  return 'service';
}

/** For people and logs. Meta repeats parameters in its messages: what looks like a token or a phone number is masked. */
function platformWords(error: GraphError): string {
  const subcode = error.error_subcode === undefined ? '' : `/${error.error_subcode}`;
  const details = error.error_data?.details ? ` ${error.error_data.details}` : '';
  const message = `${error.message}${details}`
    .slice(0, 500)
    .replaceAll(/[A-Za-z0-9|_-]{40,}|\b\d{9,15}\b/g, '…');
  return `(#${error.code ?? 0}${subcode}) ${message}`;
}
