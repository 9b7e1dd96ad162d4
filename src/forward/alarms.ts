import { afterQuiet, type OfficeHours } from '../cases/office-hours.ts';
import type { TroubleKind } from '../domain/channel-health.ts';
import type { Recipient } from '../domain/forward.ts';
import type { NewNotice } from './forward.ts';
import type { NoticeText } from './words.ts';

/** Who is told of a channel's troubles. From data/escalation.json. */
export interface AlarmRules {
  /** Role of those who are told. */
  readonly role: string;
  /** When they are let alone, in minutes of the WIB day; may reach over midnight. */
  readonly quiet: OfficeHours;
  /** Troubles that tell them even then. */
  readonly anyHour: readonly TroubleKind[];
}

interface TroubleToTell {
  readonly _id: string;
  readonly kind: TroubleKind;
}

/** The alarm for each who sees to channels, or word for each who had it that all is well again. */
export function alarmNotices(
  kind: 'gangguan' | 'pulih',
  trouble: TroubleToTell,
  to: readonly Recipient[],
  rules: AlarmRules,
  now: Date,
): readonly NewNotice[] {
  const dueAt = rules.anyHour.includes(trouble.kind) ? now : afterQuiet(rules.quiet, now);
  return to.map((recipient) => ({
    _id: `n-${kind}-${trouble._id}-${recipient.id}`,
    kind,
    caseId: null,
    linkId: null,
    recipient,
    codeNumber: null,
    incidentId: trouble._id,
    dueAt,
  }));
}

interface AlarmFacts {
  /** "Facebook Pemkab Karanganyar" */
  readonly channel: string;
  readonly words: string;
  readonly todo: string;
  readonly who: string;
  /** Spoken times in WIB; `until` is null while it lasts. */
  readonly since: string;
  readonly until: string | null;
}

/** The words of an alarm, or of its end. No citizen is in them. */
export function alarmText({ channel, words, todo, who, since, until }: AlarmFacts): NoticeText {
  if (until === null)
    return {
      subject: `Gangguan kanal: ${channel}`,
      text: `${channel}: ${words}\n\nYang perlu dilakukan: ${todo}\nOleh: ${who}. Sejak: ${since}.\n\nKeadaan semua kanal ada di Tanggap, Pengaturan, Kanal.`,
      template: 'gangguan_kanal',
      variables: [channel, words, todo],
    };
  return {
    subject: `Kanal pulih: ${channel}`,
    text: `${channel} berjalan lagi sejak ${until}.\n\nGangguan sejak ${since}: ${words}\n\nPesan yang masuk terlambat ditandai di kotak masuk.`,
    template: 'kanal_pulih',
    variables: [channel, since, until],
  };
}
