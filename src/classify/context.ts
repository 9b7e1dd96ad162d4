import type { ClassifierInput } from '../domain/classification.ts';
import type { FoundPlace } from '../text/places.ts';

/** A text around the message, and how much of its points the message may borrow. */
export interface Surrounding {
  readonly text: string;
  readonly share: number;
  readonly most: number;
  readonly name: string;
  /** A message that is about it may also take its place from it. */
  readonly lendsPlace: boolean;
}

/** What surrounds a message is weak evidence; the citizen's own thread more than a post of ours. */
export function surroundingsOf(input: ClassifierInput): Surrounding[] {
  const found: Surrounding[] = [];
  if (input.quotedText) {
    found.push({
      text: input.quotedText,
      share: 0.6,
      most: 2.2,
      name: 'kiriman yang dikutip',
      lendsPlace: true,
    });
  }
  if (input.parentText) {
    found.push({
      text: input.parentText,
      share: 0.6,
      most: 2.2,
      name: 'pesan yang dibalas',
      lendsPlace: true,
    });
  }
  if (input.ownPostText) {
    found.push({ text: input.ownPostText, share: 0.25, most: 0.8, name: 'kiriman kita', lendsPlace: false });
  }
  return found;
}

/** The surrounding text once it was read, with what it lends. */
export interface Lent {
  readonly points: Float64Array;
  readonly from: Surrounding;
  readonly place: FoundPlace;
  readonly isCollapse: boolean;
}
