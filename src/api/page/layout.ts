import { html, raw } from 'hono/html';
import type { WorkCalendar } from '../../cases/working-days.ts';
import { may } from '../../domain/policies.ts';
import type { User } from '../../domain/user.ts';
import type { StopSwitch } from '../../store/stop-switch.ts';
import { backgroundHeader } from '../guards.ts';
import { stylePath } from './style.ts';
import { roleWords } from './words.ts';

/** Escaped by hono/html, whatever is put in. */
export type Html = ReturnType<typeof html>;

/** What every page of one request needs. */
export interface Frame {
  readonly user: User | null;
  readonly nonce: string;
  readonly formToken: string;
  readonly mode: 'demo' | 'live';
  readonly stop: StopSwitch;
  readonly now: Date;
  readonly calendar: WorkCalendar;
  /** What was just done, in words. */
  readonly done: string | null;
  /** Path of the page, for the menu. */
  readonly path: string;
}

/** Replaces the live part of the page every 5 s, never under somebody's hands. Works on our own, escaped HTML only. */
const liveScript = `
const live = () => document.querySelector('[data-live]');
const busy = () => document.hidden || document.activeElement?.matches('input, textarea, select') || live()?.contains(document.activeElement);
if (live()) setInterval(async () => {
  if (busy()) return;
  const answer = await fetch(location.href, { headers: { '${backgroundHeader}': '1' } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [now, next] = [live(), page.querySelector('[data-live]')];
  if (!next || busy() || now.innerHTML === next.innerHTML) return;
  now.replaceWith(next);
}, 5000);`;

function menu(user: User, path: string): Html {
  const link = (href: string, words: string) =>
    html`<a href="${href}" ${path === href ? raw('aria-current="page"') : ''}>${words}</a>`;
  return html`<nav aria-label="Menu utama">
    ${may(user, 'case.view', { agency: user.agency, secret: false }) ? link('/ringan', 'Kotak masuk') : ''}
    ${may(user, 'draft.view', { agency: user.agency, secret: false }) ? link('/ringan/persetujuan', 'Persetujuan') : ''}
    ${may(user, 'recap.read') ? link('/ringan/rekap', 'Rekap') : ''} ${may(user, 'channel.view') ? link('/ringan/saluran', 'Saluran') : ''}
    ${link('/meja', 'Meja lengkap')}
  </nav>`;
}

/** "Hentikan semua pengiriman": seen on every page, turned by those who may. */
function stopBar(frame: Frame, user: User): Html {
  const { stop } = frame;
  const turn = may(user, 'stop-switch.set')
    ? html`<form method="post" action="/ringan/hentikan">
        <input type="hidden" name="token" value="${frame.formToken}" />
        <input type="hidden" name="kembali" value="${frame.path}" />
        <button name="berhenti" value="${stop.stopped ? 'tidak' : 'ya'}" class="${stop.stopped ? '' : 'danger'}">
          ${stop.stopped ? 'Buka pengiriman lagi' : 'Hentikan semua pengiriman'}
        </button>
      </form>`
    : '';
  if (!stop.stopped) return html`<div class="stop">${turn}</div>`;
  return html`<div class="stop stopped" role="status">
    <strong>Semua pengiriman dihentikan</strong><span>${stop.by ? `oleh ${stop.by}` : ''}</span>${turn}
  </div>`;
}

function top(frame: Frame): Html {
  const { user } = frame;
  return html`<header>
    <a class="brand" href="/ringan">Tanggap</a>
    ${user ? menu(user, frame.path) : ''}
    ${
      user
        ? html`<form method="post" action="/ringan/keluar" class="who">
          <span>${user.name}<small>${roleWords[user.role]}${user.agency ? ` · ${user.agency}` : ''}</small></span>
          <input type="hidden" name="token" value="${frame.formToken}" /><button>Keluar</button>
        </form>`
        : ''
    }
  </header>`;
}

export function layout(frame: Frame, title: string, body: Html | Promise<Html>): Html {
  return html`<!doctype html>
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Tanggap</title>
        <link rel="stylesheet" href="/ringan${stylePath}" />
      </head>
      <body>
        <a class="skip" href="#isi">Langsung ke isi</a>
        ${
          frame.mode === 'demo'
            ? html`<p class="demo" role="note">DATA SIMULASI: semua pesan, warga, dan jawaban di sini buatan.</p>`
            : ''
        }
        ${top(frame)} ${frame.user ? stopBar(frame, frame.user) : ''}
        <main id="isi">
          ${frame.done ? html`<p class="done" role="status">${frame.done}</p>` : ''} ${body}
        </main>
        <script nonce="${frame.nonce}">
          ${raw(liveScript)}
        </script>
      </body>
    </html>`;
}

interface OneButton {
  readonly action: string;
  readonly version?: number;
  readonly words: string;
  /** Why it cannot be pressed; null when it can. */
  readonly why: string | null;
  readonly tone?: 'main' | 'danger';
  readonly inside?: Html;
  /** Opens at a click: what is asked for would fill the page otherwise. */
  readonly folded?: boolean;
}

/** A form with one button that says why it cannot be pressed. */
export function oneButton(frame: Frame, button: OneButton): Html {
  const { action, version, words, why, tone = '', inside, folded } = button;
  const form = html`<form method="post" action="${action}" class="act">
    <input type="hidden" name="token" value="${frame.formToken}" />
    ${version === undefined ? '' : html`<input type="hidden" name="version" value="${version}" />`}
    ${inside !== undefined && why === null ? inside : ''}
    <button class="${tone}" ${why === null ? '' : raw('disabled')}>${words}</button>
    ${why === null ? '' : html`<small class="why">${why}</small>`}
  </form>`;
  if (!folded || why !== null) return form;
  return html`<details class="fold"><summary class="button ${tone}">${words} …</summary>${form}</details>`;
}
