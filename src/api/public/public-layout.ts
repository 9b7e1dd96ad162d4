import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Html } from '../page/layout.ts';
import { stylePath } from '../page/style.ts';
import type { Language } from '../problem.ts';
import { citizenWords } from './words.ts';

/** The desk's own stylesheet, under an address of the public pages. */
export const publicStylePath = `/lapor${stylePath}`;

/** In which mode and language a page is. */
export interface View {
  readonly mode: 'demo' | 'live';
  readonly language: Language;
}

function asked(c: Context): Language {
  return c.req.query('bahasa') === 'en' ? 'en' : 'id';
}

/** Indonesian unless the address asks for English; what a browser prefers says little about who borrowed it. */
export function viewOf(c: Context, { mode }: Pick<View, 'mode'>): View {
  return { mode, language: asked(c) };
}

/** The same language on the next page. */
export function inLanguage(path: string, language: Language): string {
  return language === 'id' ? path : `${path}?bahasa=${language}`;
}

/**
 * A page for citizens: plain HTML without any script, without names of ours.
 * @param here its path, where it can be opened again in the other language; null on pages that answer a form
 */
export function publicPage({ mode, language }: View, title: string, here: string | null, body: Html): Html {
  const say = citizenWords[language];
  const to = (path: string) => inLanguage(path, language);
  const { other } = say;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · ${say.site}</title>
        <link rel="stylesheet" href="${publicStylePath}" />
      </head>
      <body>
        <a class="skip" href="#isi">${say.toContent}</a>
        ${mode === 'demo' ? html`<aside class="demo">${say.simulated}</aside>` : ''}
        <header>
          <a class="brand" href="${to('/lapor')}">${say.site}</a>
          <nav aria-label="${say.menu}"><a href="${to('/lapor')}">${say.report}</a> <a href="${to('/lacak')}">${say.track}</a>
            ${
              here === null
                ? ''
                : html`<a href="${inLanguage(here, other.language)}" lang="${other.language}" hreflang="${other.language}">${other.name}</a>`
            }</nav>
        </header>
        <main id="isi">${body}</main>
      </body>
    </html>`;
}

/** A small form that is none. */
export function tooLarge(c: Context): Response {
  return c.text(citizenWords[asked(c)].tooLargeForm, 413);
}

export function wrongBox(words: readonly string[]): Html | '' {
  if (words.length === 0) return '';
  return html`<div class="wrong" role="alert"><ul class="plain">${words.map((line) => html`<li>${line}</li>`)}</ul></div>`;
}
