declare const brand: unique symbol;
type Brand<Value, Name> = Value & { readonly [brand]: Name };

/** Every way a citizen reaches the office. Only some have a connector (src/platforms/registry.ts). */
export const platformIds = [
  'x',
  'instagram',
  'facebook',
  'whatsapp',
  'website',
  'sp4n',
  'laporgub',
  'sapamas',
  'manual',
] as const;
export type PlatformId = (typeof platformIds)[number];

/** One account of ours on one platform: `<platform>-<account>`. */
export type ChannelId = Brand<string, 'ChannelId'>;
export function channelId(platform: PlatformId, account: string): ChannelId {
  return `${platform}-${account}` as ChannelId;
}

/** Mongo _id = job id = log field = URL part. The prefix keeps it from being all digits, which BullMQ refuses. */
export type MentionId = Brand<string, 'MentionId'>;
export function mentionId(platform: PlatformId, nativeId: string): MentionId {
  return `${platform}-${nativeId}` as MentionId;
}

/** Hash of what a platform delivered to us, so that the same bytes are one delivery. */
export type DeliveryId = Brand<string, 'DeliveryId'>;

/** `l-<32 hex>`: one recipient's way to answer one case. */
export type LinkId = Brand<string, 'LinkId'>;

/** The number a citizen is given, for example `KRA-2026-000123`. It is the case's _id. */
export type CaseNumber = Brand<string, 'CaseNumber'>;
/** `r-<ulid>` */
export type ReplyId = Brand<string, 'ReplyId'>;
/** Login name of a person, or `sistem` for the product itself. */
export type UserId = Brand<string, 'UserId'>;
export const systemUser = 'sistem' as UserId;
