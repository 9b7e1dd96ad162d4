import { SECOND } from '../../core/clock.ts';
import { GraphRefusal } from '../graph/answers.ts';

/** Words of the codes, for refusals and reports. Source: Cloud API, "Error codes". */
const words: Readonly<Record<number, string>> = {
  0: 'AuthException',
  4: 'API Too Many Calls',
  10: 'Permission denied',
  100: 'Invalid parameter',
  190: 'Access token has expired',
  368: 'Temporarily blocked for policies violations',
  80007: 'Rate limit hit',
  130429: 'Rate limit hit',
  131000: 'Something went wrong',
  131005: 'Access denied',
  131008: 'Required parameter is missing',
  131009: 'Parameter value is not valid',
  131016: 'Service unavailable',
  131021: 'Recipient cannot be sender',
  131026: 'Message undeliverable',
  131031: 'Account has been locked',
  131047: 'Re-engagement message',
  131048: 'Spam rate limit hit',
  131049: 'This message was not delivered to maintain healthy ecosystem engagement.',
  131050: 'User has stopped receiving marketing messages',
  131051: 'Unsupported message type',
  131052: 'Media download error',
  131053: 'Media upload error',
  131056: '(Business Account, Consumer Account) pair rate limit hit',
  131057: 'Account in maintenance mode',
  132000: 'Number of parameters does not match the expected number of params',
  132001: 'Template name does not exist in the translation',
  132015: 'Template is paused',
  132016: 'Template is disabled',
};

export function wordsOf(code: number): string {
  return words[code] ?? 'Error';
}

export function refusal(code: number, status = 400): GraphRefusal {
  return new GraphRefusal({ message: `(#${code}) ${wordsOf(code)}`, code }, status);
}

const perSecond = 80;
const pairEvery = 6 * SECOND;
/** Messages to one person that may be borrowed from later. */
const burst = 45;

/** 80 messages a second for the number, one in 6 s to the same person with a burst of 45. */
export class SendLimits {
  #recent: number[] = [];
  readonly #owed = new Map<string, number>();

  /** @throws {GraphRefusal} 130429 or 131056 */
  take(person: string, now: Date): void {
    const at = now.getTime();
    this.#recent = this.#recent.filter((sent) => at - sent < SECOND);
    if (this.#recent.length >= perSecond) throw refusal(130_429);
    const free = Math.max(at, this.#owed.get(person) ?? 0) + pairEvery;
    if (free - at > burst * pairEvery) throw refusal(131_056);
    this.#owed.set(person, free);
    this.#recent.push(at);
  }
}
