import { z } from 'zod';
import { caseStates } from '../../domain/case.ts';
import { authorities, flags, kinds, urgencies } from '../../domain/classification.ts';
import { linkStates, noticeWays } from '../../domain/forward.ts';
import { platformIds } from '../../domain/ids.ts';
import { doings } from '../../domain/presence.ts';
import { replyStates } from '../../domain/reply.ts';
import { roles } from '../../domain/user.ts';
import { When } from './base.ts';

export const Platform = z.enum(platformIds);
const Role = z.enum(roles);
export const CaseState = z.enum(caseStates);
export const ReplyState = z.enum(replyStates);

export const UserShape = z.object({
  _id: z.string(),
  name: z.string(),
  role: Role,
  agency: z.string().nullable(),
  mayPublish: z.boolean(),
  demo: z.boolean(),
  disabledAt: When.nullable(),
  /** Nothing else is possible before `auth.changePassword`. */
  mustChangePassword: z.boolean().optional(),
});

const Place = z.object({ kecamatan: z.string().nullable(), name: z.string().nullable() });

/** Somebody has it open. `meninjau`: reviews a draft of it · `menulis`: writes. */
const PresentShape = z.object({ user: z.string(), name: z.string(), doing: z.enum(doings) });

/** One line of the inbox: the case if there is one, else its first message. The text is masked. */
export const ThreadShape = z.object({
  /** Case number, or the id of the message while there is no case. */
  id: z.string(),
  caseNumber: z.string().nullable(),
  mentionId: z.string(),
  platform: Platform,
  author: z.string().nullable(),
  line: z.string(),
  agency: z.string().nullable(),
  subject: z.string().nullable(),
  confidence: z.number().nullable(),
  decided: z.boolean(),
  kind: z.enum(kinds).nullable(),
  urgency: z.enum(urgencies),
  place: Place.nullable(),
  state: CaseState.nullable(),
  secret: z.boolean(),
  postedAt: When,
  receivedAt: When.nullable(),
  dueAt: When.nullable(),
  answeredAt: When.nullable(),
  /** "+4 serupa": messages that back it and cases that follow its answer. */
  similar: z.number().int(),
  /** The case whose answer this one follows. */
  lead: z.string().nullable(),
  agencyName: z.string().nullable(),
  subjectName: z.string().nullable(),
  assignee: z.string().nullable(),
  assigneeName: z.string().nullable(),
  flags: z.array(z.enum(flags)),
  /** While its agency is to act: how far the link that it was sent got; null: none was sent. */
  forward: z.enum(linkStates).nullable(),
  /** The citizen's message is gone from the platform, or hidden there. */
  gone: z.boolean(),
  hidden: z.boolean(),
  snoozedUntil: When.nullable(),
  /** Who has it open now, the caller left out. */
  present: z.array(PresentShape),
  /** Of the case; null while there is none. */
  version: z.number().int().nullable(),
});
export type Thread = z.infer<typeof ThreadShape>;

const ClassificationShape = z.object({
  kind: z.enum(kinds).nullable(),
  decided: z.boolean(),
  subject: z.string().nullable(),
  agency: z.string().nullable(),
  companion: z.string().nullable(),
  authority: z.enum(authorities).nullable(),
  confidence: z.number(),
  runnersUp: z.array(
    z.object({ subject: z.string(), agency: z.string().nullable(), confidence: z.number() }),
  ),
  evidence: z.array(z.object({ words: z.string(), source: z.string(), for: z.string(), weight: z.number() })),
  place: Place.nullable(),
  urgency: z.enum(urgencies),
  secret: z.boolean(),
  secretReasons: z.array(z.string()),
  language: z.string(),
  flags: z.array(z.string()),
  modelVersion: z.string(),
});

/** What speaks for the first two candidates, by the classifier as it is now. */
export const ReasonsShape = z.object({
  modelVersion: z.string(),
  /** The decision that stands was made by another version. */
  isOther: z.boolean(),
  candidates: z.array(
    z.object({
      subjectName: z.string(),
      agencyName: z.string(),
      confidence: z.number(),
      because: z.array(z.object({ words: z.string(), source: z.string(), weight: z.number() })),
    }),
  ),
});

