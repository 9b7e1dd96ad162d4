import type {
  Classification,
  ClassifierInput,
  Explanation,
  Kind,
  Place,
  Reasons,
  Urgency,
} from '../domain/classification.ts';
import { bayesWordsOf } from '../text/bayes-tokens.ts';
import { languageOf } from '../text/language.ts';
import { findPersonalData } from '../text/personal-data.ts';
import { createGazetteer, type FoundPlace } from '../text/places.ts';
import { MAX_TEXT, tokenise } from '../text/tokens.ts';
import type { Word, Words } from '../text/words.ts';
import { type Charge, createAuthorityResolver } from './authority.ts';
import { createBayesListener } from './bayes-listener.ts';
import { blend, type StackVoice } from './blend.ts';
import { backReceiver, borrow, type Lent, surroundingsOf } from './context.ts';
import { type Choice, choose, hasEvidence, isNoComplaint, markEvidence } from './decide.ts';
import { evidenceOf } from './evidence.ts';
import { flagsOf } from './flags.ts';
import { DEFAULT_COMPLAINT, type KindDecision, kindOf } from './kind.ts';
import type { Knowledge, KnownSubject } from './knowledge.ts';
import { type BayesVoice, ENOUGH_WORDS, type Mixed, mix } from './mix.ts';
import type { BayesModel } from './naive-bayes.ts';
import { noiseOf } from './noise.ts';
import { createReader, type Reading, SIGNAL } from './reading.ts';
import { reasonsOfNames, secretReasons } from './secrecy.ts';
import { isWithoutContent, type Surface, silenceAbout } from './silence.ts';
import { type ActiveModel, createStackListener } from './stack-listener.ts';
import { createSubjectScorer, type SubjectScores } from './subject-scores.ts';
import { urgencyOf } from './urgency.ts';
import { wordReasons } from './word-reasons.ts';

export interface Classifier {
  classify(input: ClassifierInput): Classification;
  /** The same decision with the reasons of the first two candidates, the trained model's words included (some 20 ms). */
  explain(input: ClassifierInput): Explanation;
  readonly modelVersion: string;
}

/** A classifier that goes on learning while it is asked. */
export interface LearningClassifier extends Classifier {
  /** Naive Bayes with another example, from the next message on. */
  follow(bayes: BayesModel, version: string): void;
  /**
   * The trained model that speaks beside rules and Naive Bayes from now on; null: those two alone.
   * @throws {RefusedError} `not-possible` when it answers with subjects that are not in the list
   */
  adopt(model: ActiveModel | null): void;
}

export interface ClassifierParts {
  readonly knowledge: Knowledge;
  readonly words: Words;
  readonly bayes: BayesModel;
  readonly modelVersion: string;
}

/** Everything that was found out about one message. */
interface Worked {
  readonly input: ClassifierInput;
  readonly reading: Reading;
  readonly scores: SubjectScores;
  readonly lent: readonly Lent[];
  readonly mixed: Mixed;
  readonly ownPlace: FoundPlace;
  readonly bayesWords: readonly Word[];
  readonly choice: Choice | null;
  readonly kind: KindDecision;
}

const RUNNERS_UP = 3;
const EXPLAINED = 2;
const MODEL_WORDS = 5;
/** From here a matter was heard, though not surely enough to decide. */
const LIKELY = 0.3;
const MENTIONABLE = 0.05;
/** A keyword this strong makes its agency a companion. */
const STRONG = 3;

