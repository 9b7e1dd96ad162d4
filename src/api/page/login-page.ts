import { html } from 'hono/html';
import { type Frame, type Html, layout } from './layout.ts';

/** @param to path to go to after the login */
export function loginPage(frame: Frame, wrong: string | null, to: string): Html {
  return layout(
    frame,
    'Masuk',
    html`<div class="narrow card">
      <h1>Masuk ke Tanggap</h1>
      ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : ''}
      <form method="post" action="/ringan/masuk">
        <input type="hidden" name="token" value="${frame.formToken}" />
        <input type="hidden" name="ke" value="${to}" />
        <label for="nama">Nama masuk</label>
        <input id="nama" name="nama" autocomplete="username" autocapitalize="none" required maxlength="64" />
        <label for="sandi">Kata sandi</label>
        <input id="sandi" name="sandi" type="password" autocomplete="current-password" required maxlength="200" />
        <label for="kode">Kode autentikator (bila Anda memakainya)</label>
        <input id="kode" name="kode" autocomplete="one-time-code" maxlength="40" />
        <p><button class="main">Masuk</button></p>
      </form>
      ${frame.mode === 'demo' ? html`<small>Akun demo dan kata sandinya dicetak oleh <code>npm start</code>.</small>` : ''}
    </div>`,
  );
}

export function refusedPage(frame: Frame, words: string, more: Html | null): Html {
  return layout(
    frame,
    'Tidak dapat dilakukan',
    html`<h1>Tidak dapat dilakukan</h1>
      <p class="wrong" role="alert">${words}</p>
      ${more ?? ''}
      <p><a href="${frame.path}">Kembali</a></p>`,
  );
}

/** Both sides of a stale edit, so that nothing typed is lost. */
export function bothTexts(yours: string, current: string): Html {
  return html`<div class="two">
    <section>
      <h2>Tulisan Anda (belum disimpan)</h2>
      <textarea aria-label="Tulisan Anda" readonly>${yours}</textarea>
    </section>
    <section>
      <h2>Yang tersimpan sekarang</h2>
      <textarea aria-label="Yang tersimpan sekarang" readonly>${current}</textarea>
    </section>
  </div>`;
}
