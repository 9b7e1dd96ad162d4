import type {
  Classification,
  ClassifierInput,
  Evidence,
  Kind,
  PersonalData,
  Place,
} from '../domain/classification.ts';
import { bayesTokensOf } from '../text/bayes-tokens.ts';
import { languageOf } from '../text/language.ts';
import { findPersonalData } from '../text/personal-data.ts';
import { createGazetteer, type FoundPlace } from '../text/places.ts';
import { MAX_TEXT, type Tokens, tokenise } from '../text/tokens.ts';
import type { Words } from '../text/words.ts';
import { type AuthorityResolver, createAuthorityResolver } from './authority.ts';
import { createBayesListener, createExplainer } from './bayes-listener.ts';
import { type Lent, surroundingsOf } from './context.ts';
import { evidenceOf } from './evidence.ts';
import { flagsOf } from './flags.ts';
import { DEFAULT_COMPLAINT, kindOf } from './kind.ts';
import type { Knowledge } from './knowledge.ts';
import { type Mixed, mix } from './mix.ts';
import type { BayesModel } from './naive-bayes.ts';
import { type Noise, noiseOf } from './noise.ts';
import { createReader, type Reading } from './reading.ts';
import { secretReasons } from './secrecy.ts';
import { createSubjectScorer, type SubjectScores } from './subject-scores.ts';
import { urgencyOf } from './urgency.ts';

export interface Classifier {
  classify(input: ClassifierInput): Classification;
  readonly modelVersion: string;
}

export interface ClassifierParts {
  readonly knowledge: Knowledge;
  readonly words: Words;
  readonly bayes: BayesModel;
  readonly modelVersion: string;
}

/** Share of an agency's subjects together from which the classifier decides. */
const THRESHOLD = 0.6;
/** Naive Bayes alone (no keyword above weak) decides only from here, with enough words. */
const BAYES_ALONE = { posterior: 0.85, words: 3 };
/** From here Naive Bayes' "bukan aduan" is believed when no keyword speaks against it. */
const NOISE_ALONE = { share: 0.45, posterior: 0.8, words: 3 };
const EVIDENCE = 1;
const RUNNERS_UP = 3;
/** From here a matter was heard, though not surely enough to decide. */
const LIKELY = 0.3;
const MENTIONABLE = 0.05;
const COMPANION_SHARE = 0.04;

