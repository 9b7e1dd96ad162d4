import { html } from 'hono/html';
import { type Case, type CaseState, finishedStates } from '../../domain/case.ts';
import type { Html } from '../page/layout.ts';
import { inWib } from '../page/time.ts';
import { kindWords } from '../page/words.ts';
import { publicPage, wrongBox } from './public-layout.ts';

/** What the state means for the citizen, without words of the office. */
const plainState: Readonly<Record<CaseState, string>> = {
  baru: 'Laporan sudah kami terima dan sedang kami periksa.',
  terverifikasi: 'Laporan sudah kami periksa dan akan kami teruskan kepada yang berwenang.',
  disposisi: 'Laporan sudah kami teruskan kepada yang berwenang.',
  proses: 'Laporan sedang ditangani.',
  dijawab: 'Laporan sudah dijawab.',
  selesai: 'Laporan selesai.',
  tertunda: 'Kami menunggu keterangan tambahan dari Anda.',
  bukan_wewenang: 'Hal ini di luar wewenang Pemerintah Kabupaten Karanganyar.',
  diarsipkan: 'Laporan kami simpan tanpa tindak lanjut.',
  dibuka_kembali: 'Laporan dibuka kembali dan sedang kami periksa lagi.',
};

function isFinished(state: CaseState): boolean {
  return (finishedStates as readonly CaseState[]).includes(state);
}

export interface Tracked {
  readonly case: Case;
  readonly code: string;
  readonly agency: string | null;
  readonly answers: readonly { readonly text: string; readonly at: Date }[];
  /** What to confirm so that answers come by mail or WhatsApp too. */
  readonly contact: Html | '';
}

/** Number and code. The same words for every miss. */
export function lacakPage(mode: 'demo' | 'live', wrong: string | null): Html {
  return publicPage(
    mode,
    'Lacak laporan',
    html`<h1>Lacak laporan</h1>
      ${wrongBox(wrong === null ? [] : [wrong])}
      <form method="post" action="/lacak" class="card narrow">
        <label for="nomor">Nomor laporan</label>
        <input id="nomor" name="nomor" required maxlength="40" autocomplete="off" placeholder="KRA-2026-000123" />
        <label for="kode">Kode</label>
        <input id="kode" name="kode" required maxlength="20" autocomplete="off" />
        <button class="main">Lihat</button>
      </form>`,
  );
}

/** A form that carries number and code along: they never stand in an address. */
function follow(tracked: Tracked, action: string, inside: Html): Html {
  return html`<form method="post" action="${action}" class="act">
    <input type="hidden" name="nomor" value="${tracked.case._id}" /><input type="hidden" name="kode" value="${tracked.code}" />${inside}
  </form>`;
}

function rating(tracked: Tracked): Html | '' {
  if (tracked.case.answeredAt === null) return '';
  const given = tracked.case.feedback?.rating?.stars;
  return html`<h2>Nilai penanganan</h2>
    ${given === undefined ? '' : html`<p>Nilai Anda sekarang: ${given} dari 5.</p>`}
    ${follow(
      tracked,
      '/lacak/nilai',
      html`<label for="bintang">Nilai (1 buruk, 5 baik)</label>
        <select id="bintang" name="bintang">
          ${[5, 4, 3, 2, 1].map((stars) => html`<option>${stars}</option>`)}
        </select>
        <button>Kirim nilai</button>`,
    )}`;
}

function reopen(tracked: Tracked): Html | '' {
  if (!isFinished(tracked.case.state)) return '';
  if (tracked.case.feedback?.reopen)
    return html`<p class="done">Permintaan Anda untuk membuka kembali laporan ini sudah diterima petugas.</p>`;
  return html`<h2>Belum selesai menurut Anda?</h2>
    ${follow(
      tracked,
      '/lacak/buka',
      html`<label for="alasan">Apa yang belum beres</label>
        <textarea id="alasan" name="alasan" rows="3" required minlength="10" maxlength="1000"></textarea>
        <button>Minta dibuka kembali</button>`,
    )}`;
}

/** How the case stands, for the one who holds number and code. Nothing of it is in any address. */
export function trackedPage(mode: 'demo' | 'live', tracked: Tracked, wrong: readonly string[]): Html {
  const one = tracked.case;
  const deadline = one.dueAt !== null && !isFinished(one.state) ? inWib(one.dueAt) : null;
  return publicPage(
    mode,
    one._id,
    html`<h1>Laporan ${one._id}</h1>
      ${wrongBox(wrong)}
      <div class="card">
        <p><strong>${plainState[one.state]}</strong></p>
        <dl>
          <dt>Jenis</dt><dd>${kindWords[one.kind]}</dd>
          <dt>Diterima</dt><dd>${inWib(one.receivedAt)}</dd>
          ${tracked.agency === null ? '' : html`<dt>Ditangani</dt><dd>${tracked.agency}</dd>`}
          ${deadline === null ? '' : html`<dt>Dijawab paling lambat</dt><dd>${deadline}</dd>`}
        </dl>
      </div>
      <h2>Jawaban</h2>
      ${tracked.answers.length === 0 ? html`<p>Belum ada jawaban.</p>` : ''}
      ${tracked.answers.map(
        (answer) =>
          html`<article class="card"><p class="message reply">${answer.text}</p><small>${inWib(answer.at)}</small></article>`,
      )}
      ${tracked.contact} ${rating(tracked)} ${reopen(tracked)}`,
  );
}
