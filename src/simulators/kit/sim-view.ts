import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Clock } from '../../core/clock.ts';
import type { SimulatedPost, Simulator } from '../simulator.ts';
import { type Thread, threadsOf } from './threads.ts';

/** A trouble of the platform, on or off. */
export interface SimSwitch {
  readonly id: string;
  /** What stands on the button, in Bahasa Indonesia: to make the trouble, and to end it. */
  readonly make: string;
  readonly end: string;
  isOn(): boolean;
  turn(on: boolean): void;
}

export interface SimPageOptions {
  readonly clock: Clock;
  readonly simulator: Pick<
    Simulator,
    'platform' | 'account' | 'write' | 'writeAsOffice' | 'edit' | 'delete' | 'posts' | 'faults'
  >;
  /** Platform's name as people know it. */
  readonly title: string;
  /** How a citizen reaches the office here, in Bahasa Indonesia (X: name the account in the text). */
  readonly hint: string;
  /** What stands in the text field at first, for example `@PemkabKaranganyar `. */
  readonly prefill?: string;
  /** Label of a tick box that sets `asVisitor`; absent where the platform has no such way. */
  readonly visitorLabel?: string;
  /** Troubles that a person may make and end on the page. */
  readonly switches?: readonly SimSwitch[];
  /** Hears that somebody wrote, edited or deleted on the page. */
  readonly onChange?: () => void;
}

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

type View = Omit<SimPageOptions, 'clock'> & {
  readonly posts: readonly SimulatedPost[];
  readonly shownThreads: number;
  readonly now: Date;
};

const style = `
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:44rem;margin:0 auto;padding:0 1rem 4rem;background:#f4f5f7;color:#1b1f24}
.banner{position:sticky;top:0;margin:0 -1rem 1rem;padding:.5rem 1rem;background:#8a4b00;color:#fff;font-weight:700;text-align:center}
h1{font-size:1.4rem;margin:.5rem 0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
article{background:#fff;border:1px solid #d5d9e0;border-radius:.5rem;padding:.75rem 1rem;margin:.6rem 0}
article article{margin-left:1rem}
article.office{background:#e7f2ea;border-left:.3rem solid #1b6e3c}
.office>header strong::after{content:" · jawaban resmi";color:#145a30;font-weight:400}
header{font-size:.9rem}header span,.was{color:#565d66}
p.text{white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0}
.gone{font-style:italic;color:#565d66}.was{font-size:.85rem;text-decoration:line-through;overflow-wrap:anywhere}
form{display:grid;gap:.5rem;margin:.4rem 0}label{display:grid;gap:.15rem;font-size:.9rem}label.tick{display:flex;gap:.4rem}
input,textarea,button{font:inherit;padding:.4rem .5rem;border:1px solid #8b929c;border-radius:.3rem;background:#fff;color:inherit}
button{justify-self:start;background:#1d4f91;border-color:#1d4f91;color:#fff;cursor:pointer}
button.plain{background:#fff;color:#1d4f91}
summary{cursor:pointer;color:#1d4f91;font-size:.9rem}
@media (prefers-color-scheme:dark){body{background:#15181c;color:#e7e9ec}article,input,textarea,button.plain{background:#1f242a;border-color:#454c55}
article.office{background:#17301f}header span,.was,.gone{color:#a5adb8}summary,button.plain{color:#8dbbf5}
.office>header strong::after{color:#8fd3a8}}
`;

const time = new Intl.DateTimeFormat('id-ID', {
  timeZone: 'Asia/Jakarta',
  dateStyle: 'medium',
  timeStyle: 'short',
});

/** The timeline with forms to write, answer, edit and delete. Works without JavaScript; everything is escaped. */
export function simPage(view: View): Html {
  const { title, simulator, hint } = view;
  const threads = threadsOf(view.posts);
  return html`<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>DATA SIMULASI · ${title}</title><style>${raw(style)}</style>
</head>
<body>
<div class="banner" role="note">DATA SIMULASI — bukan ${title} yang sebenarnya</div>
<main>
<h1>${title} (simulasi) · ${simulator.account.name}</h1>
<p>${hint} <span class="was" style="text-decoration:none">Jam simulator: ${time.format(view.now)} WIB.</span></p>
<h2>Tulis sebagai warga</h2>
${writeForm(view)}
${(view.switches ?? []).map(switchForm)}
<h2>Linimasa</h2>
${threads.length === 0 ? html`<p class="gone">Belum ada pesan.</p>` : ''}
${threads.slice(0, view.shownThreads).map((thread) => threadView(thread, view))}
${threads.length > view.shownThreads ? html`<p class="gone">${threads.length - view.shownThreads} utas lama tidak ditampilkan.</p>` : ''}
</main>
</body>
</html>`;
}

function switchForm({ id, make, end, isOn }: SimSwitch): Html {
  return html`<form method="post" action="/sim/switches/${id}">
<input type="hidden" name="on" value="${isOn() ? 'false' : 'true'}"><button class="plain">${isOn() ? end : make}</button>
</form>`;
}

function writeForm({ prefill, visitorLabel }: View): Html {
  return html`<form method="post" action="/sim/posts">
<label>Nama akun warga<input name="author" maxlength="50" autocomplete="off" placeholder="warga_karanganyar"></label>
<label>Pesan<textarea name="text" rows="3" required maxlength="5000">${prefill ?? ''}</textarea></label>
${visitorLabel ? html`<label class="tick"><input type="checkbox" name="asVisitor">${visitorLabel}</label>` : ''}
<button>Kirim</button>
</form>`;
}

function threadView({ post, answers }: Thread, view: View): Html {
  return html`<article class="${post.byOffice ? 'office' : 'citizen'}" id="p${post.nativeId}">
<header><strong>${post.author}</strong> <span>· ${time.format(post.at)} WIB${post.hidden ? ' · disembunyikan' : ''}</span></header>
${post.earlierTexts.map((text) => html`<div class="was">${text}</div>`)}
${post.deleted ? html`<p class="gone">Pesan ini dihapus.</p>` : html`<p class="text">${post.text}</p>${actions(post, view)}`}
${answers.map((answer) => threadView(answer, view))}
</article>`;
}

function actions(post: SimulatedPost, { prefill }: View): Html {
  const path = `/sim/posts/${encodeURIComponent(post.nativeId)}`;
  return html`<details><summary>Balas${post.byOffice ? '' : ', ubah atau hapus'}</summary>
<form method="post" action="/sim/posts">
<input type="hidden" name="parentNativeId" value="${post.nativeId}">
<label>Nama akun warga<input name="author" maxlength="50" autocomplete="off" value="${post.byOffice ? '' : post.author}"></label>
<label>Balasan<textarea name="text" rows="2" required maxlength="5000">${prefill ?? ''}</textarea></label>
<label class="tick"><input type="checkbox" name="asOffice">sebagai petugas, langsung dari akun resmi (bukan lewat Tanggap)</label>
<button>Balas</button>
</form>
${
  post.byOffice
    ? ''
    : html`<form method="post" action="${path}/edit">
<label>Ubah pesan<textarea name="text" rows="2" required maxlength="5000">${post.text}</textarea></label><button class="plain">Simpan perubahan</button></form>
<form method="post" action="${path}/delete"><button class="plain">Hapus pesan</button></form>`
}</details>`;
}
