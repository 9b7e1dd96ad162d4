import type { Hono } from 'hono';
import type { AccountsDeps } from '../accounts/accounts.ts';
import type { Throttle } from '../accounts/throttle.ts';
import type { LeaderReport } from '../analyze/leader-report.ts';
import type { TrendFilter } from '../analyze/period.ts';
import type { Recap, RecapPeriod } from '../analyze/recap.ts';
import type { KecamatanTile } from '../analyze/tiles.ts';
import type { Trends } from '../analyze/trends.ts';
import type { ReviewDeps } from '../approve/review.ts';
import type { Clocks } from '../cases/step.ts';
import type { Log } from '../core/log.ts';
import type { Case } from '../domain/case.ts';
import type { Channel, WebhookDoor } from '../domain/channel.ts';
import type { ChannelHealth } from '../domain/channel-health.ts';
import type { Authority, Explanation } from '../domain/classification.ts';
import type { PortalId } from '../domain/elsewhere.ts';
import type { AnswerLink, Recipient } from '../domain/forward.ts';
import type { ChannelId, MentionId, PlatformId, UserId } from '../domain/ids.ts';
import type { ImportCounts } from '../domain/import-run.ts';
import type { Media, Mention } from '../domain/mention.ts';
import type { Model, ModelId, TrainingRun } from '../domain/model.ts';
import type { Letterhead } from '../domain/office-lists.ts';
import type { Words } from '../domain/policies.ts';
import type { Reply } from '../domain/reply.ts';
import type { User } from '../domain/user.ts';
import type { Warning } from '../draft/santun.ts';
import type { AnswerDeps } from '../forward/answer.ts';
import type { ImportDeps, ImportSummary } from '../importing/import-cases.ts';
import type { PortalMapping } from '../importing/portal-row.ts';
import type { figuresOf } from '../learn/figures.ts';
import type { MediaFile } from '../platforms/connector.ts';
import type { LiveReference } from '../reference/live.ts';
import type { AuditVerdict } from '../store/audit.ts';
import type { InTransaction } from '../store/database.ts';
import type { Lesson } from '../training/lessons.ts';
import type { ImportLook } from './contract/import-file.ts';
import type { Hub } from './live/feed.ts';
import type { PublicLimits } from './public/public-limits.ts';
import type { SiteDeps } from './public/report.ts';

/** What helps a person to write a reply. */
interface Composer {
  /**
   * Writes and stores a first draft for the case: from the person's text, from the named template, or from the one that
   * fits (then an automatic draft that nobody has touched is brought up to date instead). Audited. The same `key` again
   * brings the draft that it made.
   * @throws {RefusedError} `conflict` when the message has an open reply, `not-possible` when none fits
   */
  write(
    by: User,
    draft: {
      readonly case: Case;
      readonly text: string | null;
      readonly templateId: string | null;
      readonly key: string | null;
    },
  ): Promise<Reply>;
  /** Every template as it would read for the case, the fitting one first. */
  templates(one: Case): Promise<readonly FilledTemplate[]>;
  /** What the santun check says. */
  warnings(one: Case, text: string, templateId: string | null): readonly Warning[];
}

/** A template as it would read for a case. */
export interface FilledTemplate {
  readonly id: string;
  readonly situation: string;
  /** When it is meant to be used. */
  readonly when: string;
  readonly text: string;
  /** Sending it answers the case. */
  readonly answers: boolean;
  /** The one that fits the situation. */
  readonly fits: boolean;
}

export interface WebhookDeps {
  readonly doors: readonly WebhookDoor[];
  /** Stores the bytes; resolves only when they are safe. */
  readonly store: (platform: PlatformId, raw: Uint8Array) => Promise<void>;
}

type Session = Parameters<Parameters<InTransaction>[0]>[0];

export interface Forwarding {
  readonly answer: AnswerDeps;
  /** Links and notices for the agency's recipients, within the transaction that passes the case on. */
  readonly forward: (
    one: Pick<Case, '_id' | 'agency'>,
    by: UserId,
    session: Session,
  ) => Promise<readonly Recipient[]>;
  /** Another link for the same recipient, in place of one that is not in force any more. */
  readonly renew: (old: AnswerLink, by: UserId, session: Session) => Promise<void>;
}

interface ModelChange {
  readonly by: UserId;
  /** The model that the person saw in use. */
  readonly seen: ModelId | null;
  readonly reason: string;
}

type Figures = ReturnType<typeof figuresOf>;

/** "Pengaturan → Klasifikasi". */
export interface ClassifierPage {
  readonly figures: () => Promise<
    Omit<Figures, 'weeks'> & {
      readonly weeks: readonly (Figures['weeks'][number] & {
        readonly judged: number;
        readonly decided: number;
      })[];
      readonly askedAgain: number;
    }
  >;
  readonly models: () => Promise<readonly Model[]>;
  /** @throws {RefusedError} `conflict` when another one is in use by then, `not-possible` when the gate says no */
  readonly promote: (id: ModelId, change: ModelChange) => Promise<Model>;
  readonly rollBack: (change: ModelChange) => Promise<Model | null>;
  /** The newest one. */
  readonly training: () => Promise<TrainingRun | null>;
  /** @throws {RefusedError} `conflict` while another one waits or runs */
  readonly startTraining: (by: UserId) => Promise<TrainingRun>;
  readonly stopTraining: (id: string, by: UserId) => Promise<void>;
}

