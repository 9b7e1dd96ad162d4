import type { ClassifierInput } from '../domain/classification.ts';
import type { FoundPlace } from '../text/places.ts';
import type { KnownSubject } from './knowledge.ts';
import type { BayesVoice } from './mix.ts';
import { type Reading, SIGNAL } from './reading.ts';
import type { SubjectScores } from './subject-scores.ts';

/** A text around the message, and how much of its points the message may borrow. */
export interface Surrounding {
  readonly text: string;
  readonly share: number;
  readonly most: number;
  readonly name: string;
  /** A citizen's own thread: a message about it may also take its place from it. */
  readonly isThread: boolean;
}

/** The surrounding text once it was read, with what it lends. */
export interface Lent {
  readonly points: Float64Array;
  readonly from: Surrounding;
  readonly place: FoundPlace;
  readonly isCollapse: boolean;
}

/** What the account's owner adds to a matter of its own. */
const RECEIVER = 1.5;
const RECEIVER_POSTERIOR = 0.1;
const CONTENT_WORDS = 2;
/** A message with one of these says or asks something itself. */
const SPEAKING = [
  SIGNAL.problem,
  SIGNAL.fix_request,
  SIGNAL.ask,
  SIGNAL.ask_strong,
  SIGNAL.resolved,
  SIGNAL.harm,
];

/** What surrounds a message is weak evidence; the citizen's own thread more than a post of ours. */
export function surroundingsOf(input: ClassifierInput): Surrounding[] {
  const found: Surrounding[] = [];
  if (input.quotedText) {
    found.push({
      text: input.quotedText,
      share: 0.6,
      most: 2.2,
      name: 'kiriman yang dikutip',
      isThread: true,
    });
  }
  if (input.parentText) {
    found.push({ text: input.parentText, share: 0.6, most: 2.2, name: 'pesan yang dibalas', isThread: true });
  }
  if (input.ownPostText) {
    found.push({ text: input.ownPostText, share: 0.25, most: 0.8, name: 'kiriman kita', isThread: false });
  }
  return found;
}

/** Own words first: what surrounds the message is a ground only when the message itself says or asks something. */
export function borrow(lent: readonly Lent[], reading: Reading, { points, strongest }: SubjectScores): void {
  if (lent.length === 0) return;
  const speaks =
    reading.contentWords >= CONTENT_WORDS && SPEAKING.some((signal) => reading.count(signal) > 0);
  for (const one of lent) {
    for (let subject = 0; subject < points.length; subject++) {
      const added = one.points[subject]!;
      points[subject]! += added;
      if (speaks && added > strongest[subject]!) strongest[subject] = added;
    }
  }
}

/** The hospital's own account is a hint for hospital matters, not for a pothole reported there. */
export function backReceiver(
  agency: string,
  subjects: readonly KnownSubject[],
  points: Float64Array,
  voice: BayesVoice,
): void {
  subjects.forEach((subject, index) => {
    if (subject.agency !== agency) return;
    if (points[index]! > 0 || voice.posterior[index]! > RECEIVER_POSTERIOR) points[index]! += RECEIVER;
  });
}
