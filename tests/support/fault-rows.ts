import type { PlatformId } from '../../src/domain/ids.ts';

/**
 * Rows of docs/faults.md: 9 the same message again; 10 out of order, overlapping, empty, cursor lost; 11 too many requests; 12 token or
 * key ended; 13 errors for an hour; 14 accepted, but the answer is lost; 15 hostile payloads; 16 who may deliver.
 */
type FaultRow = 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16;

/** A test by its file and a part of its title, or why there is nothing to test. */
type Covered = readonly [file: string, title: string] | { readonly notHere: string };

const contract = (title: string): Covered => ['integration/connector-contract', title];

const polled: Record<9 | 10 | 11 | 13 | 14 | 15, Covered> = {
  9: ['integration/ingest', 'a page served by eight pollers at once, three times each, is stored once'],
  10: contract('a poll cut off after any page loses nothing'),
  11: contract('a rate limit says when to come back, for reads and for sends'),
  13: ['e2e/pipeline-limits', 'an hour of 5xx costs few calls'],
  14: contract('published and then %s: unknown, sent once'),
  15: contract('garbled items: each is rejected or read'),
};

/** The same door for all of Meta's platforms. */
const signedDoor: Covered = [
  'integration/webhooks',
  'stores nothing that is not signed over these very bytes',
];

const keyedIntake: Covered = [
  'integration/website-channel',
  'a program with a key hands reports over once each',
];

const portal: Record<FaultRow, Covered> = {
  9: ['integration/portal-import', 'files of the watched folder are taken in once, whole'],
  10: {
    notHere:
      'the rows of a file have their order and no cursor; a file does not say when it was made, so the one taken in last holds',
  },
  11: keyedIntake,
  12: keyedIntake,
  13: contract('a send throws nothing, whatever is away'),
  14: { notHere: 'no machine sends to a portal: an officer carries the answer over and says so' },
  15: ['integration/portal-import', 'a sheet that unpacks to far too much is refused'],
  16: keyedIntake,
};

const byHand = { notHere: 'an officer types it in and answers it himself: nothing comes or goes by machine' };

/** Every channel answers for every row: a new platform does not compile without. */
export const faultsCovered: Readonly<Record<PlatformId, Readonly<Record<FaultRow, Covered>>>> = {
  x: {
    ...polled,
    12: ['integration/tokens', 'eight processes whose token ends at once make one call'],
    16: { notHere: 'X delivers nothing: it is asked' },
  },
  instagram: {
    ...polled,
    9: ['integration/meta-webhooks', 'a comment on %s is one message, delivered, polled, or both'],
    12: ['integration/tokens', 'the schedule renews what ends, with one alarm and no further call'],
    16: signedDoor,
  },
  facebook: {
    ...polled,
    9: ['integration/meta-webhooks', 'a comment on %s is one message, delivered, polled, or both'],
    12: contract('a revoked token breaks the channel'),
    16: signedDoor,
  },
  whatsapp: {
    9: ['integration/whatsapp', 'a citizen writes on WhatsApp, one case is opened'],
    10: ['integration/whatsapp', 'a citizen writes on WhatsApp, one case is opened'],
    11: ['integration/whatsapp', 'one person gets 45 messages at once and then one in six seconds'],
    12: [
      'integration/whatsapp',
      'a refusal of the number itself, at once or reported later, stops the channel',
    ],
    13: ['integration/webhooks', 'that cannot be stored is answered with 503 and comes again'],
    14: ['integration/whatsapp', 'an answer whose arrival is unclear'],
    15: ['integration/webhooks', 'hostile deliveries crash nothing'],
    16: signedDoor,
  },
  website: {
    9: ['integration/website-channel', 'the same form sent twice is one report'],
    10: { notHere: 'a report comes alone and is stored in the request that brings it: no page, no cursor' },
    11: ['integration/website-channel', 'who guesses codes, and who floods the form, is stopped'],
    12: keyedIntake,
    13: contract('a send throws nothing, whatever is away'),
    14: contract('an answer that was written though the write failed'),
    15: keyedIntake,
    16: keyedIntake,
  },
  sp4n: portal,
  laporgub: portal,
  sapamas: portal,
  manual: { 9: byHand, 10: byHand, 11: byHand, 12: byHand, 13: byHand, 14: byHand, 15: byHand, 16: byHand },
};