/** Text → what it is about, who is in charge, and why; silent when unsure. Pure: same input, same answer. */
export function createClassifier(parts: ClassifierParts): LearningClassifier {
  const { knowledge, words } = parts;
  const { subjects } = knowledge;
  const reader = createReader(knowledge, words);
  const scorer = createSubjectScorer(knowledge, reader);
  const authority = createAuthorityResolver(knowledge, reader);
  const gazetteer = createGazetteer(knowledge.places, knowledge, words);
  const listener = createBayesListener(parts.bayes, knowledge, words);
  let version = parts.modelVersion;
  let active: (ReturnType<typeof createStackListener> & Pick<ActiveModel, 'id' | 'share'>) | null = null;
  const secretAgencies = new Set(knowledge.agencies.flatMap((agency) => (agency.secret ? [agency._id] : [])));
  const placeSignals = {
    desa: reader.signal('place_desa'),
    kelurahan: reader.signal('place_kelurahan'),
    kecamatan: reader.signal('place_kecamatan'),
  };
  const withEvidence = new Uint8Array(subjects.length);
  /** Of the text that was judged last; its tables are used again by the next one. */
  let last: Worked | null = null;

  function readText(text: string) {
    const tokens = tokenise(text, words);
    const reading = reader.read(tokens);
    const ownPlace = gazetteer.find(tokens);
    if (ownPlace.kind === 'desa' || ownPlace.kind === 'kelurahan' || ownPlace.kind === 'kecamatan') {
      reading.signals[placeSignals[ownPlace.kind]] = 1;
    }
    return { tokens, reading, ownPlace, scores: scorer.score(reading) };
  }

  function lend(input: ClassifierInput): Lent[] {
    return surroundingsOf(input).map((from) => {
      const { reading, ownPlace, scores } = readText(from.text);
      const points = scores.points.map((value) => Math.min(from.most, value * from.share));
      return { points, from, place: ownPlace, isCollapse: reading.count(SIGNAL.collapse) > 0 };
    });
  }

  function decide(
    input: ClassifierInput,
    lent: readonly Lent[],
    { tokens, reading, ownPlace, scores }: ReturnType<typeof readText>,
    surface: Surface,
  ): Classification {
    const ownEvidence = hasEvidence(scores.strongest);
    const noise = noiseOf(reading, ownEvidence);
    if (noise !== null || isWithoutContent(reading, ownEvidence))
      return silenceAbout(reading, noise, surface);

    const bayesWords = bayesWordsOf(tokens, reader.landmarks);
    const voice = listener.hear(bayesWords);
    borrow(lent, reading, scores);
    if (input.receivingAgency) backReceiver(input.receivingAgency, subjects, scores.points, voice);
    const second = active?.hear(input.text) ?? null;
    const mixed = mixAll(scores.points, voice, second, bayesWords.length);
    const inThread = lent.some((one) => one.from.isThread);
    if (!ownEvidence && !inThread && isNoComplaint(mixed, voice))
      return silenceAbout(reading, 'basa-basi', surface);

    const choice = choose(mixed, voice, scores, subjects, second);
    const kind = kindOf(reading, input.text.includes('?'));
    markEvidence(scores.strongest, withEvidence);
    last = { input, reading, scores, lent, mixed, ownPlace, bayesWords, choice, kind };
    return answer(last, surface);
  }

  function mixAll(points: Float64Array, voice: BayesVoice, second: StackVoice | null, words: number): Mixed {
    const mixed = mix(points, voice);
    if (second === null || active === null) return mixed;
    // A few words without their thread mislead what saw whole messages only.
    return blend(mixed, second, active.share * Math.min(1, words / ENOUGH_WORDS));
  }

  function answer(worked: Worked, surface: Surface): Classification {
    const { reading, choice, kind } = worked;
    const decided = choice?.decided === true;
    const subject = decided ? subjects[choice.subject]! : null;
    const charge = decided ? inCharge(choice.subject, worked) : null;
    const harm = reasonsFor(worked, subject, charge);
    const reasons = [...harm, ...reasonsOfNames(surface.personalData)];
    return {
      kind: heardKind(worked),
      decided,
      subject: subject?._id ?? null,
      agency: charge?.agency ?? null,
      companion: charge && (charge.companion ?? companionOf(worked, charge.agency)),
      authority: charge?.authority ?? null,
      confidence: choice?.confidence ?? 0,
      runnersUp: runnersUpOf(worked, decided ? 1 : 0),
      evidence: choice ? evidenceOf(choice.subject, charge?.rule ?? null, sourcesOf(worked)) : [],
      place: placeOf(worked),
      urgency: urgencyFor(worked, subject, harm.length > 0),
      secret: reasons.length > 0,
      secretReasons: reasons,
      flags: flagsOf(reading, null, kind.isSarcasm, false),
      personalData: surface.personalData,
      language: surface.language,
      modelVersion: surface.modelVersion,
    };
  }

  function reasonsFor(worked: Worked, subject: KnownSubject | null, charge: Charge | null): string[] {
    const isComplaint = worked.kind.kind === 'pengaduan';
    const isSecretAgency = isComplaint && charge !== null && secretAgencies.has(charge.agency);
    return secretReasons(worked.reading, subject, isSecretAgency);
  }

  function inCharge(subject: number, worked: Worked): Charge {
    return authority.inCharge(subject, worked.reading, withEvidence, worked.ownPlace);
  }

  /** A second agency with a strong keyword of its own. */
  function companionOf(worked: Worked, agency: string): string | null {
    for (const { subject } of worked.mixed.ranked) {
      if (worked.scores.strongest[subject]! < STRONG) continue;
      const other = inCharge(subject, worked).agency;
      if (other !== agency) return other;
    }
    return null;
  }

  function runnersUpOf(worked: Worked, from: number): Classification['runnersUp'] {
    const { ranked } = worked.mixed;
    const found: Classification['runnersUp'][number][] = [];
    for (let at = from; at < ranked.length && at < from + RUNNERS_UP; at++) {
      const { subject, confidence } = ranked[at]!;
      if (confidence < MENTIONABLE) break;
      found.push({ subject: subjects[subject]!._id, agency: inCharge(subject, worked).agency, confidence });
    }
    return found;
  }

  function sourcesOf({ input, reading, scores, lent, bayesWords }: Worked) {
    return { text: input.text, subjects, reading, scores, lent, bayes: listener, bayesWords };
  }

  /** The words of the trained model for each of these subjects, by its part in the decision. */
  function modelWords(text: string, asked: readonly number[]) {
    if (active === null) return asked.map(() => []);
    const { hear, share } = active;
    const found = wordReasons(text, (part) => asked.map((subject) => hear(part).of(subject)), MODEL_WORDS);
    return found.map((words) => words.map((one) => ({ words: one.words, weight: one.weight * share })));
  }

  function candidatesOf(worked: Worked): Reasons[] {
    const { choice, mixed, input } = worked;
    if (choice === null) return [];
    const others = mixed.ranked.filter(({ subject }) => subject !== choice.subject);
    const top = [choice, ...others].slice(0, EXPLAINED);
    // The tables first: asking the model changes none of them.
    const known = top.map(({ subject, confidence }) => {
      const { agency, rule } = inCharge(subject, worked);
      return { subject, agency, confidence, because: evidenceOf(subject, rule, sourcesOf(worked)) };
    });
    const words = modelWords(
      input.text,
      known.map(({ subject }) => subject),
    );
    return known.map(({ subject, because, ...rest }, at) => {
      const { _id } = subjects[subject]!;
      const learnt = words[at]!.map((one) => ({ ...one, source: 'model', for: _id }) as const);
      return { ...rest, subject: _id, because: [...because, ...learnt] };
    });
  }

  function classify(input: ClassifierInput): Classification {
    // The surroundings first: a reading is good only until the next one.
    const lent = lend(input);
    const read = readText(input.text);
    const text = input.text.length > MAX_TEXT ? input.text.slice(0, MAX_TEXT) : input.text;
    last = null;
    return decide(input, lent, read, {
      personalData: findPersonalData(text),
      language: languageOf(read.tokens),
      modelVersion: versionNow(),
    });
  }

  const versionNow = () => (active === null ? version : `${version}+${active.id}`);
  return {
    get modelVersion() {
      return versionNow();
    },
    follow(bayes, next) {
      listener.follow(bayes);
      version = next;
    },
    adopt(model) {
      active = model && {
        ...createStackListener(model.stack, knowledge),
        id: model.id,
        share: model.share,
      };
    },
    classify,
    explain(input) {
      const said = classify(input);
      return { said, candidates: last === null ? [] : candidatesOf(last) };
    },
  };
}

function urgencyFor({ reading, kind, lent }: Worked, subject: KnownSubject | null, secret: boolean): Urgency {
  return urgencyOf(reading, {
    kind: kind.kind,
    secret,
    placeBound: subject?.placeBound ?? false,
    isCollapse: subject?._id === 'talud_jalan' && lent.some((one) => one.isCollapse),
  });
}

/** Null when neither a matter nor a kind was heard. */
function heardKind({ choice, kind }: Worked): Kind | null {
  if (choice && (choice.decided || choice.confidence >= LIKELY)) return kind.kind;
  return kind.points > DEFAULT_COMPLAINT ? kind.kind : null;
}

/** The message's own place, else that of the thread it speaks in. */
function placeOf({ ownPlace, choice, lent }: Worked): Place | null {
  if (ownPlace.place || !choice?.decided) return ownPlace.place;
  const lender = lent.find(
    (one) => one.from.isThread && one.place.place !== null && one.points[choice.subject]! > 0,
  );
  return lender?.place.place ?? null;
}
