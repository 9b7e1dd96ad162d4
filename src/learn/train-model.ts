import type { KnowledgeFiles } from '../classify/knowledge.ts';
import { type LoadedClassifier, type TrainingExample, trainClassifier } from '../classify/load.ts';
import { packStack, unpackStack } from '../classify/stack/pack.ts';
import { trainStack } from '../classify/stack/train-stack.ts';
import type { Score } from '../domain/model.ts';
import { isHeldBack, lettersHash } from './held-back.ts';
import { judge, type Verdict } from './verdict.ts';

/** A message of the office with what it is about: a subject's id or `bukan_aduan`. */
export interface OwnExample {
  readonly id: string;
  readonly text: string;
  readonly label: string;
}

export interface TrainingTask {
  /** The lists as the office has them. */
  readonly files: KnowledgeFiles;
  /** Written by us. */
  readonly shipped: readonly TrainingExample[];
  readonly own: readonly OwnExample[];
  /** The model in use; null: rules and Naive Bayes alone. */
  readonly champion: { readonly bytes: Uint8Array; readonly share: number } | null;
  readonly seed: number;
}

export interface TrainedModel {
  readonly bytes: Uint8Array;
  /** How much its word counts beside rules and Naive Bayes, 0..1. */
  readonly share: number;
  /** Our written examples, and the office's own that it learnt from. */
  readonly examples: { readonly shipped: number; readonly own: number };
  readonly champion: Score;
  readonly challenger: Score;
  readonly verdict: Verdict;
}

export interface TrainingControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

const precision = 0.9;
/** From our own examples it knows little more than rules and Naive Bayes; with the office's own texts it knows better. */
const LEAST_SHARE = 0.3;
const MOST_SHARE = 0.8;
/** With so many texts of the office both sides count the same. */
const EVEN_AT = 150;

function shareFor(own: number): number {
  return Math.min(MOST_SHARE, Math.max(LEAST_SHARE, own / (own + EVEN_AT)));
}

/**
 * Our written examples and four fifths of the office's own → a model, and how it does on the last fifth beside the model in
 * use. The same task gives the same bytes.
 * @throws {DOMException} `AbortError` when `signal` says so
 */
export async function trainModel(
  { files, shipped, own, champion, seed }: TrainingTask,
  control: TrainingControl = {},
): Promise<TrainedModel> {
  const [held, taught] = [true, false].map((back) => own.filter(({ text }) => isHeldBack(text) === back));
  const written = shipped.map(({ text, subject }) => ({ text, label: subject }));
  const examples = [...written, ...(taught ?? [])].map(({ text, label }) => {
    return { text, label, group: lettersHash(text) };
  });
  const stack = await trainStack(examples, { hints: null, precision, seed, ...control });
  const share = shareFor(taught?.length ?? 0);

  const classifier = trainClassifier(files, shipped);
  // Naive Bayes learns corrections at once, so it must not have seen what it is asked about here.
  classifier.learn(taught ?? []);
  classifier.adopt(champion && usable(champion));
  const before = scoreOf(classifier, held ?? []);
  classifier.adopt({ id: 'new', stack, share });
  const after = scoreOf(classifier, held ?? []);
  return {
    bytes: packStack(stack),
    share,
    examples: { shipped: shipped.length, own: taught?.length ?? 0 },
    champion: before,
    challenger: after,
    verdict: judge(before, after),
  };
}

/** A champion of another feature version does not answer in this program: the comparison is with rules and Naive Bayes. */
function usable({ bytes, share }: NonNullable<TrainingTask['champion']>) {
  try {
    return { id: 'champion', stack: unpackStack(bytes), share };
  } catch {
    return null;
  }
}

function scoreOf(classifier: LoadedClassifier, held: readonly OwnExample[]): Score {
  const agencyOf = new Map(classifier.knowledge.subjects.map((one) => [one._id, one.agency]));
  let [right, wrong] = [0, 0];
  for (const { text, label } of held) {
    const said = classifier.classify({
      text,
      platform: null,
      ownPostText: null,
      parentText: null,
      quotedText: null,
      receivingAgency: null,
    });
    if (!said.decided) continue;
    const answer = said.kind === 'bukan_aduan' ? 'bukan_aduan' : (said.subject ?? '');
    // What matters is who gets the message.
    if ((agencyOf.get(answer) ?? answer) === (agencyOf.get(label) ?? label)) right += 1;
    else wrong += 1;
  }
  return { texts: held.length, right, wrong };
}
