import { html, raw } from 'hono/html';
import type { Case } from '../../domain/case.ts';
import { type Matter, whyNot } from '../../domain/policies.ts';
import type { Reply, ReplyState } from '../../domain/reply.ts';
import type { User } from '../../domain/user.ts';
import type { MentionView } from '../contract/shapes.ts';
import { safeUrl } from '../masking.ts';
import { type ReplyActName, rightFor } from '../reply-acts.ts';
import { messageBox } from './case-page.ts';
import { type Frame, type Html, layout, oneButton } from './layout.ts';
import { inWib } from './time.ts';
import { platformWords, replyStateWords } from './words.ts';

export interface DraftPage {
  readonly user: User;
  readonly reply: Reply;
  readonly case: Case;
  readonly matter: Matter;
  readonly message: MentionView | null;
  /** Length as the platform counts it; null when no connector knows. */
  readonly length: { readonly used: number; readonly limit: number } | null;
  /** Why only a person can carry it there; null when the platform's API can. */
  readonly byHand: string | null;
}

interface Button {
  /** Last part of the form's address. */
  readonly path: string;
  readonly act: ReplyActName;
  readonly words: string;
  readonly from: readonly ReplyState[];
  readonly tone?: 'main' | 'danger';
  readonly asks?: 'reason' | 'url';
  /** Offered where a person has to carry the answer, or where the API can. */
  readonly only?: 'by-hand' | 'by-api';
}

/** Every button of a draft; a button is shown in its states and says why it cannot be pressed. */
export const draftButtons: readonly Button[] = [
  { path: 'ajukan', act: 'submit', words: 'Ajukan', from: ['draft', 'changes_requested'], tone: 'main' },
  { path: 'setujui', act: 'approve', words: 'Setujui', from: ['submitted'], tone: 'main' },
  { path: 'kirim', act: 'release', words: 'Kirim', from: ['approved'], tone: 'main', only: 'by-api' },
  {
    path: 'dengan-tangan',
    act: 'byHand',
    words: 'Tandai sudah dijawab langsung',
    from: ['approved'],
    asks: 'url',
    only: 'by-hand',
  },
  { path: 'batalkan', act: 'undo', words: 'Batalkan pengiriman', from: ['released'], tone: 'danger' },
  {
    path: 'minta-perbaikan',
    act: 'requestChanges',
    words: 'Minta perbaikan',
    from: ['submitted', 'approved'],
    asks: 'reason',
  },
  {
    path: 'tolak',
    act: 'reject',
    words: 'Tolak',
    from: ['submitted', 'approved'],
    asks: 'reason',
    tone: 'danger',
  },
  {
    path: 'sudah-terkirim',
    act: 'foundSent',
    words: 'Ternyata sudah terkirim',
    from: ['needs_person'],
    asks: 'url',
  },
  { path: 'kirim-lagi', act: 'resend', words: 'Kirim lagi', from: ['needs_person'] },
  {
    path: 'jangan-kirim',
    act: 'giveUp',
    words: 'Jangan kirim',
    from: ['needs_person'],
    asks: 'reason',
    tone: 'danger',
  },
  {
    path: 'tarik',
    act: 'withdraw',
    words: 'Tarik',
    from: ['draft', 'submitted', 'changes_requested', 'approved'],
    asks: 'reason',
  },
];

/** States whose end is not in the person's hands: the page looks again by itself. */
const moving: readonly ReplyState[] = ['released', 'sending', 'unknown'];
const editable: readonly ReplyState[] = ['draft', 'changes_requested', 'submitted', 'approved'];

