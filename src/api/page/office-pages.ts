import { html } from 'hono/html';
import type { Recap, RecapRow } from '../../analyze/recap.ts';
import type { Case } from '../../domain/case.ts';
import { may } from '../../domain/policies.ts';
import type { Reply } from '../../domain/reply.ts';
import type { User } from '../../domain/user.ts';
import { openDeadline } from '../contract/deadline.ts';
import { oneLine } from '../masking.ts';
import type { ChannelView } from '../views.ts';
import type { Names } from './inbox-page.ts';
import { type Frame, type Html, layout, oneButton } from './layout.ts';
import { ageOf, deadlineOf, inWib } from './time.ts';
import { channelStateWords, platformWords, replyStateWords, roleWords } from './words.ts';

/** Replies that wait for somebody, the longest untouched first. */
export function approvalPage(
  frame: Frame,
  user: User,
  queues: readonly {
    readonly title: string;
    readonly rows: readonly { readonly reply: Reply; readonly case: Case }[];
  }[],
  names: Names,
): Html {
  const line = ({ reply, case: one }: { reply: Reply; case: Case }) => {
    const deadline = deadlineOf(openDeadline(one), frame);
    return html`<li>
      <a href="/ringan/draf/${encodeURIComponent(reply._id)}">
        <div class="meta">
          <span class="chip platform">${platformWords[reply.target.platform]}</span><span>${one._id}</span>
          ${one.agency ? html`<span class="chip">${names.agency(one.agency)}</span>` : ''}
          <span class="chip">${replyStateWords[reply.state]}</span>
          ${reply.authors.includes(user._id) ? html`<span class="chip amber">tulisan Anda</span>` : ''}
          ${one.secret ? html`<span class="chip red">Rahasia</span>` : ''}
          ${deadline ? html`<span class="chip ${deadline.tone === 'late' ? 'red' : ''}">${deadline.words}</span>` : ''}
        </div>
        <p class="line">${oneLine(reply.text, 160)}</p>
        <div class="meta"><span>${reply.authors.join(', ')}</span><span>${ageOf(reply.updatedAt, frame.now)}</span></div>
      </a>
    </li>`;
  };
  return layout(
    frame,
    'Persetujuan',
    html`<h1>Persetujuan</h1>
      <div id="antrean" data-live>
        ${queues.map(
          (queue) =>
            html`<h2>${queue.title} (${queue.rows.length})</h2>
              ${queue.rows.length === 0 ? html`<p class="card">Tidak ada.</p>` : html`<ul class="threads">${queue.rows.map(line)}</ul>`}`,
        )}
      </div>`,
  );
}

function channelButtons(frame: Frame, channel: ChannelView): Html {
  const act = (change: string, words: string) =>
    oneButton(frame, {
      action: `/ringan/saluran/${encodeURIComponent(channel._id)}/${change}`,
      words,
      why: null,
    });
  return html`<div class="acts">
    ${channel.state === 'ok' ? act('pause', 'Jeda') : act('resume', 'Jalankan lagi')}
    ${channel.sending ? act('sending-off', 'Matikan pengiriman') : act('sending-on', 'Izinkan pengiriman')}
  </div>`;
}

