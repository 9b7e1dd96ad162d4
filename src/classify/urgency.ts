import type { Kind, Urgency } from '../domain/classification.ts';
import { type Reading, SIGNAL } from './reading.ts';

export interface UrgencyContext {
  readonly kind: Kind | null;
  readonly secret: boolean;
  /** The subject belongs to a spot: long neglect there is a danger or a nuisance to many. */
  readonly placeBound: boolean;
  /** Words for a landslide or a collapsed wall, in the message or in what it answers. */
  readonly isCollapse: boolean;
}

const NEGLECT_DAYS = 7;
const DAYS: Readonly<Record<string, number>> = { hari: 1, minggu: 7, bulan: 30, tahun: 365 };
const NUMERALS: Readonly<Record<string, number>> = {
  satu: 1,
  dua: 2,
  rong: 2,
  loro: 2,
  tiga: 3,
  telung: 3,
  telu: 3,
  empat: 4,
  patang: 4,
  lima: 5,
  limang: 5,
  enam: 6,
  tujuh: 7,
  pitung: 7,
  delapan: 8,
  sembilan: 9,
  sepuluh: 10,
  puluh: 10,
  se: 1,
};

export function urgencyOf(reading: Reading, context: UrgencyContext): Urgency {
  const { count } = reading;
  if (context.kind === 'apresiasi' || context.kind === 'bukan_aduan' || context.kind === 'aspirasi')
    return 'rendah';
  if (isEmergency(reading, context)) return 'darurat';
  if (context.secret) return 'tinggi';
  if (count(SIGNAL.escalate) > 0 && context.placeBound) return 'tinggi';
  if (context.kind === 'permintaan_informasi') {
    return count(SIGNAL.care_need) > 0 && count(SIGNAL.minor) + count(SIGNAL.vulnerable) > 1
      ? 'tinggi'
      : 'biasa';
  }
  const isHigh =
    count(SIGNAL.harm) > 0 ||
    count(SIGNAL.danger_now) > 0 ||
    count(SIGNAL.serious) > 0 ||
    count(SIGNAL.vulnerable) > 0 ||
    (context.placeBound && isNeglected(reading));
  return isHigh ? 'tinggi' : 'biasa';
}

function isEmergency({ count }: Reading, context: UrgencyContext): boolean {
  const isNow = count(SIGNAL.now) + count(SIGNAL.help_cry) > 0;
  if (count(SIGNAL.danger_now) > 0 && (isNow || count(SIGNAL.death) > 0 || count(SIGNAL.harm) > 0))
    return true;
  if (count(SIGNAL.violence) > 0 && count(SIGNAL.minor) > 0 && isNow) return true;
  if (count(SIGNAL.collapse) > 0 && count(SIGNAL.road_cut) + count(SIGNAL.death) > 0) return true;
  return context.isCollapse && count(SIGNAL.now) > 0 && count(SIGNAL.harm) > 0;
}

/** "sudah 10 hari", "wis rong minggu", "berbulan-bulan". */
function isNeglected(reading: Reading): boolean {
  if (reading.count(SIGNAL.week_or_more) > 0) return true;
  const words = reading.tokens.words;
  for (let at = 1; at < words.length; at++) {
    const days = DAYS[words[at]!.form];
    if (days === undefined) continue;
    const before = words[at - 1]!;
    const amount = before.kind === 'number' ? Number(before.raw) : NUMERALS[before.raw];
    if (amount !== undefined && amount * days >= NEGLECT_DAYS) return true;
  }
  return false;
}
