import { z } from 'zod';
import { portalIds } from '../../domain/elsewhere.ts';
import { route } from './base.ts';
import { ThreadFilter } from './inbox.ts';

export const FileFormat = z.enum(['csv', 'xlsx']);

/** An answer that is a file, sent while it is made. */
export const FileAnswer = z.object({
  headers: z.record(z.string(), z.string()),
  body: z.instanceof(ReadableStream<Uint8Array>),
});

const portalFile = {
  portal: z.enum(portalIds),
  format: FileFormat,
};

export const exports = {
  cases: route('export.read')
    .route({
      method: 'GET',
      path: '/exports/cases/{format}',
      summary:
        'The cases of an inbox list as a file, one row per case, newest first; columns: docs/exports.md',
      outputStructure: 'detailed',
    })
    .input(
      ThreadFilter.extend({
        format: FileFormat,
        /** Texts with personal data unmasked, where the reader's role sees it on the screen too. Audited. */
        unmasked: z.stringbool().default(false),
      }),
    )
    .output(FileAnswer),
  portalSheet: route('export.read')
    .route({
      method: 'GET',
      path: '/exports/portals/{portal}/sheet/{format}',
      summary: '"Lembar input SP4N": what is not in the portal yet, a row per case in the order of its form',
      outputStructure: 'detailed',
    })
    .input(
      ThreadFilter.omit({ missingIn: true }).extend({
        ...portalFile,
        unmasked: z.stringbool().default(false),
        /** Those that have a number there too. */
        entered: z.stringbool().default(false),
      }),
    )
    .output(FileAnswer),
  portalAnswers: route('export.read')
    .route({
      method: 'GET',
      path: '/exports/portals/{portal}/answers/{format}',
      summary: 'Answers to carry back into the portal, by its own numbers',
      outputStructure: 'detailed',
    })
    .input(
      ThreadFilter.pick({ from: true, to: true }).extend({
        ...portalFile,
        /** Those that were carried back too. */
        carried: z.stringbool().default(false),
      }),
    )
    .output(FileAnswer),
};
