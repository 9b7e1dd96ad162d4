import path from 'node:path';
import { z } from 'zod';
import { DAY, SECOND } from './clock.ts';

const digits = z.string().regex(/^\d{1,20}$/, 'needs digits only');

/** The environment as written down in docs/how-to/run-in-production.md. What is not named here is not read. */
const Environment = z.object({
  TANGGAP_MODE: z.enum(['demo', 'live']).optional(),
  TANGGAP_HOME: z.string().optional(),
  MONGODB_URL: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'needs mongodb://…')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'needs redis://…')
    .optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  LISTEN_ADDRESS: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  PUBLIC_URL: z.url().optional(),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug']).default('warn'),
  TANGGAP_AUDIT_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'needs 64 hex digits: openssl rand -hex 32')
    .optional(),
  TANGGAP_SECRET_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'needs 64 hex digits: openssl rand -hex 32')
    .optional(),
  POLL_INTERVAL_MS: z.coerce.number().int().min(500).optional(),
  START_FROM_DAYS: z.coerce.number().int().min(0).max(3_650).optional(),
  LOCK_MS: z.coerce
    .number()
    .int()
    .min(1_000)
    .default(15 * SECOND),

  X_ACCESS_TOKEN: z.string().min(1).optional(),
  X_REFRESH_TOKEN: z.string().min(1).optional(),
  X_CLIENT_ID: z.string().min(1).optional(),
  X_CLIENT_SECRET: z.string().min(1).optional(),
  X_ACCOUNT_ID: digits.optional(),
  X_ACCOUNT_HANDLE: z.string().min(1).optional(),
  X_KEYWORDS: z.string().default(''),
  X_MONTHLY_USD: z.coerce.number().positive().optional(),
  INSTAGRAM_TOKEN: z.string().min(1).optional(),
  INSTAGRAM_ACCOUNT_ID: digits.optional(),
  INSTAGRAM_ACCOUNT_NAME: z.string().min(1).optional(),
  INSTAGRAM_APP_SECRET: z.string().min(1).optional(),
  FACEBOOK_TOKEN: z.string().min(1).optional(),
  FACEBOOK_PAGE_ID: digits.optional(),
  FACEBOOK_PAGE_NAME: z.string().min(1).optional(),
  FACEBOOK_APP_SECRET: z.string().min(1).optional(),
  FACEBOOK_APP_ID: digits.optional(),
  WHATSAPP_TOKEN: z.string().min(1).optional(),
  WHATSAPP_PHONE_NUMBER_ID: digits.optional(),
  WHATSAPP_NUMBER_NAME: z.string().min(1).optional(),
  WHATSAPP_BUSINESS_ID: digits.optional(),
  WHATSAPP_APP_SECRET: z.string().min(1).optional(),
  WHATSAPP_ANSWER_TEMPLATE: z
    .string()
    .regex(/^[a-z0-9_]{1,512}$/, 'needs the name of a template: a-z, 0-9, _')
    .optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'needs smtp://… or smtps://…')
    .optional(),
  MAIL_FROM: z.string().includes('@').max(200).optional(),
  META_VERIFY_TOKEN: z.string().min(16, 'needs at least 16 characters: openssl rand -hex 16').optional(),
  OWN_CHANNELS: z.string().default('website,sp4n,laporgub,sapamas'),
  TANGGAP_IMPORT_DIR: z.string().optional(),
});
type Environment = z.infer<typeof Environment>;

export type Mode = 'demo' | 'live';

