import type { Classification, Explanation } from '../domain/classification.ts';
import type { Why } from './contract/shapes.ts';
import type { ApiDeps } from './deps.ts';
import { mask } from './masking.ts';

type Names = Pick<ApiDeps, 'agencyNames' | 'subjectNames'>;

export function agencyName(names: Names, code: string | null): string | null {
  return code === null ? null : (names.agencyNames.get(code) ?? code);
}

export function subjectName(names: Names, id: string | null): string | null {
  return id === null ? null : (names.subjectNames.get(id) ?? id);
}

const shown = 3;

/**
 * "Mengapa DPUPR?": the words that decided and the three likeliest subjects, in names.
 * @param open whether the person may see personal data; the words are pieces of the text
 */
export function whyOf(names: Names, said: Classification | null, open: boolean): Why | null {
  if (!said) return null;
  const first =
    said.subject === null
      ? []
      : [{ subject: said.subject, agency: said.agency, confidence: said.confidence }];
  const top = [...first, ...said.runnersUp].slice(0, shown).map((one) => ({
    ...one,
    subjectName: subjectName(names, one.subject) ?? one.subject,
    agencyName: agencyName(names, one.agency),
  }));
  const words = said.evidence.map((one) => ({
    ...one,
    words: open ? one.words : mask(one.words),
    forName: names.subjectNames.get(one.for) ?? names.agencyNames.get(one.for) ?? one.for,
  }));
  return { words, top };
}

/** The reasons of the first two candidates. @param judged what stands on the message @param open as in {@link whyOf} */
export function reasonsOf(
  names: Names,
  { said, candidates }: Explanation,
  judged: Classification | null,
  open: boolean,
) {
  return {
    modelVersion: said.modelVersion,
    isOther: judged !== null && judged.modelVersion !== said.modelVersion,
    candidates: candidates.map(({ subject, agency, confidence, because }) => ({
      subjectName: subjectName(names, subject) ?? subject,
      agencyName: agencyName(names, agency) ?? agency,
      confidence,
      because: because.map(({ words, source, weight }) => ({
        words: open ? words : mask(words),
        source,
        weight,
      })),
    })),
  };
}
