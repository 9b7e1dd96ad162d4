import { html } from 'hono/html';
import type { NoticeWay } from '../../domain/forward.ts';
import type { Html } from '../page/layout.ts';
import { publicPage, wrongBox } from './public-layout.ts';

const wayWords: Readonly<Record<NoticeWay, string>> = { mail: 'surel', whatsapp: 'WhatsApp' };

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
export function contactBox(token: string, ways: readonly ContactWay[]): Html | '' {
  if (ways.length === 0) return '';
  return html`<h2>Jawaban lewat surel atau WhatsApp</h2>
    ${ways.map(({ way, hint, confirmed }) =>
      confirmed
        ? html`<p class="done">Jawaban kami kirim juga ke ${wayWords[way]} ${hint}.</p>`
        : html`<form method="post" action="/lapor/kontak/kode" class="act">
            ${carried(token, way)}
            <p>Kami kirim jawaban ke ${wayWords[way]} <strong>${hint}</strong> setelah Anda memastikan bahwa itu milik Anda.</p>
            <button>Kirim kode ke ${wayWords[way]}</button>
          </form>`,
    )}`;
}

/** Where the code is typed in. */
export function codePage(
  mode: 'demo' | 'live',
  asked: { readonly token: string; readonly way: ContactWay; readonly wrong: readonly string[] },
): Html {
  const { token, way, wrong } = asked;
  return publicPage(
    mode,
    'Pastikan kontak',
    html`<h1>Pastikan kontak Anda</h1>
      ${wrongBox(wrong)}
      <form method="post" action="/lapor/kontak" class="card narrow">
        ${carried(token, way.way)}
        <p>Kode enam angka dikirim ke ${wayWords[way.way]} <strong>${way.hint}</strong>. Berlaku 15 menit.</p>
        <label for="kode">Kode</label>
        <input id="kode" name="kode" required inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength="6" />
        <button class="main">Pastikan</button>
      </form>
      <form method="post" action="/lapor/kontak/kode" class="act">${carried(token, way.way)}<button>Kirim kode lagi</button></form>`,
  );
}

export function confirmedPage(mode: 'demo' | 'live', way: ContactWay): Html {
  return publicPage(
    mode,
    'Kontak dipastikan',
    html`<h1>Terima kasih</h1>
      <p class="card" role="status">Jawaban atas laporan Anda kami kirim ke ${wayWords[way.way]} <strong>${way.hint}</strong>.</p>`,
  );
}
