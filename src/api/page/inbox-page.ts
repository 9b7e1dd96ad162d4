import { html, raw } from 'hono/html';
import { platformIds } from '../../domain/ids.ts';
import { openDeadline } from '../contract/deadline.ts';
import type { ThreadFilter } from '../contract/inbox.ts';
import type { Thread } from '../contract/shapes.ts';
import { type Frame, type Html, layout } from './layout.ts';
import { ageOf, deadlineOf, inWib } from './time.ts';
import { caseStateWords, kindWords, platformWords, urgencyWords, viewWords } from './words.ts';

/** The views that this page shows as tabs. */
export const pageViews = ['baru', 'perlu-dicek', 'menunggu-persetujuan', 'minta-dibuka', 'semua'] as const;

/** Names of agencies and subjects by id. */
export interface Names {
  readonly agency: (id: string | null) => string | null;
  readonly subject: (id: string | null) => string | null;
}

export interface Inbox {
  readonly filter: Pick<ThreadFilter, 'view' | 'agency' | 'platform'>;
  readonly rows: readonly Thread[];
  readonly nextCursor: string | null;
  readonly counts: readonly { readonly view: ThreadFilter['view']; readonly words: string }[];
  /** Empty when the person sees one agency only. */
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
}

function query(filter: Inbox['filter'], cursor?: string): string {
  const { view, agency, platform } = filter;
  const all = { view, agency, platform, cursor };
  return `/ringan?${new URLSearchParams(Object.entries(all).flatMap(([key, value]): [string, string][] => (value ? [[key, value]] : [])))}`;
}

function confidenceChip(thread: Thread): Html {
  const { confidence } = thread;
  if (!thread.decided || confidence === null) return html`<span class="chip">perlu dicek</span>`;
  const percent = Math.round(confidence * 100);
  return html`<span class="chip ${percent >= 85 ? 'green' : percent >= 60 ? 'amber' : ''}" title="Keyakinan">${percent} %</span>`;
}

function deadlineChip(dueAt: Date | null, frame: Frame): Html | '' {
  const deadline = deadlineOf(dueAt, frame);
  if (!deadline) return '';
  const tone = { late: 'red', near: 'amber', calm: '' }[deadline.tone];
  return html`<span class="chip ${tone}" title="Batas ${dueAt ? inWib(dueAt) : ''}">${deadline.words}</span>`;
}

function threadLine(thread: Thread, names: Names, frame: Frame): Html {
  const href = thread.caseNumber
    ? `/ringan/aduan/${encodeURIComponent(thread.caseNumber)}`
    : `/ringan/pesan/${encodeURIComponent(thread.mentionId)}`;
  const place = thread.place?.name ?? thread.place?.kecamatan;
  return html`<li>
    <a href="${href}">
      <div class="meta">
        <span class="chip platform">${platformWords[thread.platform]}</span>
        <span>${thread.author ?? 'tanpa nama'}</span>
        <span>${ageOf(thread.postedAt, frame.now)}</span>
        ${thread.secret ? html`<span class="chip red">Rahasia</span>` : ''}
        ${
          thread.urgency === 'darurat' || thread.urgency === 'tinggi'
            ? html`<span class="chip red">${urgencyWords[thread.urgency]}</span>`
            : ''
        }
      </div>
      <p class="line">${thread.line || '(tanpa teks)'}</p>
      <div class="meta">
        ${thread.caseNumber ? html`<span>${thread.caseNumber}</span>` : ''}
        ${thread.state ? html`<span class="chip">${caseStateWords[thread.state]}</span>` : ''}
        ${thread.agency ? html`<span class="chip">${names.agency(thread.agency)}</span>` : ''}
        ${confidenceChip(thread)} ${thread.kind ? html`<span>${kindWords[thread.kind]}</span>` : ''}
        ${place ? html`<span>${place}</span>` : ''} ${deadlineChip(openDeadline(thread), frame)}
        ${thread.similar > 0 ? html`<span>+${thread.similar} serupa</span>` : ''}
      </div>
    </a>
  </li>`;
}

function filterForm(inbox: Inbox): Html {
  const { filter, agencies } = inbox;
  const option = (id: string, name: string, chosen: string | undefined) =>
    html`<option value="${id}" ${id === chosen ? raw('selected') : ''}>${name}</option>`;
  return html`<form method="get" action="/ringan" class="filter">
    <input type="hidden" name="view" value="${filter.view}" />
    ${
      agencies.length === 0
        ? ''
        : html`<div>
          <label for="opd">Perangkat daerah</label>
          <select id="opd" name="agency">
            <option value="">Semua</option>
            ${agencies.map(({ id, name }) => option(id, name, filter.agency))}
          </select>
        </div>`
    }
    <div>
      <label for="kanal">Saluran</label>
      <select id="kanal" name="platform">
        <option value="">Semua</option>
        ${platformIds.map((id) => option(id, platformWords[id], filter.platform))}
      </select>
    </div>
    <button>Saring</button>
  </form>`;
}

export function inboxPage(frame: Frame, inbox: Inbox, names: Names): Html {
  const { filter, rows, nextCursor, counts } = inbox;
  return layout(
    frame,
    'Kotak masuk',
    html`<h1>Kotak masuk</h1>
      ${filterForm(inbox)}
      <div id="daftar" data-live>
        <div class="tabs">
          ${pageViews.map(
            (view) =>
              html`<a href="${query({ ...filter, view })}" ${view === filter.view ? raw('aria-current="page"') : ''}
                >${viewWords[view]} (${counts.find((count) => count.view === view)?.words ?? '…'})</a
              >`,
          )}
        </div>
        ${
          rows.length === 0
            ? html`<p class="card">Tidak ada pesan di sini.</p>`
            : html`<ul class="threads">
              ${rows.map((thread) => threadLine(thread, names, frame))}
            </ul>`
        }
        ${nextCursor ? html`<p><a class="button" href="${query(filter, nextCursor)}">Lebih lama</a></p>` : ''}
      </div>`,
  );
}