export const MentionShape = z.object({
  _id: z.string(),
  platform: Platform,
  channelId: z.string(),
  /** Personal data is masked unless the caller may see it. */
  text: z.string(),
  masked: z.boolean(),
  /** Its author left a mail address or a telephone, which the desk can open. */
  leftContact: z.boolean(),
  author: z.object({ handle: z.string().nullable(), name: z.string().nullable() }),
  url: z.string().nullable(),
  postedAt: When,
  receivedAt: When,
  deletedAt: When.nullable(),
  hidden: z.boolean(),
  edited: z.boolean(),
  archived: z.boolean(),
  /** Places of its photos: `/media/<message>/<place>` gives one to who may see the message. */
  photos: z.array(z.number().int()),
  /** A video or a file hangs on it too, to be seen in the original. */
  otherMedia: z.boolean(),
  caseId: z.string().nullable(),
  classification: ClassificationShape.nullable(),
});
export type MentionView = z.infer<typeof MentionShape>;

/** "Mengapa DPUPR?" in names, not ids. */
const WhyShape = z.object({
  /** Words of the text, and what each speaks for. */
  words: z.array(
    z.object({
      words: z.string(),
      source: z.string(),
      for: z.string(),
      forName: z.string(),
      weight: z.number(),
    }),
  ),
  /** The three likeliest subjects, the likeliest first. */
  top: z.array(
    z.object({
      subject: z.string(),
      subjectName: z.string(),
      agency: z.string().nullable(),
      agencyName: z.string().nullable(),
      confidence: z.number(),
    }),
  ),
});
export type Why = z.infer<typeof WhyShape>;

const SimilarShape = z.object({
  caseNumber: z.string(),
  line: z.string(),
  platform: Platform,
  agencyName: z.string().nullable(),
  state: CaseState,
  postedAt: When,
  /** It follows this case's answer, or both follow a third one's. */
  linked: z.boolean(),
  /** Worded nearly the same, whatever it is about. */
  copy: z.boolean(),
  version: z.number().int(),
});

/** Messages worded nearly the same, within 30 days. */
const CopiesShape = z.object({
  count: z.number().int(),
  people: z.number().int(),
  /** The likest few that the reader may see. */
  shown: z.array(
    z.object({
      id: z.string(),
      caseNumber: z.string().nullable(),
      line: z.string(),
      platform: Platform,
      postedAt: When,
    }),
  ),
});

export const MentionDetailShape = MentionShape.extend({
  why: WhyShape.nullable(),
  snoozedUntil: When.nullable(),
  /** What must not have changed when it is corrected. */
  revision: z.number().int(),
  copies: CopiesShape,
});

/** Takes the act back, until then. */
export const UndoShape = z.object({ token: z.string(), until: When });

export const CaseShape = z.object({
  _id: z.string(),
  rootMentionId: z.string(),
  platform: Platform,
  kind: z.string(),
  subject: z.string().nullable(),
  agency: z.string().nullable(),
  companion: z.string().nullable(),
  place: Place.nullable(),
  urgency: z.enum(urgencies),
  /** Calls for an inspection: the longer clock. */
  oversight: z.boolean(),
  state: CaseState,
  openedAt: When,
  receivedAt: When,
  dueAt: When.nullable(),
  answeredAt: When.nullable(),
  answeredBy: z.enum(['tanggap', 'luar']).nullable(),
  closedAt: When.nullable(),
  secret: z.boolean(),
  anonymous: z.boolean(),
  /** The citizen's word on the tracking page. */
  feedback: z
    .object({
      rating: z.object({ stars: z.number().int(), at: When }).optional(),
      reopen: z.object({ reason: z.string(), at: When }).optional(),
    })
    .optional(),
  /** Its numbers in files and portals; `state`: what the portal last said of it, where we entered it there. */
  elsewhere: z.array(z.object({ source: z.string(), externalId: z.string(), state: CaseState.nullable() })),
  assignee: z.string().nullable(),
  supporters: z.number().int(),
  version: z.number().int(),
});

export const ReplyShape = z.object({
  _id: z.string(),
  caseId: z.string(),
  platform: Platform,
  mentionId: z.string(),
  state: ReplyState,
  text: z.string(),
  revision: z.number().int(),
  version: z.number().int(),
  authors: z.array(z.string()),
  situation: z.string().nullable(),
  approvedBy: z.string().nullable(),
  releasedBy: z.string().nullable(),
  notBefore: When.nullable(),
  sent: z.object({ url: z.string().nullable(), at: When, by: z.string() }).nullable(),
  reason: z.string().nullable(),
  byDemoRole: z.boolean(),
  /** A receipt that went out by itself (two persons stand behind its text). */
  receipt: z.boolean(),
  createdAt: When,
  updatedAt: When,
});

