import { DAY, HOUR, MINUTE } from '../core/clock.ts';
import type { Channel } from './channel.ts';
import type { Words } from './policies.ts';
import type { Role } from './user.ts';

/** What is known of a channel beside its own document. */
export interface ChannelFacts {
  /** When the newest message came in; null: none yet. */
  readonly lastMessageAt: Date | null;
  /** How long it took from its writing to us, in milliseconds. */
  readonly lagMs: number | null;
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
  readonly words: Words;
  /** What to do about it. */
  readonly todo: Words;
  /** Who may. */
  readonly who: Extract<Role, 'superadmin' | 'petugas'>;
}

export interface ChannelHealth {
  readonly troubles: readonly Trouble[];
  /** Good to know; nobody is called for it. */
  readonly notes: readonly string[];
  /** The channel's own normal rate: one message in so many hours; null: too few to tell. */
  readonly usualHours: number | null;
  readonly lastMessageAt: Date | null;
  readonly lagMs: number | null;
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
const unreachableAfter = 15 * MINUTE;
const tokenWarnsBefore = 7 * DAY;
const moneyWarnsFrom = 0.9;

type BrokenReason = NonNullable<Channel['broken']>['reason'];

export const brokenTodo: Record<BrokenReason, Words> = {
  token: {
    id: 'Sambungkan ulang akun ini: buat token baru, isi di .env, mulai ulang Tanggap, lalu tekan "Jalankan lagi".',
    en: 'Connect this account again: make a new token, put it into .env, restart Tanggap, then press "Run again".',
  },
  permission: {
    id: 'Berikan lagi izin yang hilang kepada aplikasi, lalu tekan "Jalankan lagi".',
    en: 'Give the app the missing permission again, then press "Run again".',
  },
  money: {
    id: 'Isi saldo atau naikkan anggaran pada platform, lalu tekan "Jalankan lagi".',
    en: 'Top up the account or raise the budget on the platform, then press "Run again".',
  },
  account: {
    id: 'Masuk ke akun lewat situs platform dan ikuti petunjuknya, lalu tekan "Jalankan lagi".',
    en: 'Log in to the account on the platform and do what it asks, then press "Run again".',
  },
};

const brokenWords: Record<BrokenReason, Words> = {
  token: { id: 'Token tidak berlaku lagi.', en: 'The token is no longer valid.' },
  permission: {
    id: 'Izin aplikasi dicabut atau berubah.',
    en: 'The permission of the app was revoked or changed.',
  },
  money: { id: 'Saldo atau anggaran habis.', en: 'The balance or the budget is used up.' },
  account: { id: 'Akun dibatasi oleh platform.', en: 'The platform restricts the account.' },
};

const hours = (ms: number) => Math.floor(ms / HOUR);

/** Before it was connected nothing could come: what is older is history that was fetched, and no silence. */
function silence(
  { connectedAt }: Channel,
  { lastMessageAt }: ChannelFacts,
  usualHours: number | null,
  now: Date,
): Trouble | null {
  if (usualHours === null || lastMessageAt === null) return null;
  const silentMs = now.getTime() - Math.max(lastMessageAt.getTime(), connectedAt.getTime());
  if (silentMs < Math.max(shortestSilence, unusualFactor * usualHours * HOUR)) return null;
  const usual = Math.round(usualHours);
  const often = usualHours < 1;
  return {
    kind: 'silent',
    words: {
      id: `Tidak ada pesan selama ${hours(silentMs)} jam; biasanya ${often ? 'beberapa kali sejam' : `sekali dalam ${usual} jam`}.`,
      en: `No message for ${hours(silentMs)} hours; usually ${often ? 'several an hour' : `one in ${usual} hours`}.`,
    },
    todo: {
      id: 'Buka kanalnya langsung dan bandingkan: bila ada pesan yang tidak masuk, laporkan kepada admin sistem.',
      en: 'Open the channel itself and compare: if a message did not come in, tell the system admin.',
    },
    who: 'petugas',
  };
}

function asking(channel: Channel, facts: ChannelFacts, now: Date): Trouble | null {
  const { lastSuccessAt, breaker } = channel;
  if (facts.pollEveryMs === null || breaker.failures === 0 || lastSuccessAt === null) return null;
  const since = now.getTime() - lastSuccessAt.getTime();
  if (since < unreachableAfter) return null;
  return {
    kind: 'unreachable',
    words: {
      id: `Platform tidak menjawab sejak ${Math.floor(since / MINUTE)} menit (${breaker.failures} kali gagal).`,
      en: `The platform has not answered for ${Math.floor(since / MINUTE)} minutes (failed ${breaker.failures} times).`,
    },
    todo: {
      id: 'Biasanya pulih sendiri dan pesan yang tertinggal dikejar. Bila lebih dari satu jam, periksa jaringan server.',
      en: 'It usually recovers by itself and what was missed is caught up. After more than an hour, check the network of the server.',
    },
    who: 'superadmin',
  };
}

function token(channel: Channel, now: Date): Trouble | null {
  const expiresAt = channel.probe?.expiresAt ?? null;
  if (expiresAt === null || expiresAt.getTime() - now.getTime() > tokenWarnsBefore) return null;
  const left = Math.max(0, Math.ceil((expiresAt.getTime() - now.getTime()) / DAY));
  return {
    kind: 'token',
    words:
      left === 0
        ? { id: 'Token sudah habis masanya.', en: 'The token has expired.' }
        : { id: `Token habis masanya dalam ${left} hari.`, en: `The token expires in ${left} days.` },
    todo: {
      id: 'Buat token baru sebelum itu; sesudahnya kanal ini berhenti.',
      en: 'Make a new token before that; afterwards this channel stops.',
    },
    who: 'superadmin',
  };
}

function money(channel: Channel, now: Date): Trouble | null {
  const { limitMicros, spentMicros, month } = channel.budget;
  if (limitMicros === null || limitMicros === 0 || month !== now.toISOString().slice(0, 7)) return null;
  const share = spentMicros / limitMicros;
  if (share < moneyWarnsFrom) return null;
  return {
    kind: 'money',
    words: {
      id: `Anggaran bulan ini terpakai ${Math.floor(share * 100)} %.`,
      en: `${Math.floor(share * 100)} % of the month's budget is spent.`,
    },
    todo: {
      id: 'Pencarian kata kunci ditunda dahulu; pada 100 % kanal berhenti sampai bulan depan atau anggaran dinaikkan.',
      en: 'The search for keywords waits first; at 100 % the channel stops until next month or until the budget is raised.',
    },
    who: 'superadmin',
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
    notes: [...(channel.probe?.warnings ?? []), ...(channel.refusedFields ?? [])],
    usualHours,
    lastMessageAt: facts.lastMessageAt,
    lagMs: facts.lagMs,
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
    return [{ kind: 'broken', words: brokenWords[reason], todo: brokenTodo[reason], who: 'superadmin' }];
  }
  const found = [
    asking(channel, facts, now),
    silence(channel, facts, usualHours, now),
    token(channel, now),
    money(channel, now),
  ];
  return found.filter((trouble) => trouble !== null);
}
