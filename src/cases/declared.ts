import type { Classification } from '../domain/classification.ts';
import type { Declared } from '../domain/mention.ts';

/**
 * The classifier's words with the citizen's own over them: which kind it is and where, he knows best, so such a message
 * always opens a case. Secret is what either of them calls so.
 */
export function heedDeclared(said: Classification, declared: Declared | undefined): Classification {
  if (declared === undefined) return said;
  const { kind, place, secret } = declared;
  return {
    ...said,
    kind,
    decided: true,
    place: place ?? said.place,
    // He filled in a form: neither advertising nor an empty reply to somebody.
    flags: said.flags.filter((flag) => flag !== 'spam' && flag !== 'tanpa_isi'),
    secret: said.secret || secret,
    secretReasons: secret ? [...said.secretReasons, 'Diminta rahasia oleh pelapor'] : said.secretReasons,
  };
}
