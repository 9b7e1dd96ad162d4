import { z } from 'zod';
import type { Place } from '../../domain/classification.ts';

import type { NoticeWay } from '../../domain/forward.ts';
import type { ChannelId, MentionId } from '../../domain/ids.ts';
import type { Declared } from '../../domain/mention.ts';
import { citizenWords } from './words.ts';

/** A report as the citizen gave it: over our form, or through a program of the regency with a key. */
export interface Report {
  /** Identity: the same one again is the same report. */
  readonly nativeId: string;
  readonly text: string;
  readonly name: string | null;
  readonly mail: string | null;
  readonly phone: string | null;
  readonly declared: Declared;
  readonly postedAt: Date;
  /** `form`, or the id of the key. */
  readonly via: string;
  /** Paths of the photos as they were sent; decoded in a process of its own, never in this one. */
  readonly photos: readonly string[];
}

/** What the citizen holds afterwards. `code` null: nobody finds a secret case on the tracking page. */
export interface Receipt {
  readonly number: string;
  readonly code: string | null;
  readonly mentionId: MentionId;
}

/** The citizen's own mail or telephone: told of answers only after its owner gave back the code that was sent there. */
export interface SiteContactDeps {
  /** Those that he gave and that are set up here. `hint`: enough to know one's own address again. */
  readonly ways: (
    id: MentionId,
  ) => Promise<readonly { readonly way: NoticeWay; readonly hint: string; readonly confirmed: boolean }[]>;
  readonly sendCode: (id: MentionId, way: NoticeWay) => Promise<void>;
  /** @returns false for a wrong code, one that is over, and after too many tries */
  readonly giveCode: (id: MentionId, way: NoticeWay, code: string) => Promise<boolean>;
}

/** What the public pages need beside the API's own. Joined in src/joins/site.ts. */
export interface SiteDeps {
  /** Of our gazetteer, to choose from. */
  readonly places: {
    readonly kecamatan: readonly string[];
    readonly spots: readonly { readonly name: string; readonly kecamatan: readonly string[] }[];
  };
  /**
   * Stores the report and opens its case. @returns null when it is stored and its case waits for the workers
   * @throws {RefusedError} `not-possible` while the channel is closed; `invalid` for a picture that is none
   */
  readonly receive: (report: Report) => Promise<Receipt | null>;
  readonly contact: SiteContactDeps;
  /** Takes in one row of a portal, by the names of its own columns. @returns why it was refused, or what became of it */
  readonly portalRow: (
    channelId: ChannelId,
    cells: Readonly<Record<string, unknown>>,
  ) => Promise<{ readonly refused: string } | { readonly stored: 'added' | 'updated' | 'unchanged' }>;
}

const blankIsNull = (text: string | undefined): string | null => {
  const trimmed = (text ?? '').trim();
  return trimmed === '' ? null : trimmed;
};

const optional = (longest: number, words: string) =>
  z.string().max(longest, words).optional().transform(blankIsNull);

export const reportKinds = ['pengaduan', 'aspirasi', 'permintaan_informasi'] as const;

const yes = z
  .union([z.literal('ya'), z.literal('on'), z.literal(true)])
  .optional()
  .catch(undefined)
  .transform((value) => value !== undefined);

function fieldsIn({ wrong }: (typeof citizenWords)['id']) {
  return z.object({
    jenis: z.enum(reportKinds, { error: wrong.kind }),
    isi: z.string({ error: wrong.noText }).trim().min(15, wrong.shortText).max(5_000, wrong.longText),
    kecamatan: optional(60, wrong.district),
    tempat: optional(120, wrong.place),
    nama: optional(100, wrong.name),
    surel: optional(200, wrong.longMail).refine(
      (mail) => mail === null || z.email().safeParse(mail).success,
      wrong.mail,
    ),
    telepon: optional(30, wrong.longPhone).refine(
      (phone) => phone === null || /^\+?[\d\s().-]{8,25}$/.test(phone),
      wrong.phone,
    ),
    anonim: yes,
    rahasia: yes,
  });
}

/** What form and JSON have in common; messages are for the citizen. */
export const reportFields = { id: fieldsIn(citizenWords.id), en: fieldsIn(citizenWords.en) };
export type ReportFields = z.infer<typeof reportFields.id>;

/** The place that was chosen, as our gazetteer writes it; other words are kept as the citizen wrote them. */
function placeOf(places: SiteDeps['places'], fields: ReportFields): Place | null {
  const same = (one: string, other: string | null) => one.toLowerCase() === other?.toLowerCase();
  const kecamatan = places.kecamatan.find((name) => same(name, fields.kecamatan)) ?? null;
  if (fields.tempat === null) return kecamatan === null ? null : { kecamatan, name: null };
  // The list offers "Papahan, Tasikmadu".
  const [name = '', district = null] = fields.tempat.split(',').map((part) => part.trim());
  const named = places.kecamatan.find((one) => same(one, district)) ?? kecamatan;
  const spots = places.spots.filter((one) => same(one.name, name));
  const spot = spots.find((one) => named === null || one.kecamatan.includes(named));
  if (!spot) return { kecamatan: named, name: fields.tempat };
  return {
    kecamatan: named ?? (spot.kecamatan.length === 1 ? (spot.kecamatan[0] ?? null) : null),
    name: spot.name,
  };
}

export function reportOf(
  fields: ReportFields,
  rest: Pick<Report, 'nativeId' | 'postedAt' | 'via' | 'photos'> & { readonly places: SiteDeps['places'] },
): Report {
  const { places, ...given } = rest;
  return {
    ...given,
    text: fields.isi,
    name: fields.nama,
    mail: fields.surel,
    phone: fields.telepon,
    declared: {
      kind: fields.jenis,
      place: placeOf(places, fields),
      anonymous: fields.anonim,
      secret: fields.rahasia,
    },
  };
}
