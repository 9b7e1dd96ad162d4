import type { Db, IndexDescription } from 'mongodb';
import { answerLinkIndexes } from './answer-links.ts';
import { auditIndexes } from './audit.ts';
import { caseIndexes } from './case-indexes.ts';
import { claimIndexes } from './claims.ts';
import { deliveryIndexes } from './deliveries.ts';

import { exampleIndexes } from './examples.ts';
import { feedbackIndexes } from './feedback.ts';

import { fingerprintIndexes } from './fingerprints.ts';
import { importFileIndexes } from './import-files.ts';
import { importMappingIndexes } from './import-mappings.ts';
import { importRunIndexes } from './import-runs.ts';
import { incidentIndexes } from './incidents.ts';
import { intakeKeyIndexes } from './intake-keys.ts';

import { knownPlaceIndexes } from './login-attempts.ts';
import { mentionIndexes } from './mentions.ts';
import { modelIndexes } from './models.ts';
import { noticeIndexes } from './notices.ts';
import { ownPostIndexes } from './own-posts.ts';
import { photoIndexes } from './photos.ts';
import { pollIndexes } from './polls.ts';
import { presenceIndexes } from './presence.ts';
import { quarantineIndexes } from './quarantine.ts';
import { replyIndexes } from './replies.ts';
import { reportIndexes } from './reports.ts';
import { sessionIndexes } from './sessions.ts';
import { siteAnswerIndexes } from './site-answers.ts';
import { trainingIndexes } from './training.ts';
import { trainingRunIndexes } from './training-runs.ts';
import { trendNoteIndexes } from './trend-notes.ts';
import { undoIndexes } from './undos.ts';
import { userIndexes } from './users.ts';

/** Every collection with its indexes. Identity lives in unique indexes, so they exist before the first write. */
const collections: Record<string, readonly IndexDescription[]> = {
  answer_links: answerLinkIndexes,
  audit: auditIndexes,
  cases: caseIndexes,
  examples: exampleIndexes,
  feedback: feedbackIndexes,
  fingerprints: fingerprintIndexes,
  deliveries: deliveryIndexes,
  claims: claimIndexes,
  import_files: importFileIndexes,
  import_mappings: importMappingIndexes,
  import_runs: importRunIndexes,
  incidents: incidentIndexes,
  intake_keys: intakeKeyIndexes,
  known_places: knownPlaceIndexes,
  mentions: mentionIndexes,
  models: modelIndexes,
  notices: noticeIndexes,
  own_posts: ownPostIndexes,
  photos: photoIndexes,
  polls: pollIndexes,
  presence: presenceIndexes,
  quarantine: quarantineIndexes,
  replies: replyIndexes,
  reports: reportIndexes,
  sessions: sessionIndexes,
  undos: undoIndexes,
  site_answers: siteAnswerIndexes,
  training: trainingIndexes,
  training_runs: trainingRunIndexes,
  trend_notes: trendNoteIndexes,
  users: userIndexes,
};

/** Creates what is missing. Safe to run at every start and by several processes at once. */
export async function ensureSchema(db: Db): Promise<void> {
  await Promise.all(
    Object.entries(collections).map(([name, indexes]) => db.collection(name).createIndexes([...indexes])),
  );
}
