import type { Score } from '../domain/model.ts';
import type { Words } from '../domain/policies.ts';

export interface Verdict {
  readonly isPromoted: boolean;
  readonly why: Words;
}

/** A message sent to the wrong agency costs as much work as so many right ones save. */
const COST = 3;
/** With fewer texts chance decides. */
const ENOUGH_TEXTS = 20;

const worth = ({ right, wrong }: Score) => right - COST * wrong;

/** Held-back texts say that it would do worse: such a model is not put into use, also not by hand. */
export function isWorse(champion: Score, challenger: Score): boolean {
  return challenger.texts >= ENOUGH_TEXTS && worth(challenger) < worth(champion);
}

/** The gate: a new model takes over when it is not worse on texts that neither has seen. */
export function judge(champion: Score, challenger: Score): Verdict {
  const { texts } = challenger;
  if (texts < ENOUGH_TEXTS) {
    return {
      isPromoted: false,
      why: {
        id: `Belum dapat dibandingkan: baru ${texts} pesan yang disisihkan, perlu ${ENOUGH_TEXTS}.`,
        en: `Not comparable yet: only ${texts} held-back messages, ${ENOUGH_TEXTS} are needed.`,
      },
    };
  }
  const isPromoted = !isWorse(champion, challenger);
  const id = ({ right, wrong }: Score) => `${right} diputuskan benar, ${wrong} salah`;
  const en = ({ right, wrong }: Score) => `${right} decided right, ${wrong} wrong`;
  return {
    isPromoted,
    why: {
      id: `Dari ${texts} pesan yang disisihkan: model baru ${id(challenger)}; yang dipakai ${id(champion)}. ${isPromoted ? 'Tidak lebih buruk.' : `Lebih buruk (satu salah seberat ${COST} benar).`}`,
      en: `Of ${texts} held-back messages: the new model ${en(challenger)}; the one in use ${en(champion)}. ${isPromoted ? 'Not worse.' : `Worse (one wrong weighs ${COST} right).`}`,
    },
  };
}
