import { html, raw } from 'hono/html';
import { kindWords } from '../contract/words.ts';
import type { Html } from '../page/layout.ts';
import { inLanguage, publicPage, type View, wrongBox } from './public-layout.ts';
import { type Receipt, reportKinds, type SiteDeps } from './report.ts';
import { citizenWords } from './words.ts';

export const mostPhotos = 3;
/** Of one photo, in megabytes. */
export const largestPhotoMb = 12;

/** What was typed, as it is shown again when something is missing. */
export type Typed = Readonly<Record<string, string | undefined>>;

interface Form {
  readonly view: View;
  readonly stamp: string;
  readonly places: SiteDeps['places'];
  readonly typed: Typed;
  /** What to mend, in words. */
  readonly wrong: readonly string[];
}

const checked = (on: boolean) => (on ? raw('checked') : '');

function kinds({ view: { language }, typed }: Form): Html {
  const say = citizenWords[language];
  return html`<fieldset>
    <legend>${say.kind}</legend>
    ${reportKinds.map(
      (kind) =>
        html`<label class="choice"><input type="radio" name="jenis" value="${kind}" required ${checked((typed.jenis ?? 'pengaduan') === kind)} />
          ${kindWords[language][kind]} <small>(${say.kindExamples[kind]})</small></label>`,
    )}
  </fieldset>`;
}

function place({ view, places, typed }: Form): Html {
  const say = citizenWords[view.language];
  return html`<fieldset>
    <legend>${say.where}</legend>
    <label for="kecamatan">${say.district}</label>
    <select id="kecamatan" name="kecamatan">
      <option value="">${say.noPlace}</option>
      ${places.kecamatan.map((name) => html`<option ${typed.kecamatan === name ? raw('selected') : ''}>${name}</option>`)}
    </select>
    <label for="tempat">${say.place}</label>
    <input id="tempat" name="tempat" list="tempat-tempat" maxlength="120" value="${typed.tempat ?? ''}" autocomplete="off" />
    <datalist id="tempat-tempat">
      ${places.spots.map((one) => html`<option value="${[one.name, ...one.kecamatan.slice(0, 1)].join(', ')}"></option>`)}
    </datalist>
  </fieldset>`;
}

function person({ view, typed }: Form): Html {
  const say = citizenWords[view.language];
  return html`<fieldset>
    <legend>${say.you}</legend>
    <label for="nama">${say.name}</label><input id="nama" name="nama" maxlength="100" autocomplete="name" value="${typed.nama ?? ''}" />
    <label for="surel">${say.mail}</label>
    <input id="surel" name="surel" type="email" maxlength="200" autocomplete="email" value="${typed.surel ?? ''}" />
    <label for="telepon">${say.phone}</label>
    <input id="telepon" name="telepon" type="tel" maxlength="30" autocomplete="tel" value="${typed.telepon ?? ''}" />
    <label class="choice"><input type="checkbox" name="anonim" value="ya" ${checked(typed.anonim !== undefined)} />
      ${say.anonymous} <small>(${say.anonymousHint})</small></label>
    <label class="choice"><input type="checkbox" name="rahasia" value="ya" ${checked(typed.rahasia !== undefined)} />
      ${say.secret} <small>(${say.secretHint})</small></label>
  </fieldset>`;
}

/** The form. Everything works without JavaScript. */
export function laporPage(form: Form): Html {
  const { view, stamp, typed, wrong } = form;
  const say = citizenWords[view.language];
  return publicPage(
    view,
    say.report,
    '/lapor',
    html`<h1>${say.formTitle}</h1>
      <p>${say.withoutAccount} ${say.emergency} <strong>112</strong>.</p>
      ${wrongBox(wrong)}
      <form method="post" action="${inLanguage('/lapor', view.language)}" enctype="multipart/form-data" class="card">
        <input type="hidden" name="cap" value="${stamp}" />
        ${kinds(form)}
        <label for="laporan">${say.text}</label>
        <textarea id="laporan" name="isi" rows="7" required minlength="15" maxlength="5000"
          aria-describedby="petunjuk">${typed.isi ?? ''}</textarea>
        <p id="petunjuk"><small>${say.textHint}</small></p>
        ${place(form)}
        <label for="foto">${say.photos(mostPhotos, largestPhotoMb)}</label>
        <input id="foto" name="foto" type="file" accept="image/jpeg,image/png,image/webp" multiple aria-describedby="tentang-foto" />
        <p id="tentang-foto"><small>${say.photosHint}</small></p>
        ${person(form)}
        <div class="skip"><label for="situs">${say.leaveEmpty}</label>
          <input id="situs" name="situs" tabindex="-1" autocomplete="off" value="" /></div>
        <label class="choice"><input type="checkbox" name="setuju" value="ya" required ${checked(typed.setuju !== undefined)} />
          ${say.consent}</label>
        <button class="main">${say.send}</button>
      </form>`,
  );
}

/** What the citizen keeps. */
export function receiptPage(view: View, receipt: Receipt | null, contact: Html | ''): Html {
  const say = citizenWords[view.language];
  if (receipt === null)
    return publicPage(
      view,
      say.received,
      null,
      html`<h1>${say.received}</h1><p class="card">${say.numberComes}</p>`,
    );
  return publicPage(
    view,
    say.received,
    null,
    html`<h1>${say.received}</h1>
      <div class="card" role="status">
        <dl>
          <dt>${say.number}</dt><dd><strong>${receipt.number}</strong></dd>
          ${receipt.code === null ? '' : html`<dt>${say.code}</dt><dd><strong>${receipt.code}</strong></dd>`}
        </dl>
        ${
          receipt.code === null
            ? html`<p>${contact === '' ? say.secretWithoutContact : say.secretReceipt}</p>`
            : html`<p>${say.keepBoth} <a href="${inLanguage('/lacak', view.language)}">${say.withBoth}</a>.</p>`
        }
      </div>
      ${contact}`,
  );
}
