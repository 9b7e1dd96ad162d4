import { z } from 'zod';
import { audiences } from '../../domain/acknowledgement.ts';
import { route, Version, When } from './base.ts';

const Audience = z.enum(audiences);

const AcknowledgementShape = z.object({
  audience: Audience,
  text: z.string(),
  version: z.number().int(),
  writtenBy: z.string(),
  writtenAt: When,
  approvedBy: z.array(z.string()),
  /** Two persons approved exactly this text: each new case gets it. */
  inForce: z.boolean(),
});

/** The receipt that a new case gets at once: the one text that needs no decision of its own. */
export const acknowledgements = {
  list: route('acknowledgement.view')
    .route({ method: 'GET', path: '/acknowledgements' })
    .output(z.array(AcknowledgementShape)),
  write: route('acknowledgement.write')
    .route({
      method: 'PUT',
      path: '/acknowledgements/{audience}',
      summary: 'A new text; it needs two approvals',
    })
    .input(z.object({ audience: Audience, version: Version, text: z.string().trim().min(10).max(1_000) }))
    .output(AcknowledgementShape),
  approve: route('acknowledgement.approve')
    .route({ method: 'POST', path: '/acknowledgements/{audience}/approve' })
    .input(z.object({ audience: Audience, version: Version }))
    .output(AcknowledgementShape),
  revoke: route('acknowledgement.approve')
    .route({
      method: 'POST',
      path: '/acknowledgements/{audience}/revoke',
      summary: 'No receipt leaves any more',
    })
    .input(z.object({ audience: Audience, version: Version }))
    .output(AcknowledgementShape),
};
