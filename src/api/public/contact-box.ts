import { html } from 'hono/html';
import type { NoticeWay } from '../../domain/forward.ts';
import type { Html } from '../page/layout.ts';
import { inLanguage, publicPage, type View, wrongBox } from './public-layout.ts';
import { citizenWords } from './words.ts';

export interface ContactWay {
  readonly way: NoticeWay;
  readonly hint: string;
  readonly confirmed: boolean;
}

/** Form fields that carry the report along: it never stands in an address. */
function carried(token: string, way: NoticeWay): Html {
  return html`<input type="hidden" name="laporan" value="${token}" /><input type="hidden" name="lewat" value="${way}" />`;
}

/** "Kirim jawaban juga ke surel saya": each contact with its state; nothing where there is none. */
export function contactBox({ language }: View, token: string, ways: readonly ContactWay[]): Html | '' {
  if (ways.length === 0) return '';
  const say = citizenWords[language];
  return html`<h2>${say.byContact}</h2>
    ${ways.map(({ way, hint, confirmed }) =>
      confirmed
        ? html`<p class="done">${say.alsoSent(say.ways[way], hint)}</p>`
        : html`<form method="post" action="${inLanguage('/lapor/kontak/kode', language)}" class="act">
            ${carried(token, way)}
            <p>${say.afterConfirming(say.ways[way])} <strong>${hint}</strong></p>
            <button>${say.sendCode(say.ways[way])}</button>
          </form>`,
    )}`;
}

/** Where the code is typed in. */
export function codePage(
  view: View,
  asked: { readonly token: string; readonly way: ContactWay; readonly wrong: readonly string[] },
): Html {
  const say = citizenWords[view.language];
  const { token, way, wrong } = asked;
  return publicPage(
    view,
    say.confirmTitle,
    null,
    html`<h1>${say.confirmHeading}</h1>
      ${wrongBox(wrong)}
      <form method="post" action="${inLanguage('/lapor/kontak', view.language)}" class="card narrow">
        ${carried(token, way.way)}
        <p>${say.codeSent(say.ways[way.way])} <strong>${way.hint}</strong>. ${say.codeLasts}</p>
        <label for="kode">${say.code}</label>
        <input id="kode" name="kode" required inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength="6" />
        <button class="main">${say.confirm}</button>
      </form>
      <form method="post" action="${inLanguage('/lapor/kontak/kode', view.language)}" class="act">${carried(token, way.way)}<button>${say.sendAgain}</button></form>`,
  );
}

export function confirmedPage(view: View, way: ContactWay): Html {
  const say = citizenWords[view.language];
  return publicPage(
    view,
    say.confirmedTitle,
    null,
    html`<h1>${say.thanks}</h1>
      <p class="card" role="status">${say.willBeSent(say.ways[way.way])} <strong>${way.hint}</strong>.</p>`,
  );
}