function channelCard(channel: ChannelView, now: Date): Html {
  const { broken, blockedUntil, lastSuccessAt } = channel;
  const success = lastSuccessAt ? `${inWib(lastSuccessAt)} (${ageOf(lastSuccessAt, now)})` : 'belum pernah';
  return html`<div class="meta">
      <span class="chip platform">${platformWords[channel.platform]}</span><strong>${channel.account}</strong>
      <span class="chip ${channel.state === 'ok' ? 'green' : 'red'}">${channelStateWords[channel.state]}</span>
      <span class="chip ${channel.sending ? '' : 'amber'}">${channel.sending ? 'Boleh mengirim' : 'Pengiriman mati'}</span>
    </div>
    ${channel.health.troubles.map(
      (trouble) =>
        html`<p class="wrong"><strong>${trouble.words.id}</strong> ${trouble.todo.id} <small>(${roleWords[trouble.who]})</small></p>`,
    )}
    ${channel.health.notes.map((note) => html`<p><small>${note}</small></p>`)}
    <dl>
      <dt>Pesan terakhir</dt>
      <dd>${channel.health.lastMessageAt ? `${inWib(channel.health.lastMessageAt)} (${ageOf(channel.health.lastMessageAt, now)})` : 'belum ada'}</dd>
      ${channel.health.usualHours === null ? '' : html`<dt>Biasanya</dt><dd>satu pesan dalam ${Math.max(1, Math.round(channel.health.usualHours))} jam</dd>`}
      ${channel.health.nextPollAt ? html`<dt>Dicek lagi</dt><dd>${inWib(channel.health.nextPollAt)}</dd>` : ''}
      ${channel.tokenExpiresAt ? html`<dt>Token berlaku sampai</dt><dd>${inWib(channel.tokenExpiresAt)}</dd>` : ''}
      <dt>Terakhir berhasil</dt>
      <dd>${success}</dd>
      ${blockedUntil && blockedUntil > now ? html`<dt>Dibatasi sampai</dt><dd>${inWib(blockedUntil)}</dd>` : ''}
      ${broken ? html`<dt>Kata platform</dt><dd>${broken.platformWords} (sejak ${inWib(broken.since)})</dd>` : ''}
    </dl>`;
}

/** Health of each account, in words. */
export function channelsPage(frame: Frame, user: User, channels: readonly ChannelView[]): Html {
  const mayManage = may(user, 'channel.manage');
  return layout(
    frame,
    'Saluran',
    html`<h1>Saluran</h1>
      ${channels.length === 0 ? html`<p class="card">Belum ada saluran.</p>` : ''}
      ${channels.map(
        (channel) =>
          html`<article class="card">
            ${channelCard(channel, frame.now)} ${mayManage ? channelButtons(frame, channel) : ''}
          </article>`,
      )}`,
  );
}

export function recapPage(frame: Frame, recap: Recap, names: Names): Html {
  const table = (title: string, rows: readonly RecapRow[], name: (key: string | null) => string | null) =>
    html`<h2>${title}</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="${title}">
        <table>
          <thead>
            <tr><th>Nama</th><th class="number">Masuk</th><th class="number">Dijawab</th><th class="number">Lewat batas</th></tr>
          </thead>
          <tbody>
            ${rows.map(
              (row) =>
                html`<tr>
                  <td>${name(row.key) ?? 'belum ditentukan'}</td><td class="number">${row.in}</td>
                  <td class="number">${row.answered}</td><td class="number">${row.late}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  const platformName = (key: string | null) => (key === null ? null : (platformWords[key] ?? key));
  return layout(
    frame,
    'Rekap',
    html`<h1>Rekap aduan</h1>
      <form method="get" action="/ringan/rekap" class="filter">
        <div><label for="dari">Dari</label><input id="dari" name="from" type="date" value="${recap.from}" required /></div>
        <div><label for="sampai">Sampai</label><input id="sampai" name="to" type="date" value="${recap.to}" required /></div>
        <button>Tampilkan</button>
      </form>
      <p>
        <strong>${recap.in}</strong> aduan masuk, <strong>${recap.answered}</strong> dijawab, <strong>${recap.late}</strong> lewat batas.
        Waktu WIB.
      </p>
      <p>
        Pesan ${recap.messages.total}: apresiasi ${recap.messages.praise}, tersaring (spam) ${recap.messages.spam}, bukan aduan
        ${recap.messages.notComplaints}.
      </p>
      ${table('Per perangkat daerah', recap.byAgency, names.agency)} ${table('Per saluran', recap.byPlatform, platformName)}
      ${table('Per pokok aduan', recap.bySubject, names.subject)}`,
  );
}