/** One account with what its connector needs to reach it. */
export const ChannelConfig = z.object({
  platform: z.enum(['x', 'instagram', 'facebook', 'whatsapp']),
  account: z.object({ id: z.string(), name: z.string() }),
  /** Agency that owns the account, null for the regency's own. */
  agency: z.string().nullable(),
  token: z.string(),
  /** Absent: the token does not end by itself, or nothing here may renew it. */
  renewal: z
    .object({
      refreshToken: z.string().nullable(),
      client: z.object({ clientId: z.string(), clientSecret: z.string() }).nullable(),
    })
    .optional(),
  appId: z.string().nullable(),
  appSecret: z.string().nullable(),
  /** What the platform repeats when our webhook's address is set up; absent: no webhook. */
  verifyToken: z.string().optional(),
  /** Account above this one, where the platform has one (WhatsApp: the business account). */
  businessId: z.string().optional(),
  /** Approved template that carries an answer when free text is no longer taken (WhatsApp). */
  answerTemplate: z.string().optional(),
  /** Words for the optional keyword search (X). */
  keywords: z.array(z.string()),
  /** Monthly budget in millionths of a US dollar. */
  limitMicros: z.number().int().nullable(),
  /** Where the simulator listens; null on the real platform. */
  simulator: z.url().nullable(),
});
export type ChannelConfig = z.infer<typeof ChannelConfig>;

/** Channels without credentials: our own form, and the portals whose reports come in files. */
const ownPlatforms = ['website', 'sp4n', 'laporgub', 'sapamas'] as const;
export type OwnPlatform = (typeof ownPlatforms)[number];

export interface Config {
  readonly mode: Mode;
  /** Folder of this installation's files: data of our own servers, demo accounts, the CLI's session. */
  readonly home: string;
  readonly database: string;
  readonly mongoUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly queuePrefix: string;
  /** The loopback, unless a container's own network stands between. */
  readonly listenAddress: string;
  readonly port: number;
  readonly publicUrl: string | null;
  readonly logLevel: string;
  readonly auditKey: string | undefined;
  /** Seals the tokens in the database. */
  readonly secretKey: string | undefined;
  readonly pollIntervalMs: number;
  readonly startFromMs: number;
  readonly lockMs: number;
  readonly channels: readonly ChannelConfig[];
  /** Where mail leaves; null: no mail is sent. */
  readonly mail: { readonly url: string; readonly from: string } | null;
  readonly ownChannels: readonly OwnPlatform[];
  /** Watched folder: one folder a portal, whose files are taken in by themselves. Null: none is watched. */
  readonly importDir: string | null;
}

/** A fault of the environment, in words for the person who starts us. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const regencyOwn = { agency: null, simulator: null };

/** @throws {ConfigError} when a token stands without what belongs to it */
function complete(platform: string, values: Record<string, string | undefined>): void {
  const missing = Object.keys(values).filter((name) => values[name] === undefined);
  if (missing.length === 0) return;
  throw new ConfigError(
    `${platform}: kredensial belum lengkap, perlu ${missing.join(', ')}. / Incomplete credentials, needs ${missing.join(', ')}.`,
  );
}

/** An OAuth 2.0 token of X lives two hours: it needs what renews it. An OAuth 1.0a or app token needs none of it. */
function xRenewal(env: Environment): Pick<ChannelConfig, 'renewal'> {
  const { X_REFRESH_TOKEN, X_CLIENT_ID, X_CLIENT_SECRET } = env;
  const parts = { X_REFRESH_TOKEN, X_CLIENT_ID, X_CLIENT_SECRET };
  if (Object.values(parts).every((part) => part === undefined)) return {};
  complete('X', parts);
  const client = { clientId: X_CLIENT_ID ?? '', clientSecret: X_CLIENT_SECRET ?? '' };
  return { renewal: { refreshToken: X_REFRESH_TOKEN ?? '', client } };
}

function xChannel(env: Environment): ChannelConfig | null {
  const { X_ACCESS_TOKEN: token, X_ACCOUNT_ID: id = '', X_ACCOUNT_HANDLE: name = '' } = env;
  if (!token) return null;
  complete('X', { X_ACCOUNT_ID: env.X_ACCOUNT_ID, X_ACCOUNT_HANDLE: env.X_ACCOUNT_HANDLE });
  const keywords = env.X_KEYWORDS.split(',').map((word) => word.trim());
  return {
    ...regencyOwn,
    ...xRenewal(env),
    platform: 'x',
    account: { id, name },
    token,
    appId: null,
    appSecret: null,
    keywords: keywords.filter((word) => word !== ''),
    limitMicros: env.X_MONTHLY_USD === undefined ? null : Math.round(env.X_MONTHLY_USD * 1_000_000),
  };
}