/** Text → what it is about, who is in charge, and why; silent when unsure. Pure: same input, same answer. */
export function createClassifier(parts: ClassifierParts): Classifier {
  const { knowledge, words } = parts;
  const reader = createReader(knowledge, words);
  const scorer = createSubjectScorer(knowledge, reader);
  const authority = createAuthorityResolver(knowledge, reader);
  const gazetteer = createGazetteer(knowledge.places, knowledge, words);
  const listener = createBayesListener(parts.bayes, knowledge);
  const explainer = createExplainer(parts.bayes);
  const secretAgencies = new Set(knowledge.agencies.flatMap((agency) => (agency.secret ? [agency._id] : [])));
  const placeSignals = {
    desa: reader.signal('place_desa'),
    kelurahan: reader.signal('place_kelurahan'),
    kecamatan: reader.signal('place_kecamatan'),
  };

  const hasSubject = new Uint8Array(knowledge.subjects.length);

  function readText(text: string): {
    tokens: Tokens;
    reading: Reading;
    place: FoundPlace;
    scores: SubjectScores;
  } {
    const tokens = tokenise(text, words);
    const reading = reader.read(tokens);
    const place = gazetteer.find(tokens);
    if (place.kind === 'desa' || place.kind === 'kelurahan' || place.kind === 'kecamatan') {
      reading.signals[placeSignals[place.kind]] = 1;
    }
    return { tokens, reading, place, scores: scorer.score(reading) };
  }

  function lend(input: ClassifierInput): Lent[] {
    return surroundingsOf(input).map((from) => {
      const { reading, place, scores } = readText(from.text);
      const points = scores.points.map((value) => Math.min(from.most, value * from.share));
      return { points, from, place, isCollapse: reading.count('collapse') > 0 };
    });
  }

  return {
    modelVersion: parts.modelVersion,
    classify(input) {
      // First, because a reading is good only until the next one.
      const lent = lend(input);
      const { tokens, reading, place: ownPlace, scores } = readText(input.text);
      const personalData = findPersonalData(
        input.text.length > MAX_TEXT ? input.text.slice(0, MAX_TEXT) : input.text,
      );
      const language = languageOf(tokens);
      const ownEvidence = hasEvidence(scores.strongest);
      const noise = noiseOf(reading, ownEvidence);
      const isContentless = noise === null && isWithoutContent(reading, ownEvidence);
      if (noise !== null || isContentless) {
        return {
          ...nothing(reading, noise, isContentless),
          personalData,
          language,
          modelVersion: parts.modelVersion,
        };
      }

      const bayesTokens = bayesTokensOf(tokens, reader.landmarks);
      const voice = listener.hear(bayesTokens);
      const { points, strongest } = scores;
      borrow(lent, reading, points, strongest);
      if (input.receivingAgency) backReceiver(input.receivingAgency, points, voice.posterior);
      const mixed = mix(points, voice);

      if (
        !ownEvidence &&
        mixed.noise >= NOISE_ALONE.share &&
        voice.noise >= NOISE_ALONE.posterior &&
        voice.known >= NOISE_ALONE.words &&
        lent.every((one) => one.from.name === 'kiriman kita')
      ) {
        return {
          ...nothing(reading, 'basa-basi', false),
          personalData,
          language,
          modelVersion: parts.modelVersion,
        };
      }
      const kind = kindOf(reading, input.text.includes('?'));
      const choice = choose(mixed, strongest, voice, scores.unclear);
      mark(strongest, hasSubject);
      return finished(
        { input, reading, scores, lent, mixed, ownPlace, hasSubject, bayesTokens, choice },
        kind,
        { personalData, language },
      );
    },
  };

  /** Own words first: what surrounds the message counts only when the message itself says or asks something. */
  function borrow(
    lent: readonly Lent[],
    reading: Reading,
    points: Float64Array,
    strongest: Float64Array,
  ): void {
    const { count } = reading;
    const speaks =
      reading.contentWords >= 2 &&
      count('problem') +
        count('fix_request') +
        count('ask') +
        count('ask_strong') +
        count('resolved') +
        count('harm') >
        0;
    for (const one of lent) {
      for (let subject = 0; subject < points.length; subject++) {
        points[subject]! += one.points[subject]!;
        if (speaks && one.points[subject]! > strongest[subject]!) strongest[subject] = one.points[subject]!;
      }
    }
  }

  function backReceiver(agency: string, points: Float64Array, posterior: Float64Array): void {
    knowledge.subjects.forEach((subject, index) => {
      if (subject.agency === agency && (points[index]! > 0 || posterior[index]! > 0.1)) points[index]! += 1.5;
    });
  }

  function choose(
    mixed: Mixed,
    strongest: Float64Array,
    voice: { readonly posterior: Float64Array; readonly known: number },
    unclear: readonly number[],
  ): { subject: number; confidence: number; decided: boolean } | null {
    const top = mixed.ranked[0];
    if (!top) return null;
    const agency = knowledge.subjects[top.subject]!.agency;
    let together = 0;
    for (const { subject, confidence } of mixed.ranked) {
      if (knowledge.subjects[subject]!.agency === agency) together += confidence;
    }
    const mayDecide =
      !unclear.includes(top.subject) &&
      (strongest[top.subject]! >= EVIDENCE ||
        (voice.posterior[top.subject]! >= BAYES_ALONE.posterior && voice.known >= BAYES_ALONE.words));
    return { subject: top.subject, confidence: together, decided: mayDecide && together >= THRESHOLD };
  }

  function nothing(reading: Reading, noise: Noise | null, isContentless: boolean) {
    return {
      kind: noise === null ? null : ('bukan_aduan' as Kind),
      decided: noise !== null,
      subject: null,
      agency: null,
      companion: null,
      authority: null,
      confidence: noise === null ? 0 : 1,
      runnersUp: [],
      evidence:
        noise === null ? [] : [{ words: noise, source: 'rule' as const, for: 'bukan_aduan', weight: 1 }],
      place: null,
      urgency: noise === null ? ('biasa' as const) : ('rendah' as const),
      secret: false,
      secretReasons: [],
      flags: flagsOf(reading, noise, false, isContentless),
    };
  }

  interface Worked {
    readonly input: ClassifierInput;
    readonly reading: Reading;
    readonly scores: SubjectScores;
    readonly lent: readonly Lent[];
    readonly mixed: Mixed;
    readonly ownPlace: FoundPlace;
    readonly hasSubject: Uint8Array;
    readonly bayesTokens: readonly string[];
    readonly choice: { subject: number; confidence: number; decided: boolean } | null;
  }

  function finished(
    worked: Worked,
    kind: ReturnType<typeof kindOf>,
    about: { readonly personalData: PersonalData[]; readonly language: Classification['language'] },
  ): Classification {
    const { reading, mixed, choice } = worked;
    const decided = choice?.decided ?? false;
    const subject = decided ? knowledge.subjects[choice!.subject]! : null;
    const place = placeOf(worked);
    const charge = decided
      ? authority.inCharge(choice!.subject, reading, worked.hasSubject, worked.ownPlace)
      : null;
    const reasons = secretReasons(reading, subject, charge !== null && secretAgencies.has(charge.agency));
    return {
      // Neither a matter nor a kind was heard: say nothing at all.
      kind:
        decided || kind.points > DEFAULT_COMPLAINT || (choice?.confidence ?? 0) >= LIKELY ? kind.kind : null,
      decided,
      subject: subject?._id ?? null,
      agency: charge?.agency ?? null,
      companion: charge ? (charge.companion ?? companionOf(worked, charge.agency)) : null,
      authority: charge?.authority ?? null,
      confidence: choice?.confidence ?? 0,
      runnersUp: mixed.ranked
        .slice(decided ? 1 : 0, decided ? RUNNERS_UP + 1 : RUNNERS_UP)
        .filter((one) => one.confidence >= MENTIONABLE)
        .map(({ subject: other, confidence }) => ({
          subject: knowledge.subjects[other]!._id,
          agency: authority.inCharge(other, reading, worked.hasSubject, worked.ownPlace).agency,
          confidence,
        })),
      evidence: evidence(worked, charge?.rule ?? null),
      place,
      urgency: urgencyOf(reading, {
        kind: kind.kind,
        secret: reasons.length > 0,
        placeBound: subject?.placeBound ?? false,
        isCollapse: subject?._id === 'talud_jalan' && worked.lent.some((one) => one.isCollapse),
      }),
      secret: reasons.length > 0,
      secretReasons: reasons,
      ...about,
      flags: flagsOf(reading, null, kind.isSarcasm, false),
      modelVersion: parts.modelVersion,
    };
  }

  function evidence(worked: Worked, agencyRule: string | null): Evidence[] {
    if (!worked.choice) return [];
    return evidenceOf(worked.choice.subject, agencyRule, {
      text: worked.input.text,
      subjects: knowledge.subjects,
      reading: worked.reading,
      scores: worked.scores,
      lent: worked.lent,
      bayes: explainer,
      bayesTokens: worked.bayesTokens,
    });
  }

  /** The message's own place, else that of the thread it speaks in. */
  function placeOf(worked: Worked): Place | null {
    if (worked.ownPlace.place) return worked.ownPlace.place;
    const subject = worked.choice?.decided ? worked.choice.subject : null;
    const lender = worked.lent.find(
      (one) =>
        one.from.lendsPlace && one.place.place !== null && subject !== null && one.points[subject]! > 0,
    );
    return lender?.place.place ?? null;
  }

  /** A second agency with a keyword of its own that is not far behind. */
  function companionOf(worked: Worked, agency: string): string | null {
    for (const { subject, confidence } of worked.mixed.ranked) {
      if (confidence < COMPANION_SHARE) return null;
      if (worked.scores.strongest[subject]! < 3) continue;
      const other = authority.inCharge(subject, worked.reading, worked.hasSubject, worked.ownPlace).agency;
      if (other !== agency) return other;
    }
    return null;
  }
}

function isWithoutContent(reading: Reading, ownEvidence: boolean): boolean {
  if (reading.contentWords === 0) return true;
  return !ownEvidence && reading.contentWords <= 1 && reading.count('agree') + reading.count('pointer') > 0;
}

function hasEvidence(strongest: Float64Array): boolean {
  for (let subject = 0; subject < strongest.length; subject++)
    if (strongest[subject]! >= EVIDENCE) return true;
  return false;
}

function mark(strongest: Float64Array, marks: Uint8Array): void {
  for (let subject = 0; subject < strongest.length; subject++)
    marks[subject] = strongest[subject]! >= EVIDENCE ? 1 : 0;
}
