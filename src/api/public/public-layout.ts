import { html } from 'hono/html';
import type { Html } from '../page/layout.ts';
import { stylePath } from '../page/style.ts';

/** The desk's own stylesheet, under an address of the public pages. */
export const publicStylePath = `/lapor${stylePath}`;

/** A page for citizens: plain HTML without any script, without names of ours. */
export function publicPage(mode: 'demo' | 'live', title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Aduan Kabupaten Karanganyar</title>
        <link rel="stylesheet" href="${publicStylePath}" />
      </head>
      <body>
        <a class="skip" href="#isi">Langsung ke isi</a>
        ${
          mode === 'demo'
            ? html`<p class="demo" role="note">DATA SIMULASI: halaman ini contoh. Laporan di sini tidak sampai ke pemerintah.</p>`
            : ''
        }
        <header>
          <a class="brand" href="/lapor">Aduan Kabupaten Karanganyar</a>
          <nav aria-label="Menu utama"><a href="/lapor">Lapor</a> <a href="/lacak">Lacak laporan</a></nav>
        </header>
        <main id="isi">${body}</main>
      </body>
    </html>`;
}

export function wrongBox(words: readonly string[]): Html | '' {
  if (words.length === 0) return '';
  return html`<div class="wrong" role="alert"><ul class="plain">${words.map((line) => html`<li>${line}</li>`)}</ul></div>`;
}