function instagramChannel(env: Environment): ChannelConfig | null {
  const { INSTAGRAM_TOKEN: token, INSTAGRAM_ACCOUNT_ID: id = '', INSTAGRAM_ACCOUNT_NAME: name = '' } = env;
  if (!token) return null;
  complete('Instagram', {
    INSTAGRAM_ACCOUNT_ID: env.INSTAGRAM_ACCOUNT_ID,
    INSTAGRAM_ACCOUNT_NAME: env.INSTAGRAM_ACCOUNT_NAME,
  });
  return {
    ...regencyOwn,
    platform: 'instagram',
    account: { id, name },
    token,
    renewal: { refreshToken: null, client: null },
    appId: null,
    appSecret: env.INSTAGRAM_APP_SECRET ?? null,
    ...(env.META_VERIFY_TOKEN !== undefined && { verifyToken: env.META_VERIFY_TOKEN }),
    keywords: [],
    limitMicros: null,
  };
}

function facebookChannel(env: Environment): ChannelConfig | null {
  const { FACEBOOK_TOKEN: token, FACEBOOK_PAGE_ID: id = '', FACEBOOK_PAGE_NAME: name = '' } = env;
  if (!token) return null;
  complete('Facebook', {
    FACEBOOK_PAGE_ID: env.FACEBOOK_PAGE_ID,
    FACEBOOK_PAGE_NAME: env.FACEBOOK_PAGE_NAME,
  });
  return {
    ...regencyOwn,
    platform: 'facebook',
    account: { id, name },
    token,
    appId: env.FACEBOOK_APP_ID ?? null,
    appSecret: env.FACEBOOK_APP_SECRET ?? null,
    ...(env.META_VERIFY_TOKEN !== undefined && { verifyToken: env.META_VERIFY_TOKEN }),
    keywords: [],
    limitMicros: null,
  };
}

function whatsappChannel(env: Environment): ChannelConfig | null {
  const { WHATSAPP_TOKEN: token, WHATSAPP_PHONE_NUMBER_ID: id = '', WHATSAPP_NUMBER_NAME: name = '' } = env;
  if (!token) return null;
  const { WHATSAPP_APP_SECRET: appSecret = '', WHATSAPP_BUSINESS_ID: businessId = '' } = env;
  const { META_VERIFY_TOKEN: verifyToken = '', WHATSAPP_ANSWER_TEMPLATE: answerTemplate } = env;
  // WhatsApp lists nothing: without a webhook no message would ever come.
  complete('WhatsApp', {
    WHATSAPP_PHONE_NUMBER_ID: env.WHATSAPP_PHONE_NUMBER_ID,
    WHATSAPP_NUMBER_NAME: env.WHATSAPP_NUMBER_NAME,
    WHATSAPP_BUSINESS_ID: env.WHATSAPP_BUSINESS_ID,
    WHATSAPP_APP_SECRET: env.WHATSAPP_APP_SECRET,
    META_VERIFY_TOKEN: env.META_VERIFY_TOKEN,
  });
  return {
    ...regencyOwn,
    platform: 'whatsapp',
    account: { id, name },
    token,
    appId: null,
    appSecret,
    verifyToken,
    businessId,
    ...(answerTemplate !== undefined && { answerTemplate }),
    keywords: [],
    limitMicros: null,
  };
}

function mailOf({ SMTP_URL: url, MAIL_FROM: from }: Environment): Config['mail'] {
  if (!url) return null;
  complete('SMTP', { MAIL_FROM: from });
  return { url, from: from ?? '' };
}

