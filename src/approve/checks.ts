import { RefusedError } from '../core/errors.ts';
import type { Capability, Reply } from '../domain/reply.ts';
import type { ReviewDeps } from './review.ts';

const noConnector: Capability = {
  by: 'hand',
  reason: {
    id: 'Kanal ini belum tersambung: jawab langsung di sana, lalu tandai sudah dijawab.',
    en: 'This channel is not connected: answer there, then mark it as answered.',
  },
};

export function capabilityOf(deps: Pick<ReviewDeps, 'connectorFor'>, reply: Reply): Capability {
  return deps.connectorFor(reply.target.channelId)?.capability(reply.target) ?? noConnector;
}

function refuse(id: string, en: string, details: Record<string, unknown> = {}): never {
  throw new RefusedError('invalid', { id, en }, details);
}

/**
 * What no reply may leave the house with, asked when it is submitted and again when it is approved: empty placeholders,
 * personal data, too long, a claim that the case was passed
 * on when it was not, or anything but the locked text on a secret case.
 * @throws {RefusedError} `invalid` with the reason
 */
export async function refuseUnfitText(deps: ReviewDeps, reply: Reply): Promise<void> {
  const { text } = reply;
  if (text.trim() === '') refuse('Balasan masih kosong.', 'The reply is empty.');
  const empty = [...text.matchAll(/\{([a-z_]+)\}/gu)].map((match) => match[1]);
  if (empty.length > 0) {
    refuse(
      `Isi dahulu: ${empty.map((name) => `{${name}}`).join(', ')}.`,
      `Fill in first: ${empty.map((name) => `{${name}}`).join(', ')}.`,
      { placeholders: empty },
    );
  }
  const personal = deps.findPersonalData(text);
  if (personal.length > 0) {
    refuse('Balasan memuat data pribadi. Hapus dahulu.', 'The reply holds personal data. Remove it first.', {
      spans: personal,
    });
  }
  const length = deps.connectorFor(reply.target.channelId)?.measure(text);
  if (length && length.used > length.limit) {
    refuse(
      `Terlalu panjang: ${length.used} dari ${length.limit}. Ringkas dahulu, kami tidak memotongnya.`,
      `Too long: ${length.used} of ${length.limit}. Shorten it; we never cut.`,
      length,
    );
  }
  const { secret, forwarded } = await deps.findCaseFacts(reply.caseId);
  const claimed = forwarded ? null : deps.claimsForwarding(text);
  if (claimed !== null) {
    refuse(
      `Tertulis "${claimed}", padahal aduan ini belum diteruskan. Lakukan disposisi dahulu.`,
      `It says "${claimed}", but the case has not been passed on. Pass it on first.`,
    );
  }
  if (secret && !deps.isLockedText(reply.templateId, text)) {
    refuse(
      'Aduan ini rahasia: di muka umum hanya ajakan ke jalur pribadi yang boleh.',
      'This case is secret: in public only the fixed invitation to a private way may be sent.',
    );
  }
}
