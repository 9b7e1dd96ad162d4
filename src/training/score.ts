import { MINUTE } from '../core/clock.ts';
import type { Kind, Urgency } from '../domain/classification.ts';
import type { Words } from '../domain/policies.ts';
import type { Lesson } from './lessons.ts';

/** What the trainee decided. */
export interface TrainingAnswer {
  readonly agency: string | null;
  readonly kind: Kind;
  readonly secret: boolean;
  /** His reply to the citizen; null: none. */
  readonly reply: string | null;
}

const scoredParts = ['agency', 'secrecy', 'kind', 'tone', 'time'] as const;

export interface PartScore {
  readonly part: (typeof scoredParts)[number];
  readonly points: number;
  readonly of: number;
  /** Why, also when it was right. */
  readonly why: Words;
}

/** A wrong secrecy hurts a person, a wrong agency costs days. */
const weights = { agency: 30, secrecy: 30, kind: 15, tone: 15, time: 10 } as const;

/** How long a trained officer takes at most. */
const limitMs: Readonly<Record<Urgency, number>> = {
  darurat: MINUTE,
  tinggi: 2 * MINUTE,
  biasa: 3 * MINUTE,
  rendah: 3 * MINUTE,
};

const part = (name: PartScore['part'], share: number, why: Words): PartScore => ({
  part: name,
  points: Math.round(weights[name] * Math.max(0, share)),
  of: weights[name],
  why,
});

function agencyScore({ expected }: Lesson, { agency }: TrainingAnswer, names: ReadonlyMap<string, string>) {
  const right = agency === expected.agency;
  const name = expected.agency === null ? null : (names.get(expected.agency) ?? expected.agency);
  const id = name === null ? 'Tidak ada OPD yang perlu menindaklanjuti.' : `Yang berwenang: ${name}.`;
  const en = name === null ? 'No agency has to act.' : `In charge: ${name}.`;
  return part('agency', right ? 1 : 0, { id: `${id} ${expected.note}`, en: `${en} ${expected.note}` });
}

function secrecyScore({ expected }: Lesson, { secret }: TrainingAnswer): PartScore {
  const why: Words = expected.secret
    ? {
        id: 'Harus rahasia: pelapor atau korban bisa dikenali dan dirugikan.',
        en: 'Must be secret: the writer or a victim could be recognised and harmed.',
      }
    : { id: 'Tidak perlu rahasia.', en: 'Need not be secret.' };
  return part('secrecy', secret === expected.secret ? 1 : 0, why);
}

function kindScore({ expected }: Lesson, { kind }: TrainingAnswer): PartScore {
  const name = expected.kind.replace(/_/g, ' ');
  return part('kind', kind === expected.kind ? 1 : 0, { id: `Jenisnya ${name}.`, en: `It is: ${name}.` });
}

/** Each remark of the santun check costs a third. What is no complaint and no question needs no reply. */
function toneScore({ expected }: Lesson, { reply }: TrainingAnswer, remarks: readonly Words[]): PartScore {
  if (reply === null) {
    const needless = expected.kind === 'bukan_aduan' || expected.kind === 'apresiasi';
    return part(
      'tone',
      needless ? 1 : 0,
      needless
        ? { id: 'Tidak perlu dibalas.', en: 'Needs no reply.' }
        : { id: 'Warga menunggu balasan.', en: 'The citizen waits for a reply.' },
    );
  }
  if (remarks.length === 0) return part('tone', 1, { id: 'Balasannya santun.', en: 'The reply is polite.' });
  return part('tone', 1 - remarks.length / 3, {
    id: remarks.map((one) => one.id).join(' '),
    en: remarks.map((one) => one.en).join(' '),
  });
}

function timeScore({ expected }: Lesson, tookMs: number): PartScore {
  const limit = limitMs[expected.urgency];
  const said = `${Math.round(tookMs / 1_000)}`;
  return part('time', tookMs <= limit ? 1 : limit / tookMs, {
    id: `${said} detik; batasnya ${limit / 1_000} detik (${expected.urgency}).`,
    en: `${said} seconds; the limit is ${limit / 1_000} (${expected.urgency}).`,
  });
}

/**
 * Points for a decision, part by part, each with the reason; 100 in all.
 * @param remarks what the santun check says of the reply
 * @param tookMs from when the message was shown
 */
export function score(
  lesson: Lesson,
  answer: TrainingAnswer,
  facts: {
    readonly remarks: readonly Words[];
    readonly tookMs: number;
    readonly agencyNames: ReadonlyMap<string, string>;
  },
): readonly PartScore[] {
  return [
    agencyScore(lesson, answer, facts.agencyNames),
    secrecyScore(lesson, answer),
    kindScore(lesson, answer),
    toneScore(lesson, answer, facts.remarks),
    timeScore(lesson, facts.tookMs),
  ];
}
