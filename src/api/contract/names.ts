import { z } from 'zod';
import { authorities } from '../../domain/classification.ts';
import { route } from './base.ts';

const Named = z.array(z.object({ id: z.string(), name: z.string() }));

export const names = {
  get: route('self.read')
    .route({
      method: 'GET',
      path: '/names',
      summary: 'Names of agencies, subjects and colleagues, by name; the letterhead; the holidays',
    })
    .output(
      z.object({
        /** With who owns its matters. */
        agencies: z.array(Named.element.extend({ authority: z.enum(authorities) })),
        subjects: z.array(Named.element.extend({ nameEn: z.string() })),
        colleagues: Named,
        /** Days on which the office is closed beside weekends: what a deadline's working days are counted by. */
        holidays: z.array(z.iso.date()),
        /** Above the office's letters. */
        letterhead: z.object({ government: z.string(), office: z.string(), heading: z.string() }),
      }),
    ),
};