function buttons(frame: Frame, page: DraftPage): Html {
  const { user, reply, matter } = page;
  const way = page.byHand === null ? 'by-api' : 'by-hand';
  const shown = draftButtons.filter(
    (one) => one.from.includes(reply.state) && (one.only === undefined || one.only === way),
  );
  return html`<div class="acts">
    ${shown.map((one) => {
      const id = `${one.path}-${one.asks}`;
      const inside = {
        reason: html`<label for="${id}">Alasan</label><input id="${id}" name="reason" required minlength="3" maxlength="1000" />`,
        url: html`<label for="${id}">Tautan jawaban (https)</label><input id="${id}" name="url" type="url" maxlength="500" ${one.act === 'foundSent' ? raw('required') : ''} />`,
      };
      return oneButton(frame, {
        action: `/ringan/draf/${encodeURIComponent(reply._id)}/${one.path}`,
        version: reply.version,
        words: one.words,
        why: whyNot(user, rightFor(one.act), matter)?.id ?? null,
        ...(one.tone && { tone: one.tone }),
        ...(one.asks && { inside: inside[one.asks], folded: true }),
      });
    })}
  </div>`;
}

function status(frame: Frame, page: DraftPage): Html {
  const { reply } = page;
  const link = safeUrl(reply.sent?.url ?? null);
  const live = moving.includes(reply.state) ? raw('data-live') : '';
  return html`<section id="status" ${live}>
    <p>
      <span class="chip ${reply.state === 'sent' ? 'green' : ''}">${replyStateWords[reply.state]}</span>
      ${reply.state === 'released' && reply.notBefore ? 'Dikirim setelah jeda 30 detik; sampai saat itu masih dapat dibatalkan.' : ''}
      ${reply.sent ? html`${inWib(reply.sent.at)} ${link ? html`<a href="${link}" rel="noopener noreferrer" target="_blank">Lihat di ${platformWords[reply.target.platform]}</a>` : ''}` : ''}
    </p>
    ${reply.reason ? html`<p class="wrong">${reply.reason}</p>` : ''}
    ${page.byHand && ['submitted', 'approved'].includes(reply.state) ? html`<p class="box">${page.byHand}</p>` : ''}
    ${buttons(frame, page)}
  </section>`;
}

function textBox(frame: Frame, page: DraftPage): Html {
  const { user, reply, matter, length } = page;
  const measure = length
    ? html`<small>${length.used}/${length.limit} di ${platformWords[reply.target.platform]}</small>`
    : '';
  const why = whyNot(user, 'draft.write', matter)?.id ?? null;
  if (!editable.includes(reply.state) || why !== null) {
    return html`<p class="message reply">${reply.text}</p>
      ${measure} ${why ? html`<small class="why">${why}</small>` : ''}`;
  }
  return html`<form method="post" action="/ringan/draf/${encodeURIComponent(reply._id)}/simpan">
    <input type="hidden" name="token" value="${frame.formToken}" />
    <input type="hidden" name="version" value="${reply.version}" />
    <label for="teks">Teks balasan</label>
    <textarea id="teks" name="text" required maxlength="10000">${reply.text}</textarea>
    ${measure}
    ${reply.state === 'draft' ? '' : html`<small class="why">Menyunting membatalkan pengajuan atau persetujuan.</small>`}
    <p><button>Simpan</button></p>
  </form>`;
}

export function draftPage(frame: Frame, page: DraftPage): Html {
  const { reply } = page;
  return layout(
    frame,
    'Draf balasan',
    html`<p><a href="/ringan/aduan/${encodeURIComponent(page.case._id)}">← Aduan ${page.case._id}</a></p>
      <h1>Draf balasan</h1>
      ${page.case.secret ? html`<p><span class="chip red">Rahasia</span></p>` : ''}
      ${page.message ? messageBox(page.message) : ''}
      <h2>Balasan</h2>
      ${textBox(frame, page)} ${status(frame, page)}
      <h2>Riwayat</h2>
      <ol class="history">
        ${reply.history.map(
          (event) =>
            html`<li>
              <small>${inWib(event.at)} · ${event.by}</small><br />${replyStateWords[event.to]}
              ${event.note ? html`<br /><em>${event.note}</em>` : ''}
            </li>`,
        )}
      </ol>
      <p><small>Penulis: ${reply.authors.join(', ')}${reply.approval ? `; disetujui ${reply.approval.by}` : ''}.</small></p>`,
  );
}
