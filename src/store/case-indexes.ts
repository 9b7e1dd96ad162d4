import type { IndexDescription } from 'mongodb';

export const caseIndexes = [
  // Identity: a citizen's message opens one case, however often it is handled.
  { key: { rootMentionId: 1 }, name: 'one_case_per_message', unique: true },
  // The public look-up page asks for the number and this code.
  { key: { trackingCode: 1 }, name: 'tracking_code', unique: true },
  // Which case holds this message (answers of ours, follow-ups).
  { key: { mentionIds: 1 }, name: 'messages' },
  // Lists, newest first: all, by state, by agency.
  { key: { openedAt: -1, _id: -1 }, name: 'newest' },
  { key: { state: 1, openedAt: -1, _id: -1 }, name: 'state_newest' },
  { key: { agency: 1, openedAt: -1, _id: -1 }, name: 'agency_newest' },
  { key: { companion: 1, openedAt: -1, _id: -1 }, name: 'companion_newest' },
  // "Hampir lewat batas", soonest first.
  { key: { state: 1, dueAt: 1, _id: 1 }, name: 'state_due' },
  { key: { agency: 1, dueAt: 1, _id: 1 }, name: 'agency_due' },
  // "Milik saya".
  { key: { assignee: 1, openedAt: -1, _id: -1 }, name: 'assignee_newest' },
  // Search: all words, newest first.
  { key: { tokens: 1, openedAt: -1, _id: -1 }, name: 'words_newest' },
  // "Disebut", "Ingatkan nanti", "Darurat": few of all.
  { key: { 'notes.mentions': 1, openedAt: -1, _id: -1 }, name: 'mentioned_newest', sparse: true },
  { key: { 'snooze.until': 1 }, name: 'snoozed', sparse: true },
  {
    key: { urgency: 1, openedAt: -1, _id: -1 },
    name: 'emergency_newest',
    partialFilterExpression: { urgency: 'darurat' },
  },
  // Those that nobody answered yet: of all emergencies of years, a few.
  {
    key: { urgency: 1, state: 1, openedAt: -1, _id: -1 },
    name: 'emergency_state_newest',
    partialFilterExpression: { urgency: 'darurat' },
  },
  // "Masuk terlambat": few of all.
  {
    key: { flags: 1, openedAt: -1, _id: -1 },
    name: 'late_newest',
    partialFilterExpression: { flags: 'masuk_terlambat' },
  },
  // "Terlambat", a click on the number in Tren.
  {
    key: { openedAt: -1, _id: -1, lateFrom: 1 },
    name: 'overdue_newest',
    partialFilterExpression: { lateFrom: { $gt: new Date(0) } },
  },
  // Trends and reports: every field that they count, so that no case is fetched (store/trends.ts).
  {
    key: {
      openedAt: 1,
      agency: 1,
      subject: 1,
      platform: 1,
      'place.kecamatan': 1,
      state: 1,
      dueAt: 1,
      answeredAt: 1,
      closedAt: 1,
      secret: 1,
    },
    name: 'trends',
  },
  // Citizens who ask to open their case again.
  {
    key: { 'feedback.reopen.at': 1 },
    name: 'reopen_asked',
    partialFilterExpression: { 'feedback.reopen.at': { $type: 'date' } },
  },
  // Closed cases whose raw payloads are still to be masked: few of all.
  {
    key: { rawMasked: 1 },
    name: 'raw_to_mask',
    partialFilterExpression: { closedAt: { $type: 'date' } },
  },
  // An import run twice adds nothing.
  {
    key: { 'imported.source': 1, 'imported.externalId': 1 },
    name: 'imported_once',
    unique: true,
    partialFilterExpression: { 'imported.source': { $type: 'string' } },
  },
  // A number of a portal belongs to one case, whether it came from there or was entered there.
  { key: { 'elsewhere.key': 1 }, name: 'elsewhere_once', unique: true, sparse: true },
  // Answers to carry back into a portal, newest first.
  {
    key: { 'elsewhere.source': 1, openedAt: -1, _id: -1 },
    name: 'elsewhere_newest',
    partialFilterExpression: { 'elsewhere.key': { $exists: true } },
  },
  // Whose answer do they wait for?
  { key: { lead: 1 }, name: 'followers', partialFilterExpression: { lead: { $type: 'string' } } },
  { key: { subject: 1, openedAt: -1, _id: -1 }, name: 'subject_newest' },
  // What is rare would be looked for through everything.
  {
    key: { secret: 1, openedAt: -1, _id: -1 },
    name: 'secret_newest',
    partialFilterExpression: { secret: true },
  },
  {
    key: { openedAt: -1, _id: -1, confidence: 1 },
    name: 'unsure_newest',
    partialFilterExpression: { confidence: { $lt: 0.6 } },
  },
] satisfies IndexDescription[];