/** One recipient's link: of whom the agency's answer was asked (never his number or address), and how far that got. */
export const AskedShape = z.object({
  id: z.string(),
  to: z.string(),
  way: z.enum(noticeWays),
  state: z.enum(linkStates),
  at: When,
  openedAt: When.nullable(),
  answeredAt: When.nullable(),
  revokedAt: When.nullable(),
  expiresAt: When,
});

export const CaseDetailShape = CaseShape.extend({
  trackingCode: z.string().nullable(),
  notes: z.array(
    z.object({ at: When, by: z.string(), text: z.string(), mentions: z.array(z.string()).optional() }),
  ),
  history: z.array(
    z.object({
      at: When,
      by: z.string(),
      what: z.string(),
      from: CaseState.nullable(),
      to: CaseState.nullable(),
      note: z.string().nullable(),
      proof: z.string().optional(),
    }),
  ),
  messages: z.array(MentionShape),
  replies: z.array(ReplyShape),
  agencyName: z.string().nullable(),
  subjectName: z.string().nullable(),
  flags: z.array(z.enum(flags)),
  snoozedUntil: When.nullable(),
  lead: z.string().nullable(),
  followers: z.array(z.string()),
  asked: z.array(AskedShape),
  why: WhyShape.nullable(),
  /** Cases of the same subject around the same days, for linking. */
  similar: z.array(SimilarShape),
  present: z.array(PresentShape),
});

const BothWords = z.object({ id: z.string(), en: z.string() });
/** Something about a channel that a person has to see to: what, what to do, and whose it is. */
const TroubleShape = z.object({
  kind: z.string(),
  words: BothWords,
  todo: BothWords,
  who: z.enum(['superadmin', 'petugas']),
});

const HealthShape = z.object({
  troubles: z.array(TroubleShape),
  notes: z.array(z.string()),
  /** The channel's own normal rate: a message in so many hours. */
  usualHours: z.number().nullable(),
  lastMessageAt: When.nullable(),
  /** How long the newest message took from its writing to us, in milliseconds. */
  lagMs: z.number().nullable(),
  nextPollAt: When.nullable(),
});

/** One trouble of one channel from its beginning to its end; while a channel was broken or away, trends are blind. */
export const IncidentShape = z.object({
  _id: z.string(),
  channelId: z.string(),
  ...TroubleShape.shape,
  openedAt: When,
  closedAt: When.nullable(),
});

export const ChannelShape = z.object({
  _id: z.string(),
  platform: Platform,
  account: z.string(),
  agency: z.string().nullable(),
  state: z.enum(['ok', 'paused', 'broken']),
  broken: z.object({ reason: z.string(), platformWords: z.string(), since: When }).nullable(),
  sending: z.boolean(),
  blockedUntil: When.nullable(),
  /** Of the platform's own allowance of calls, 0..1; null where it does not tell. */
  quotaUsed: z.number().nullable(),
  spentMicros: z.number(),
  limitMicros: z.number().nullable(),
  lastPolledAt: When.nullable(),
  lastSuccessAt: When.nullable(),
  tokenExpiresAt: When.nullable(),
  health: HealthShape,
});

export const StopSwitchShape = z.object({
  stopped: z.boolean(),
  by: z.string().nullable(),
  at: When.nullable(),
});

const RecapRow = z.object({
  key: z.string().nullable(),
  in: z.number().int(),
  answered: z.number().int(),
  late: z.number().int(),
});

/** "Aduan" counts cases; both days included, in WIB. */
export const RecapShape = z.object({
  from: z.string(),
  to: z.string(),
  in: z.number().int(),
  answered: z.number().int(),
  late: z.number().int(),
  secret: z.number().int(),
  byAgency: z.array(RecapRow),
  byPlatform: z.array(RecapRow),
  bySubject: z.array(RecapRow),
  /** All messages of the period; the other three are among them. */
  messages: z.object({
    total: z.number().int(),
    praise: z.number().int(),
    spam: z.number().int(),
    notComplaints: z.number().int(),
  }),
});