/** "Mode latihan". */
export interface Training {
  readonly lessons: readonly Lesson[];
  /** What the santun check says of a reply. */
  readonly remarksOn: (text: string) => readonly Words[];
}

/** Everything the API and the page use. Joined in src/services.ts. */
export interface ApiDeps extends AccountsDeps {
  readonly log: Log;
  readonly throttle: Throttle;
  /** Key for hashes of names and addresses. */
  readonly key: string;
  /** Seals the secrets of authenticators: 64 hex digits, never in the database. */
  readonly factorKey: string;
  /** Our own origins, for example `http://127.0.0.1:8420`. Their hosts are the only ones that are answered. */
  readonly origins: readonly string[];
  /** Header in which our own proxy names the caller (`x-real-ip`); null when there is no proxy. */
  readonly proxyHeader: string | null;
  readonly clocks: Clocks;
  /** What the moves of a reply need (src/approve). */
  readonly review: ReviewDeps;
  readonly composer: Composer;
  /** A message's picture from its platform; null: the channel has none to give. */
  readonly readMedia: (channel: ChannelId, media: Media, signal: AbortSignal) => Promise<MediaFile | null>;
  /** What platforms deliver to us by themselves. */
  readonly webhooks: WebhookDeps;
  /** Passing cases on to agencies, and their answers. */
  readonly forwarding: Forwarding;
  /** What changes, for the browsers that are open. */
  readonly live: Hub;
  /** Asks for a classification soon; may do nothing when the queue is away: the sweeper finds the work. */
  readonly queueClassify: (ids: readonly MentionId[]) => Promise<void>;
  /** Our own form and tracking page, and the keyed intake. */
  readonly site: SiteDeps;
  readonly publicLimits: PublicLimits;
  /** How a portal's files call things, and the sheet that is carried over into it. */
  readonly readPortalMapping: (portal: PortalId) => PortalMapping;
  /** A portal's file: what it holds, and taking it in. Both throw a RefusedError `invalid` when it cannot be read. */
  readonly importing: {
    readonly look: (file: string, portal: PortalId, mapping: string | null) => Promise<ImportLook>;
    readonly take: (
      file: string,
      portal: PortalId,
      options: Pick<ImportDeps, 'onRefused' | 'signal'> & {
        readonly dryRun: boolean;
        /** A saved one; null: the last saved one that fits. */
        readonly mapping: string | null;
        readonly onProgress: (so: ImportCounts) => void;
        readonly onUnknownState: (word: string) => void;
      },
    ) => Promise<ImportSummary>;
  };
  readonly readHealth: (channels: readonly Channel[]) => Promise<ReadonlyMap<ChannelId, ChannelHealth>>;
  readonly readRecap: (period: RecapPeriod) => Promise<Recap>;
  readonly readTrends: (filter: TrendFilter) => Promise<Trends>;
  /** Where each kecamatan stands on the map of tiles (data/kecamatan-tiles.json). */
  readonly kecamatanTiles: readonly KecamatanTile[];
  readonly readLeaderReport: (period: { readonly from: Date; readonly to: Date }) => Promise<LeaderReport>;
  readonly classifier: ClassifierPage;
  /** Null in live mode. */
  readonly training: Training | null;
  /** The message judged once more, with the reasons of the first two candidates. */
  readonly explain: (mention: Mention) => Promise<Explanation>;
  /** The queues as pages to look at, mounted under a path. */
  readonly queueBoard: (under: string) => Hono;
  readonly verifyAudit: () => Promise<AuditVerdict>;
  /** Sees to it that the lists below are those of the database. */
  readonly refreshReference: () => Promise<void>;
  /** The lists that people edit, as this process has them now. */
  readonly lists: () => Pick<LiveReference, 'texts' | 'examples'>;
  /** What stands above the office's letters. */
  readonly letterhead: Letterhead;
  /** Short names of agencies by id, for the screen; unknown ids are shown as they are. */
  readonly agencyNames: ReadonlyMap<string, string>;
  /** Who owns the matters of each agency, by id. */
  readonly authorities: ReadonlyMap<string, Authority>;
  /** Names of subjects by id. */
  readonly subjectNames: ReadonlyMap<string, string>;
  readonly subjectNamesEn: ReadonlyMap<string, string>;
  /** Each part that must work before traffic is taken: name → true when it does. Must not hang. */
  readonly probes: Readonly<Record<string, () => Promise<boolean>>>;
  readonly metrics: {
    readonly text: () => Promise<string>;
    readonly contentType: string;
    /** For scrapers that are not on the loopback; null = loopback only. */
    readonly token: string | null;
  };
}
