import { DAY, HOUR } from '../core/clock.ts';
import type { Channel } from './channel.ts';

/** What is known of a channel beside its own document. */
export interface ChannelFacts {
  /** When the newest message came in; null: none yet. */
  readonly lastMessageAt: Date | null;
  /** Messages that came in over the last {@link rateDays} days. */
  readonly messages: number;
  /** How often it is asked, in milliseconds; null: it is not asked, messages are brought. */
  readonly pollEveryMs: number | null;
}

/** What may be wrong with a channel. */
export const troubleKinds = ['broken', 'unreachable', 'silent', 'token', 'money'] as const;
export type TroubleKind = (typeof troubleKinds)[number];

/** Something about a channel that a person has to see to. */
export interface Trouble {
  readonly kind: TroubleKind;
  readonly words: string;
  /** What to do about it. */
  readonly todo: string;
  /** Who may. */
  readonly who: 'Admin sistem' | 'Petugas aduan';
}

export interface ChannelHealth {
  readonly troubles: readonly Trouble[];
  /** The channel's own normal rate: one message in so many hours; null: too few to tell. */
  readonly usualHours: number | null;
  readonly lastMessageAt: Date | null;
  readonly nextPollAt: Date | null;
}

/** Over so many days the normal rate is counted. */
export const rateDays = 28;
/** Fewer messages tell no rate. */
const fewestMessages = 8;
/** Messages that come at random leave a gap of seven times the usual one with a chance of e^-7, once in a thousand. */
const unusualFactor = 7;
/** Nobody writes at night: a shorter silence is none. */
const shortestSilence = 12 * HOUR;
/** Failed asking for so long is no hiccup. */
const unreachableAfter = 15 * 60_000;
const tokenWarnsBefore = 7 * DAY;
const moneyWarnsFrom = 0.9;

const brokenTodo: Record<NonNullable<Channel['broken']>['reason'], string> = {
  token:
    'Sambungkan ulang akun ini: buat token baru, isi di .env, mulai ulang Tanggap, lalu tekan "Jalankan lagi".',
  permission: 'Berikan lagi izin yang hilang kepada aplikasi, lalu tekan "Jalankan lagi".',
  money: 'Isi saldo atau naikkan anggaran pada platform, lalu tekan "Jalankan lagi".',
  account: 'Masuk ke akun lewat situs platform dan ikuti petunjuknya, lalu tekan "Jalankan lagi".',
};

const brokenWords: Record<NonNullable<Channel['broken']>['reason'], string> = {
  token: 'Token tidak berlaku lagi.',
  permission: 'Izin aplikasi dicabut atau berubah.',
  money: 'Saldo atau anggaran habis.',
  account: 'Akun dibatasi oleh platform.',
};

const hours = (ms: number) => Math.floor(ms / HOUR);

function silence(facts: ChannelFacts, usualHours: number | null, now: Date): Trouble | null {
  if (usualHours === null || facts.lastMessageAt === null) return null;
  const silentMs = now.getTime() - facts.lastMessageAt.getTime();
  if (silentMs < Math.max(shortestSilence, unusualFactor * usualHours * HOUR)) return null;
  const usual = usualHours < 1 ? 'beberapa kali sejam' : `sekali dalam ${Math.round(usualHours)} jam`;
  return {
    kind: 'silent',
    words: `Tidak ada pesan selama ${hours(silentMs)} jam; biasanya ${usual}.`,
    todo: 'Buka kanalnya langsung dan bandingkan: bila ada pesan yang tidak masuk, laporkan kepada admin sistem.',
    who: 'Petugas aduan',
  };
}

function asking(channel: Channel, facts: ChannelFacts, now: Date): Trouble | null {
  const { lastSuccessAt, breaker } = channel;
  if (facts.pollEveryMs === null || breaker.failures === 0 || lastSuccessAt === null) return null;
  const since = now.getTime() - lastSuccessAt.getTime();
  if (since < unreachableAfter) return null;
  return {
    kind: 'unreachable',
    words: `Platform tidak menjawab sejak ${Math.floor(since / 60_000)} menit (${breaker.failures} kali gagal).`,
    todo: 'Biasanya pulih sendiri dan pesan yang tertinggal dikejar. Bila lebih dari satu jam, periksa jaringan server.',
    who: 'Admin sistem',
  };
}

function token(channel: Channel, now: Date): Trouble | null {
  const expiresAt = channel.probe?.expiresAt ?? null;
  if (expiresAt === null || expiresAt.getTime() - now.getTime() > tokenWarnsBefore) return null;
  const left = Math.max(0, Math.ceil((expiresAt.getTime() - now.getTime()) / DAY));
  return {
    kind: 'token',
    words: left === 0 ? 'Token sudah habis masanya.' : `Token habis masanya dalam ${left} hari.`,
    todo: 'Buat token baru sebelum itu; sesudahnya kanal ini berhenti.',
    who: 'Admin sistem',
  };
}

function money(channel: Channel, now: Date): Trouble | null {
  const { limitMicros, spentMicros, month } = channel.budget;
  if (limitMicros === null || limitMicros === 0 || month !== now.toISOString().slice(0, 7)) return null;
  const share = spentMicros / limitMicros;
  if (share < moneyWarnsFrom) return null;
  return {
    kind: 'money',
    words: `Anggaran bulan ini terpakai ${Math.floor(share * 100)} %.`,
    todo: 'Pencarian kata kunci ditunda dahulu; pada 100 % kanal berhenti sampai bulan depan atau anggaran dinaikkan.',
    who: 'Admin sistem',
  };
}

/** How a channel fares, in words for the office. A channel that a person paused has no troubles: he knows. */
export function healthOf(channel: Channel, facts: ChannelFacts, now: Date): ChannelHealth {
  const usualHours = facts.messages < fewestMessages ? null : (rateDays * 24) / facts.messages;
  const nextPollAt =
    channel.state !== 'ok' || facts.pollEveryMs === null
      ? null
      : new Date(
          Math.max(
            (channel.lastPolledAt?.getTime() ?? now.getTime()) + facts.pollEveryMs,
            channel.blockedUntil?.getTime() ?? 0,
            channel.breaker.openUntil?.getTime() ?? 0,
          ),
        );
  return {
    troubles: troublesOf(channel, facts, usualHours, now),
    usualHours,
    lastMessageAt: facts.lastMessageAt,
    nextPollAt,
  };
}

function troublesOf(
  channel: Channel,
  facts: ChannelFacts,
  usualHours: number | null,
  now: Date,
): readonly Trouble[] {
  if (channel.state === 'paused') return [];
  if (channel.state === 'broken' && channel.broken) {
    const { reason } = channel.broken;
    return [{ kind: 'broken', words: brokenWords[reason], todo: brokenTodo[reason], who: 'Admin sistem' }];
  }
  const found = [
    asking(channel, facts, now),
    silence(facts, usualHours, now),
    token(channel, now),
    money(channel, now),
  ];
  return found.filter((trouble) => trouble !== null);
}
