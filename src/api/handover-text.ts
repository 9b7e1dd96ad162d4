import { DateTime } from 'luxon';
import type { HandoverShape } from './contract/handover.ts';
import { caseStateWords, viewWords } from './page/words.ts';

type Figures = Omit<HandoverShape, 'text'>;
type Counted = HandoverShape['waking'];

function inWib(at: Date, format: string): string {
  return DateTime.fromJSDate(at, { zone: 'Asia/Jakarta' }).setLocale('id').toFormat(format);
}

const shown = ({ count, more }: Counted) => `${count.toLocaleString('id-ID')}${more ? '+' : ''}`;

function line(name: string, counted: Counted): readonly string[] {
  return counted.count === 0 ? [] : [`${name}: ${shown(counted)}`];
}

function block(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `*${title}*`, ...lines];
}

/** @param all as many as are near the deadline */
function deadlines({ soonest, at }: Figures, all: number): readonly string[] {
  const named = soonest.filter(({ secret }) => !secret);
  const secret = soonest.length - named.length;
  const lines = named.map(({ number, agencyName, dueAt, assigneeName }) => {
    const due = `batas ${inWib(dueAt, 'd MMM HH.mm')}${dueAt < at ? ' (lewat)' : ''}`;
    return [number, agencyName, due, assigneeName ?? 'belum ada petugas'].filter(Boolean).join(' · ');
  });
  // Read by many in a group: a secret case is not even named.
  const more = all - soonest.length;
  return [
    ...lines,
    ...(secret > 0 ? [`dan ${secret} aduan rahasia: lihat di Tanggap`] : []),
    ...(more > 0 ? [`dan ${more.toLocaleString('id-ID')} lagi dengan batas sesudahnya`] : []),
  ];
}

/** The handover as a message for WhatsApp, whose bold is between asterisks: no citizen, no text, no place. */
export function handoverText(figures: Figures, demo: boolean): string {
  const { views, people, silent, replies, waking, tonight } = figures;
  const near = { count: people.reduce((sum, one) => sum + one.near, 0), more: false };
  return [
    '*SERAH TERIMA MEJA ADUAN*',
    `${inWib(figures.at, 'cccc, d MMMM yyyy HH.mm')} WIB`,
    ...(demo ? ['DATA SIMULASI'] : []),
    '',
    ...(['darurat', 'perlu-dicek', 'belum-ditanggapi', 'minta-dibuka'] as const).flatMap((view) =>
      line(viewWords[view], views[view]),
    ),
    ...block(
      'Menunggu siapa',
      people.map(({ name, total, near: soon, states }) => {
        const parts = states.map(({ state, count }) => `${caseStateWords[state].toLowerCase()} ${count}`);
        return `${name ?? 'Belum ada petugas'}: ${total} (${parts.join(', ')})${soon > 0 ? `, ${soon} hampir lewat batas` : ''}`;
      }),
    ),
    ...block(`Hampir lewat batas (${shown(near)})`, deadlines(figures, near.count)),
    ...block('Balasan', [
      ...line('Menunggu orang kedua', replies.menunggu),
      ...line('Dikembalikan untuk diperbaiki', replies.dikembalikan),
      ...line('Disetujui, belum dikirim', replies.disetujui),
      ...line('Antre dan mengirim', replies.terjadwal),
      ...line('Perlu keputusan petugas', replies.keputusan),
      ...line('Gagal kirim', replies.gagal),
      ...(figures.sendingStopped ? ['SEMUA PENGIRIMAN DIHENTIKAN'] : []),
    ]),
    ...block(
      'OPD belum menjawab',
      silent.map(
        ({ name, count, oldestAt }) =>
          `${name ?? 'Belum ada OPD'}: ${count}, tertua ${inWib(oldestAt, 'd MMM')}`,
      ),
    ),
    ...block('Malam ini', line(`Diingatkan lagi sebelum ${inWib(tonight, 'cccc HH.mm')}`, waking)),
  ].join('\n');
}
