import { RefusedError } from '../core/errors.ts';
import type { Words } from '../domain/policies.ts';
import type { Capability, Reply } from '../domain/reply.ts';
import type { ReviewDeps } from './review.ts';

/** A call or a letter that an officer wrote down, or a channel that is not connected any more. */
export const noConnector: Capability = {
  by: 'hand',
  reason: {
    id: 'Tidak ada mesin yang membawa jawaban ke sana: sampaikan sendiri lewat jalan datangnya (telepon, surat, kanalnya), lalu tandai sudah dijawab.',
    en: 'No machine carries an answer there: give it the way the message came (telephone, letter, its channel), then mark it as answered.',
  },
};

export async function capabilityOf(
  deps: Pick<ReviewDeps, 'connectorFor'>,
  { target }: Reply,
): Promise<Capability> {
  const connector = deps.connectorFor(target.channelId);
  const stored = connector?.capability(target) ?? noConnector;
  return stored.by === 'hand' ? stored : ((await connector?.capabilityNow?.(target)) ?? stored);
}

/** Why a text may not leave the house. */
export interface Unfit {
  readonly code:
    | 'empty'
    | 'placeholder'
    | 'personal-data'
    | 'too-long'
    | 'unconfirmed'
    | 'uncertain-claim'
    | 'not-forwarded'
    | 'secret';
  readonly words: Words;
  /** What the screen needs to show where. */
  readonly details: Readonly<Record<string, unknown>>;
}

const unfit = (code: Unfit['code'], id: string, en: string, details: Unfit['details'] = {}): Unfit => ({
  code,
  words: { id, en },
  details,
});

function unfitByItself(deps: ReviewDeps, { text, target }: Pick<Reply, 'text' | 'target'>): Unfit[] {
  const found: Unfit[] = [];
  if (text.trim() === '') found.push(unfit('empty', 'Balasan masih kosong.', 'The reply is empty.'));
  const empty = [...text.matchAll(/\{([a-z_]+)\}/gu)].map((match) => match[1]);
  if (empty.length > 0) {
    const names = empty.map((name) => `{${name}}`).join(', ');
    const details = { placeholders: empty };
    found.push(unfit('placeholder', `Isi dahulu: ${names}.`, `Fill in first: ${names}.`, details));
  }
  const spans = deps.findPersonalData(text);
  if (spans.length > 0) {
    const id = 'Balasan memuat data pribadi. Hapus dahulu.';
    found.push(
      unfit('personal-data', id, 'The reply holds personal data. Remove it first.', { spans: [...spans] }),
    );
  }
  const length = deps.connectorFor(target.channelId)?.measure(text);
  if (length && length.used > length.limit) {
    const id = `Terlalu panjang: ${length.used} dari ${length.limit}. Ringkas dahulu, kami tidak memotongnya.`;
    const en = `Too long: ${length.used} of ${length.limit}. Shorten it; we never cut.`;
    found.push(unfit('too-long', id, en, { ...length }));
  }
  return found;
}

/**
 * What no reply may leave the house with: empty placeholders, personal data, too much text, facts that nobody confirmed
 * (ours or the citizen's), a claim that the case was passed on when it was not, or (in public) anything but the locked text on a secret case. All
 * reasons, the gravest last.
 */
export async function unfitReasons(
  deps: ReviewDeps,
  reply: Pick<Reply, 'text' | 'target' | 'caseId' | 'templateId' | 'confirmation'>,
): Promise<readonly Unfit[]> {
  const found = unfitByItself(deps, reply);
  if (deps.needsConfirmation(reply.templateId) && !reply.confirmation) {
    const id = 'Klarifikasi perlu kepastian: catat dahulu siapa yang memastikan dan kapan.';
    const en = 'A correction needs certainty: note first who confirmed it and when.';
    found.push(unfit('unconfirmed', id, en));
  }
  const { secret, forwarded, uncertainClaims } = await deps.findCaseFacts(reply.caseId);
  const repeated = uncertainClaims.map((claim) => deps.repeatedClaim(reply, claim)).find(Boolean);
  if (repeated && !reply.confirmation) {
    const id = `"${repeated}" mengulang klaim yang belum pasti. Tulis tanpa mengulangnya, atau pakai templat klarifikasi dan catat siapa yang memastikan.`;
    const en = `"${repeated}" repeats an uncertain claim. Say it without, or use the template "klarifikasi" and note who confirmed it.`;
    found.push(unfit('uncertain-claim', id, en, { found: repeated }));
  }
  const claimed = forwarded ? null : deps.claimsForwarding(reply.text);
  if (claimed !== null) {
    const id = `Tertulis "${claimed}", padahal aduan ini belum diteruskan. Lakukan disposisi dahulu.`;
    const en = `It says "${claimed}", but the case has not been passed on. Pass it on first.`;
    found.push(unfit('not-forwarded', id, en, { found: claimed }));
  }
  const isPublic = reply.target.reach !== 'private';
  if (isPublic && secret && !deps.isLockedText(reply.templateId, reply.text)) {
    const id = 'Aduan ini rahasia: di muka umum hanya ajakan ke jalur pribadi yang boleh.';
    const en = 'This case is secret: in public only the fixed invitation to a private way may be sent.';
    found.push(unfit('secret', id, en));
  }
  return found;
}

/** Asked when a reply is submitted and again when it is approved. @throws {RefusedError} `invalid` with the reason */
export async function refuseUnfitText(deps: ReviewDeps, reply: Reply): Promise<void> {
  const [first] = await unfitReasons(deps, reply);
  if (first) throw new RefusedError('invalid', first.words, { code: first.code, ...first.details });
}
