import { z } from 'zod';
import { route } from './base.ts';

const Named = z.array(z.object({ id: z.string(), name: z.string() }));

export const names = {
  get: route('self.read')
    .route({
      method: 'GET',
      path: '/names',
      summary: 'Names of agencies, subjects and colleagues, by name; the letterhead',
    })
    .output(
      z.object({
        agencies: Named,
        subjects: Named,
        colleagues: Named,
        /** Above the office's letters. */
        letterhead: z.object({ government: z.string(), office: z.string(), heading: z.string() }),
      }),
    ),
};
