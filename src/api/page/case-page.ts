import { html } from 'hono/html';
import { verbsFrom } from '../../cases/moves.ts';
import type { Case, CaseVerb } from '../../domain/case.ts';
import { type Matter, may, whyNot } from '../../domain/policies.ts';
import type { Reply } from '../../domain/reply.ts';
import type { User } from '../../domain/user.ts';
import { openDeadline } from '../contract/deadline.ts';
import type { MentionView } from '../contract/shapes.ts';
import type { AgencyChoice } from './frame.ts';
import type { Names } from './inbox-page.ts';
import { type Frame, type Html, layout, oneButton } from './layout.ts';
import { deadlineOf, inWib } from './time.ts';
import {
  caseStateWords,
  evidenceWords,
  kindWords,
  platformWords,
  replyStateWords,
  urgencyWords,
} from './words.ts';

export interface CasePage {
  readonly user: User;
  readonly case: Case;
  readonly matter: Matter;
  readonly messages: readonly MentionView[];
  readonly replies: readonly Reply[];
  /** To choose from when it is passed on. */
  readonly agencies: readonly AgencyChoice[];
}

/** The message as it was written, with its link. */
export function messageBox(message: MentionView): Html {
  const { handle, name } = message.author;
  return html`<article>
    <div class="meta">
      <span class="chip platform">${platformWords[message.platform]}</span>
      <strong>${handle ? `@${handle}` : (name ?? 'tanpa nama')}</strong><span>${inWib(message.postedAt)}</span>
      ${message.url ? html`<a href="${message.url}" rel="noopener noreferrer" target="_blank">Buka aslinya</a>` : ''}
      ${message.edited ? html`<span class="chip">disunting</span>` : ''}
      ${message.hidden ? html`<span class="chip">disembunyikan</span>` : ''}
      ${message.deletedAt ? html`<span class="chip red">dihapus</span>` : ''}
      ${message.masked ? html`<span class="chip">data pribadi disamarkan</span>` : ''}
    </div>
    <p class="message">${message.text || '(tanpa teks)'}</p>
    ${photoLinks(message)}
  </article>`;
}

function photoLinks({ _id, photos, deletedAt }: MentionView): Html | '' {
  if (photos.length === 0 || deletedAt !== null) return '';
  return html`<p>${photos.map((place, at) => html`<a href="/media/${_id}/${place}" target="_blank">Foto ${at + 1}</a> `)}</p>`;
}

/** "Mengapa DPUPR?": the words that decided, and what else it could have been. */
function whyBox(message: MentionView | undefined, names: Names): Html | '' {
  const said = message?.classification;
  if (!said) return '';
  const title = said.agency ? `Mengapa ${names.agency(said.agency)}?` : 'Mengapa belum diputuskan?';
  return html`<details class="box" open>
    <summary><strong>${title}</strong> Keyakinan ${Math.round(said.confidence * 100)} %</summary>
    ${said.evidence.length === 0 ? html`<p>Tidak ada kata yang menentukan.</p>` : ''}
    <ul>
      ${said.evidence.map(
        (one) =>
          html`<li>“${one.words}” (${evidenceWords[one.source] ?? one.source}) → ${names.subject(one.for) ?? names.agency(one.for)}</li>`,
      )}
    </ul>
    ${said.runnersUp.length > 0 ? html`<p>Kemungkinan lain:</p>` : ''}
    <ul>
      ${said.runnersUp.map(
        (one) =>
          html`<li>${names.subject(one.subject)}${one.agency ? ` (${names.agency(one.agency)})` : ''}, ${Math.round(one.confidence * 100)} %</li>`,
      )}
    </ul>
    ${said.secretReasons.length > 0 ? html`<p>Diusulkan rahasia: ${said.secretReasons.join('; ')}.</p>` : ''}
  </details>`;
}

const verbWords: Readonly<Record<CaseVerb, string>> = {
  verifikasi: 'Verifikasi',
  disposisi: 'Disposisi',
  proses: 'Proses',
  jawab: 'Tandai dijawab',
  selesai: 'Tutup (selesai)',
  tunda: 'Tunda (menunggu pelapor)',
  lanjutkan: 'Lanjutkan',
  'bukan wewenang': 'Bukan wewenang',
  arsipkan: 'Arsipkan',
  'buka kembali': 'Buka kembali',
};

const withReason: readonly CaseVerb[] = ['tunda', 'bukan wewenang', 'arsipkan', 'buka kembali'];

function optionsOf(agencies: CasePage['agencies'], chosen: string | null): Html[] {
  return agencies.map(
    ({ id, name }) => html`<option value="${id}" ${id === chosen ? 'selected' : ''}>${name}</option>`,
  );
}

function insideOf(verb: CaseVerb, page: CasePage): Html {
  const id = verb.replace(' ', '-');
  const { agency } = page.case;
  return html`<input type="hidden" name="verb" value="${verb}" />
    ${
      verb === 'disposisi'
        ? html`<label for="opd">Kepada</label>
          <select id="opd" name="agency">${optionsOf(page.agencies, agency)}</select>`
        : ''
    }
    ${
      verb === 'bukan wewenang'
        ? html`<label for="milik">Wewenang siapa</label>
          <select id="milik" name="agency">
            <option value="">Belum diketahui</option>
            ${optionsOf(
              page.agencies.filter(({ isOurs }) => !isOurs),
              agency,
            )}
          </select>`
        : ''
    }
    ${
      withReason.includes(verb)
        ? html`<label for="alasan-${id}">Alasan</label><input id="alasan-${id}" name="note" maxlength="1000" required minlength="3" />`
        : ''
    }`;
}

