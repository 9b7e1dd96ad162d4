import { html } from 'hono/html';
import { type Case, type CaseState, finishedStates } from '../../domain/case.ts';
import { kindWords } from '../contract/words.ts';
import type { Html } from '../page/layout.ts';
import { inWib } from '../page/time.ts';
import { inLanguage, publicPage, type View, wrongBox } from './public-layout.ts';
import { citizenWords } from './words.ts';

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
export function lacakPage(view: View, wrong: string | null): Html {
  const say = citizenWords[view.language];
  return publicPage(
    view,
    say.trackTitle,
    '/lacak',
    html`<h1>${say.trackTitle}</h1>
      ${wrongBox(wrong === null ? [] : [wrong])}
      <form method="post" action="${inLanguage('/lacak', view.language)}" class="card narrow">
        <label for="nomor">${say.reportNumber}</label>
        <input id="nomor" name="nomor" required maxlength="40" autocomplete="off" placeholder="KRA-2026-000123" />
        <label for="kode">${say.code}</label>
        <input id="kode" name="kode" required maxlength="20" autocomplete="off" />
        <button class="main">${say.look}</button>
      </form>`,
  );
}

/** A form that carries number and code along: they never stand in an address. */
function follow({ language }: View, tracked: Tracked, action: string, inside: Html): Html {
  return html`<form method="post" action="${inLanguage(action, language)}" class="act">
    <input type="hidden" name="nomor" value="${tracked.case._id}" /><input type="hidden" name="kode" value="${tracked.code}" />${inside}
  </form>`;
}

function rating(view: View, tracked: Tracked): Html | '' {
  if (tracked.case.answeredAt === null) return '';
  const say = citizenWords[view.language];
  const given = tracked.case.feedback?.rating?.stars;
  return html`<h2>${say.rating}</h2>
    ${given === undefined ? '' : html`<p>${say.given(given)}</p>`}
    ${follow(
      view,
      tracked,
      '/lacak/nilai',
      html`<label for="bintang">${say.stars}</label>
        <select id="bintang" name="bintang">
          ${[5, 4, 3, 2, 1].map((stars) => html`<option>${stars}</option>`)}
        </select>
        <button>${say.sendRating}</button>`,
    )}`;
}

function reopen(view: View, tracked: Tracked): Html | '' {
  if (!isFinished(tracked.case.state)) return '';
  const say = citizenWords[view.language];
  if (tracked.case.feedback?.reopen) return html`<p class="done">${say.reopenAsked}</p>`;
  return html`<h2>${say.notSolved}</h2>
    ${follow(
      view,
      tracked,
      '/lacak/buka',
      html`<label for="alasan">${say.whatIsLeft}</label>
        <textarea id="alasan" name="alasan" rows="3" required minlength="10" maxlength="1000"></textarea>
        <button>${say.askReopen}</button>`,
    )}`;
}

/** How the case stands, for the one who holds number and code. Nothing of it is in any address. */
export function trackedPage(view: View, tracked: Tracked, wrong: readonly string[]): Html {
  const { language } = view;
  const say = citizenWords[language];
  const one = tracked.case;
  const deadline = one.dueAt !== null && !isFinished(one.state) ? inWib(one.dueAt, language) : null;
  return publicPage(
    view,
    one._id,
    null,
    html`<h1>${say.reportOf(one._id)}</h1>
      ${wrongBox(wrong)}
      <div class="card">
        <p><strong>${say.states[one.state]}</strong></p>
        <dl>
          <dt>${say.kind}</dt><dd>${kindWords[language][one.kind]}</dd>
          <dt>${say.receivedAt}</dt><dd>${inWib(one.receivedAt, language)}</dd>
          ${tracked.agency === null ? '' : html`<dt>${say.handledBy}</dt><dd>${tracked.agency}</dd>`}
          ${deadline === null ? '' : html`<dt>${say.due}</dt><dd>${deadline}</dd>`}
        </dl>
      </div>
      <h2>${say.answers}</h2>
      ${tracked.answers.length === 0 ? html`<p>${say.noAnswer}</p>` : ''}
      ${tracked.answers.map(
        (answer) =>
          html`<article class="card"><p class="message reply" lang="id">${answer.text}</p><small>${inWib(answer.at, language)}</small></article>`,
      )}
      ${tracked.contact} ${rating(view, tracked)} ${reopen(view, tracked)}`,
  );
}
