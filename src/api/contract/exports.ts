import { z } from 'zod';
import { route } from './base.ts';
import { ThreadFilter } from './inbox.ts';

export const FileFormat = z.enum(['csv', 'xlsx']);

/** An answer that is a file, sent while it is made. */
export const FileAnswer = z.object({
  headers: z.record(z.string(), z.string()),
  body: z.instanceof(ReadableStream<Uint8Array>),
});

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
};