function moves(frame: Frame, page: CasePage): Html {
  const { user, matter } = page;
  const why = whyNot(user, 'case.move', matter)?.id ?? null;
  const base = `/ringan/aduan/${encodeURIComponent(page.case._id)}`;
  const claimWhy =
    why ??
    (page.case.assignee === user._id
      ? 'Aduan ini sudah Anda tangani.'
      : page.case.assignee
        ? `Ditangani ${page.case.assignee}.`
        : null);
  const { version } = page.case;
  return html`<h2>Tindakan</h2>
    <div class="acts">
      ${oneButton(frame, { action: `${base}/ambil`, version, words: 'Saya tangani', why: claimWhy })}
      ${verbsFrom(page.case.state).map((verb) =>
        oneButton(frame, {
          action: `${base}/pindah`,
          version,
          words: verbWords[verb],
          why,
          inside: insideOf(verb, page),
          folded: verb === 'disposisi' || withReason.includes(verb),
        }),
      )}
    </div>`;
}

function facts(page: CasePage, names: Names, frame: Frame): Html {
  const one = page.case;
  const deadline = deadlineOf(openDeadline(one), frame);
  const row = (term: string, words: string | Html | null) =>
    words === null || words === '' ? '' : html`<dt>${term}</dt><dd>${words}</dd>`;
  return html`<dl class="box">
    ${row('Status', caseStateWords[one.state])} ${row('Jenis', kindWords[one.kind])}
    ${row('Pokok aduan', names.subject(one.subject))} ${row('Perangkat daerah', names.agency(one.agency))}
    ${row('Pendamping', names.agency(one.companion))}
    ${row('Tempat', [one.place?.name, one.place?.kecamatan].filter(Boolean).join(', '))}
    ${row('Prioritas', urgencyWords[one.urgency])}
    ${row('Batas', one.dueAt && `${inWib(one.dueAt)}${deadline ? ` (${deadline.words})` : ''}`)}
    ${row('Petugas', one.assignee)} ${row('Didukung', one.supporterIds.length > 0 ? `${one.supporterIds.length} warga lain` : null)}
    ${row('Kode lacak', may(page.user, 'personal-data.view', page.matter) ? one.trackingCode : null)}
    ${row('Kerahasiaan', one.secret ? html`<span class="chip red">Rahasia: jangan dijawab di muka umum</span>` : null)}
  </dl>`;
}

function replyList(frame: Frame, page: CasePage): Html {
  const { user, matter, replies } = page;
  const why = whyNot(user, 'draft.write', matter)?.id ?? null;
  return html`<h2>Balasan</h2>
    ${replies.map(
      (reply) =>
        html`<article>
          <div class="meta">
            <span class="chip">${replyStateWords[reply.state]}</span><span>${inWib(reply.updatedAt)}</span>
            <a href="/ringan/draf/${encodeURIComponent(reply._id)}">Buka draf</a>
            ${reply.byDemoRole ? html`<span class="chip">peran demo</span>` : ''}
          </div>
          <p class="message reply">${reply.text}</p>
        </article>`,
    )}
    ${replies.length === 0 ? html`<p>Belum ada balasan.</p>` : ''}
    ${
      replies.some((reply) => reply.open)
        ? ''
        : oneButton(frame, {
            action: `/ringan/aduan/${encodeURIComponent(page.case._id)}/draf`,
            words: 'Buat draf balasan',
            why,
            tone: 'main',
          })
    }`;
}

function notes(frame: Frame, page: CasePage): Html | '' {
  if (!may(page.user, 'case.note', page.matter)) return '';
  return html`<h2>Catatan</h2>
    <ul class="plain">
      ${page.case.notes.map((note) => html`<li class="box"><small>${inWib(note.at)} · ${note.by}</small><br />${note.text}</li>`)}
    </ul>
    ${oneButton(frame, {
      action: `/ringan/aduan/${encodeURIComponent(page.case._id)}/catatan`,
      words: 'Simpan catatan',
      why: null,
      inside: html`<label for="catatan">Catatan untuk rekan</label><input id="catatan" name="text" required minlength="3" maxlength="1000" />`,
    })}`;
}

export function casePage(frame: Frame, page: CasePage, names: Names): Html {
  const one = page.case;
  const root = page.messages.find((message) => message._id === one.rootMentionId);
  return layout(
    frame,
    one._id,
    html`<p><a href="/ringan">← Kotak masuk</a></p>
      <h1>Aduan ${one._id}</h1>
      <div class="two">
        <div>
          ${page.messages.map(messageBox)} ${page.messages.length === 0 ? html`<p class="box">Pesan aslinya tidak tersimpan.</p>` : ''}
          ${whyBox(root, names)} ${replyList(frame, page)}
        </div>
        <div>
          ${facts(page, names, frame)} ${moves(frame, page)} ${notes(frame, page)}
          <h2>Riwayat</h2>
          <ol class="history">
            ${one.history.map(
              (event) =>
                html`<li>
                  <small>${inWib(event.at)} · ${event.by}</small><br />${event.what}
                  ${event.to ? html` → ${caseStateWords[event.to]}` : ''} ${event.note ? html`<br /><em>${event.note}</em>` : ''}
                </li>`,
            )}
          </ol>
        </div>
      </div>`,
  );
}

/** A message without a case. */
export function mentionPage(frame: Frame, message: MentionView, names: Names): Html {
  return layout(
    frame,
    'Pesan',
    html`<p><a href="/ringan">← Kotak masuk</a></p>
      <h1>Pesan</h1>
      ${messageBox(message)} ${whyBox(message, names)}
      ${
        message.caseId
          ? html`<p><a href="/ringan/aduan/${encodeURIComponent(message.caseId)}">Aduan ${message.caseId}</a></p>`
          : html`<p>Belum menjadi aduan.</p>`
      }`,
  );
}
