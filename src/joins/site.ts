import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { classifyMentions } from '../../workers/classify.ts';
import { ingestDeps } from '../../workers/ingest-deps.ts';
import type { Receipt, Report, SiteDeps } from '../api/public/report.ts';
import { type PhotoEnd, reencodePhoto } from '../children/reencode-photo.ts';
import { asError, RefusedError } from '../core/errors.ts';
import type { Channel } from '../domain/channel.ts';
import { channelId, type MentionId, mentionId } from '../domain/ids.ts';
import type { FoundPost, Media } from '../domain/mention.ts';
import { ingest } from '../ingest/ingest.ts';
import { ownAccount } from '../platforms/registry.ts';
import type { Services } from '../services.ts';
import { findChannel, noteReceived } from '../store/channels.ts';
import { keepPhoto } from '../store/photos.ts';
import { keepSiteReport } from '../store/site-reports.ts';
import { findCaseOfReport } from '../store/tracking.ts';
import { siteContact } from './contact.ts';
import { importPortalRow } from './import.ts';
import { portalNamed } from './portals.ts';

const Places = z.object({
  places: z.array(z.object({ name: z.string(), kecamatan: z.array(z.string()), kind: z.string() })),
});

/** @param list the office's list of places, as JSON */
function readPlaces(list: string): SiteDeps['places'] {
  const { places } = Places.parse(JSON.parse(list));
  const byName = (a: string, b: string) => a.localeCompare(b, 'id');
  return {
    kecamatan: places
      .filter((one) => one.kind === 'kecamatan')
      .map((one) => one.name)
      .sort(byName),
    spots: places
      .filter((one) => one.kind !== 'kecamatan' && one.kind !== 'neighbour')
      .sort((a, b) => byName(a.name, b.name)),
  };
}

function foundPost(report: Report, media: readonly Media[]): FoundPost {
  const hidden = report.declared.anonymous || report.declared.secret;
  return {
    platform: 'website',
    nativeId: report.nativeId,
    latestNativeId: report.nativeId,
    version: 0,
    text: report.text,
    // Who he is stands in site_reports alone when he asked for it.
    author: {
      ...{ id: null, handle: null, name: hidden ? null : report.name },
      ...((report.mail ?? report.phone) !== null && { leftContact: true as const }),
    },
    byUs: false,
    url: null,
    postedAt: report.postedAt,
    reach: 'private',
    parentNativeId: null,
    threadNativeId: report.nativeId,
    quoted: null,
    ownPost: null,
    hidden: false,
    media,
    language: null,
    declared: report.declared,
    raw: { via: report.via, declared: report.declared },
  };
}

async function openChannel(services: Services): Promise<Channel> {
  const channel = await findChannel(services.database.db, channelId('website', ownAccount.name));
  if (channel?.state === 'ok') return channel;
  throw new RefusedError('not-possible', {
    id: 'Formulir sedang ditutup. Silakan lapor lewat kanal lain atau datang ke kantor Diskominfo.',
    en: 'The form is closed at the moment. Please use another channel.',
  });
}

const photoWords: Readonly<Record<Exclude<PhotoEnd, 'ok'>, string>> = {
  'no-photo': 'bukan foto JPEG, PNG atau WebP',
  'too-many-pixels': 'terlalu besar: paling banyak 60 megapiksel',
  broken: 'rusak dan tidak terbaca',
  'too-heavy': 'tidak dapat dibuka; perkecil dahulu',
};

/** @throws {RefusedError} `invalid`, naming the photo that is none */
async function keepPhotos(services: Services, _id: MentionId, report: Report): Promise<readonly Media[]> {
  const { clock, database } = services;
  const made: string[] = [];
  // All are looked at before one is kept, one after the other: each may take much memory.
  for (const [place, from] of report.photos.entries()) {
    const to = `${from}.jpg`;
    const end = await reencodePhoto(from, to);
    if (end !== 'ok') {
      throw new RefusedError('invalid', {
        id: `Foto ${place + 1} ${photoWords[end]}. Pilih foto lagi; isian Anda yang lain masih ada.`,
        en: `Photo ${place + 1} cannot be taken (${end}). Choose the photos again.`,
      });
    }
    made.push(to);
  }
  const media: Media[] = [];
  for (const [place, file] of made.entries()) {
    const photo = { mentionId: _id, place, bytes: await readFile(file) };
    media.push({ type: 'photo', id: await keepPhoto(database.db, photo, clock.now()), url: null });
  }
  return media;
}

async function receive(services: Services, report: Report): Promise<Receipt | null> {
  const { db } = services.database;
  const now = services.clock.now();
  const channel = await openChannel(services);
  const _id = mentionId('website', report.nativeId);
  const media = await keepPhotos(services, _id, report);
  const { name, mail, phone, via } = report;
  await keepSiteReport(db, { _id, name, mail, phone, via, at: now });
  await ingest(ingestDeps(services), channel, { posts: [foundPost(report, media)], rejected: [] });
  await noteReceived(db, channel._id, now);
  try {
    // At once, so that the citizen leaves with his number. A worker may do it side by side.
    await classifyMentions(services, [_id]);
  } catch (error) {
    services.log.warn('a report waits for the workers', { mentionId: _id, error: asError(error) });
  }
  const opened = await findCaseOfReport(db, _id);
  return (
    opened && {
      number: opened._id,
      code: opened.secret ? null : opened.trackingCode,
      mentionId: opened.rootMentionId,
    }
  );
}

/** What the public pages and the keyed intake need. */
export function siteDeps(services: Services): SiteDeps {
  let read: { readonly list: string; readonly places: SiteDeps['places'] } | null = null;
  return {
    get places() {
      const { places: list } = services.reference.texts;
      if (read?.list !== list) read = { list, places: readPlaces(list) };
      return read.places;
    },
    receive: (report) => receive(services, report),
    contact: siteContact(services),
    async portalRow(id, cells) {
      const done = await importPortalRow(services, portalNamed(id.split('-')[0] ?? ''), cells);
      const [refusal] = done.refusals;
      if (refusal) return { refused: refusal.reason };
      if (done.added > 0) return { stored: 'added' };
      return { stored: done.updated > 0 ? 'updated' : 'unchanged' };
    },
  };
}
