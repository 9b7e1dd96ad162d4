import type { IngestDeps } from '../src/ingest/ingest.ts';
import type { Services } from '../src/services.ts';
import { mentions, storeMentions } from '../src/store/mentions.ts';
import { putInQuarantine } from '../src/store/quarantine.ts';
import { searchTokens } from '../src/text/search-tokens.ts';
import { enqueueClassify } from './classify-jobs.ts';
import { noteChangedMentions, noteOwnAnswers } from './outside-events.ts';

/** What taking posts in needs, the same for those that a poll found and those that were delivered. */
export function ingestDeps(services: Services): IngestDeps {
  const { db } = services.database;
  return {
    clock: services.clock,
    log: services.log,
    tokens: searchTokens,
    store: (found) => storeMentions(mentions(db), found, services.clock.now()),
    quarantine: (items) => putInQuarantine(db, items, services.clock.now()),
    onChanged: (ids) => noteChangedMentions(services, ids),
    onOwnAnswers: (channel, answers) => noteOwnAnswers(services, channel, answers),
    ...(services.lateAfterMs !== undefined && { lateAfterMs: services.lateAfterMs }),
    enqueueClassify: (ids) => enqueueClassify(services, ids),
  };
}