/** @throws {ConfigError} when a name is none of ours */
function ownChannels(list: string): readonly OwnPlatform[] {
  const names = list.split(',').map((name) => name.trim());
  const read = z.array(z.enum(ownPlatforms)).safeParse(names.filter((name) => name !== ''));
  if (read.success) return [...new Set(read.data)];
  throw new ConfigError(
    `OWN_CHANNELS: pilih dari ${ownPlatforms.join(', ')}. / OWN_CHANNELS: choose from ${ownPlatforms.join(', ')}.`,
  );
}

/** The demo watches a folder of its own. */
function importDirOf(
  { TANGGAP_IMPORT_DIR: dir }: Environment,
  mode: Mode,
  { root, home }: { readonly root: string; readonly home: string },
): string | null {
  if (dir !== undefined) return path.resolve(root, dir);
  return mode === 'demo' ? path.join(home, 'impor') : null;
}

/** Database named in the URL's path, where somebody gave one. */
function databaseInUrl(url: string | undefined): string | null {
  if (!url) return null;
  return /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? null;
}

/** What live mode cannot invent by itself, because it must outlive the machine. @throws {ConfigError} */
function requireKeys({ TANGGAP_AUDIT_KEY, TANGGAP_SECRET_KEY }: Environment): void {
  if (!TANGGAP_AUDIT_KEY) {
    throw new ConfigError(
      'Mode sungguhan perlu TANGGAP_AUDIT_KEY: jalankan "npx tanggap init". / Live mode needs TANGGAP_AUDIT_KEY: run "npx tanggap init".',
    );
  }
  if (!TANGGAP_SECRET_KEY) {
    throw new ConfigError(
      'Mode sungguhan perlu TANGGAP_SECRET_KEY, kunci penyegel token di basis data: isi dengan hasil "openssl rand -hex 32". / Live mode needs TANGGAP_SECRET_KEY, which seals the tokens in the database: fill in what "openssl rand -hex 32" prints.',
    );
  }
}

/**
 * Reads the environment once, whole. Live = one real credential or TANGGAP_MODE=live; else demo.
 * @throws {ConfigError} naming every fault at once
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, root: string): Config {
  const parsed = Environment.safeParse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  );
  if (!parsed.success) {
    throw new ConfigError(`Lingkungan (.env) keliru / bad environment:\n${z.prettifyError(parsed.error)}`);
  }
  const values = parsed.data;
  const channels = [xChannel, instagramChannel, facebookChannel, whatsappChannel]
    .map((read) => read(values))
    .filter((channel) => channel !== null);
  if (values.TANGGAP_MODE === 'demo' && channels.length > 0) {
    throw new ConfigError(
      'TANGGAP_MODE=demo tetapi ada kredensial sungguhan: demo dan sungguhan tidak boleh bercampur. / TANGGAP_MODE=demo with real credentials: demo and live never mix.',
    );
  }
  const mode: Mode = values.TANGGAP_MODE ?? (channels.length > 0 ? 'live' : 'demo');
  if (mode === 'live') requireKeys(values);
  const home = path.resolve(root, values.TANGGAP_HOME ?? '.services/data');
  return Object.freeze({
    mode,
    home,
    database: databaseInUrl(values.MONGODB_URL) ?? `tanggap_${mode}`,
    mongoUrl: values.MONGODB_URL,
    redisUrl: values.REDIS_URL,
    queuePrefix: `tanggap_${mode}`,
    listenAddress: values.LISTEN_ADDRESS,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? null,
    logLevel: values.LOG_LEVEL,
    auditKey: values.TANGGAP_AUDIT_KEY,
    secretKey: values.TANGGAP_SECRET_KEY,
    pollIntervalMs: values.POLL_INTERVAL_MS ?? (mode === 'demo' ? 5 * SECOND : 60 * SECOND),
    startFromMs: (values.START_FROM_DAYS ?? (mode === 'demo' ? 35 : 7)) * DAY,
    lockMs: values.LOCK_MS,
    mail: mailOf(values),
    channels,
    ownChannels: ownChannels(values.OWN_CHANNELS),
    importDir: importDirOf(values, mode, { root, home }),
  });
}
