import { html, raw } from 'hono/html';
import type { Html } from '../page/layout.ts';
import { kindWords } from '../page/words.ts';
import { publicPage, wrongBox } from './public-layout.ts';
import { type Receipt, reportKinds, type SiteDeps } from './report.ts';

export const mostPhotos = 3;
/** Of one photo, in megabytes. */
export const largestPhotoMb = 12;

/** What was typed, as it is shown again when something is missing. */
export type Typed = Readonly<Record<string, string | undefined>>;

interface Form {
  readonly mode: 'demo' | 'live';
  readonly stamp: string;
  readonly places: SiteDeps['places'];
  readonly typed: Typed;
  /** What to mend, in words. */
  readonly wrong: readonly string[];
}

const checked = (on: boolean) => (on ? raw('checked') : '');

function kinds(typed: Typed): Html {
  const examples: Record<(typeof reportKinds)[number], string> = {
    pengaduan: 'ada yang rusak, tidak berjalan, atau tidak semestinya',
    aspirasi: 'usul atau saran',
    permintaan_informasi: 'bertanya',
  };
  return html`<fieldset>
    <legend>Jenis laporan</legend>
    ${reportKinds.map(
      (kind) =>
        html`<label class="choice"><input type="radio" name="jenis" value="${kind}" required ${checked((typed.jenis ?? 'pengaduan') === kind)} />
          ${kindWords[kind]} <small>(${examples[kind]})</small></label>`,
    )}
  </fieldset>`;
}

function place({ places, typed }: Form): Html {
  return html`<fieldset>
    <legend>Di mana</legend>
    <label for="kecamatan">Kecamatan</label>
    <select id="kecamatan" name="kecamatan">
      <option value="">Tidak tahu atau tidak menyangkut tempat</option>
      ${places.kecamatan.map((name) => html`<option ${typed.kecamatan === name ? raw('selected') : ''}>${name}</option>`)}
    </select>
    <label for="tempat">Desa, kelurahan atau tempat</label>
    <input id="tempat" name="tempat" list="tempat-tempat" maxlength="120" value="${typed.tempat ?? ''}" autocomplete="off" />
    <datalist id="tempat-tempat">
      ${places.spots.map((one) => html`<option value="${[one.name, ...one.kecamatan.slice(0, 1)].join(', ')}"></option>`)}
    </datalist>
  </fieldset>`;
}

function person(typed: Typed): Html {
  return html`<fieldset>
    <legend>Anda (boleh dikosongkan)</legend>
    <label for="nama">Nama</label><input id="nama" name="nama" maxlength="100" autocomplete="name" value="${typed.nama ?? ''}" />
    <label for="surel">Surel (email)</label>
    <input id="surel" name="surel" type="email" maxlength="200" autocomplete="email" value="${typed.surel ?? ''}" />
    <label for="telepon">Telepon atau WhatsApp</label>
    <input id="telepon" name="telepon" type="tel" maxlength="30" autocomplete="tel" value="${typed.telepon ?? ''}" />
    <label class="choice"><input type="checkbox" name="anonim" value="ya" ${checked(typed.anonim !== undefined)} />
      Anonim <small>(nama Anda tidak ditampilkan kepada dinas yang menangani)</small></label>
    <label class="choice"><input type="checkbox" name="rahasia" value="ya" ${checked(typed.rahasia !== undefined)} />
      Rahasia <small>(isi laporan hanya dibaca petugas yang berwenang dan tidak tampil di halaman lacak; tinggalkan kontak supaya kami
      dapat menjawab)</small></label>
  </fieldset>`;
}

/** The form. Everything works without JavaScript. */
export function laporPage(form: Form): Html {
  const { mode, stamp, typed, wrong } = form;
  return publicPage(
    mode,
    'Lapor',
    html`<h1>Sampaikan laporan Anda</h1>
      <p>Tanpa akun. Anda mendapat nomor dan kode untuk mengikuti perkembangannya.
        Keadaan darurat (kebakaran, kecelakaan, orang sakit): telepon <strong>112</strong>.</p>
      ${wrongBox(wrong)}
      <form method="post" action="/lapor" enctype="multipart/form-data" class="card">
        <input type="hidden" name="cap" value="${stamp}" />
        ${kinds(typed)}
        <label for="laporan">Isi laporan</label>
        <textarea id="laporan" name="isi" rows="7" required minlength="15" maxlength="5000"
          aria-describedby="petunjuk">${typed.isi ?? ''}</textarea>
        <p id="petunjuk"><small>Apa yang terjadi, di mana tepatnya, sejak kapan. Jangan tulis NIK atau nomor kartu di sini.</small></p>
        ${place(form)}
        <label for="foto">Foto (paling banyak ${mostPhotos}, masing-masing sampai ${largestPhotoMb} MB, boleh dikosongkan)</label>
        <input id="foto" name="foto" type="file" accept="image/jpeg,image/png,image/webp" multiple aria-describedby="tentang-foto" />
        <p id="tentang-foto"><small>Hanya petugas yang menangani dapat melihatnya. Keterangan di dalam berkas (tempat, waktu, merek telepon)
          kami buang, dan foto dihapus setelah 180 hari.</small></p>
        ${person(typed)}
        <div class="skip"><label for="situs">Kosongkan kolom ini</label>
          <input id="situs" name="situs" tabindex="-1" autocomplete="off" value="" /></div>
        <label class="choice"><input type="checkbox" name="setuju" value="ya" required ${checked(typed.setuju !== undefined)} />
          Saya setuju laporan dan data yang saya isi dipakai Pemerintah Kabupaten Karanganyar untuk menangani laporan ini, diteruskan kepada
          dinas yang berwenang, dan tidak dipakai untuk hal lain.</label>
        <button class="main">Kirim laporan</button>
      </form>`,
  );
}

/** What the citizen keeps. */
export function receiptPage(mode: 'demo' | 'live', receipt: Receipt | null, contact: Html | ''): Html {
  if (receipt === null) {
    return publicPage(
      mode,
      'Laporan diterima',
      html`<h1>Laporan Anda sudah kami terima</h1>
        <p class="card">Nomornya sedang dibuat. Muat ulang halaman ini sebentar lagi (kirim ulang formulir yang sama): laporan tidak akan
          menjadi ganda.</p>`,
    );
  }
  return publicPage(
    mode,
    'Laporan diterima',
    html`<h1>Laporan Anda sudah kami terima</h1>
      <div class="card" role="status">
        <dl>
          <dt>Nomor</dt><dd><strong>${receipt.number}</strong></dd>
          ${receipt.code === null ? '' : html`<dt>Kode</dt><dd><strong>${receipt.code}</strong></dd>`}
        </dl>
        ${
          receipt.code === null
            ? html`<p>Laporan rahasia tidak tampil di halaman lacak. Petugas yang berwenang menjawab lewat kontak yang Anda tinggalkan; pastikan di bawah ini.</p>`
            : html`<p>Catat atau foto nomor dan kode ini. Dengan keduanya Anda dapat <a href="/lacak">melacak laporan</a> dan membaca
                jawabannya.</p>`
        }
      </div>
      ${contact}`,
  );
}
