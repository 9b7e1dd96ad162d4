import type { ChangeStream, ChangeStreamDocument, Db, Document } from 'mongodb';

const watched = [
  'cases',
  'mentions',
  'replies',
  'channels',
  'incidents',
  'presence',
  'claims',
  'meta',
  'reference',
  'sessions',
];

/** One change as the live events need it; the document is as it stands now, only with the parts that decide. */
export interface Change {
  readonly collection: string;
  readonly key: string;
  readonly kind: 'added' | 'changed' | 'gone';
  /** Names of the fields that were set, with their first part only. */
  readonly fields: readonly string[];
  readonly document: Document | null;
}

/** No text, no name, no raw payload leaves the database for a live event. */
const decisive = Object.fromEntries(
  [
    ...['_id', 'agency', 'companion', 'secret', 'caseId', 'state', 'version', 'archived', 'subject'],
    ...['classification.agency', 'classification.companion', 'classification.secret'],
  ].map((field) => [`fullDocument.${field}`, 1]),
);

const pipeline = [
  {
    $match: {
      'ns.coll': { $in: watched },
      operationType: { $in: ['insert', 'update', 'replace', 'delete'] },
    },
  },
  {
    $project: { ...decisive, operationType: 1, ns: 1, documentKey: 1, 'updateDescription.updatedFields': 1 },
  },
];

const kinds = { insert: 'added', update: 'changed', replace: 'changed', delete: 'gone' } as const;

function toChange(found: ChangeStreamDocument): Change | null {
  const kind = kinds[found.operationType as keyof typeof kinds];
  if (!kind || !('documentKey' in found)) return null;
  const updated = found.operationType === 'update' ? (found.updateDescription?.updatedFields ?? {}) : {};
  return {
    collection: found.ns.coll,
    key: String(found.documentKey._id),
    kind,
    fields: [...new Set(Object.keys(updated).map((field) => field.split('.')[0] ?? field))],
    document: ('fullDocument' in found ? found.fullDocument : null) ?? null,
  };
}

export interface Watch extends AsyncDisposable {
  /** The next change; null when the watch was closed. @throws when MongoDB cannot go on without a gap */
  next(): Promise<Change | null>;
}

/** Follows all that screens show, from now on. The driver itself goes on after a short absence of the server. */
export async function watchChanges(db: Db): Promise<Watch> {
  const stream: ChangeStream = db.watch(pipeline, { fullDocument: 'updateLookup' });
  // The first answer opens it: what happens after this line is seen.
  const first = await stream.tryNext();
  let waiting: Change | null = first && toChange(first);
  return {
    async next() {
      while (!stream.closed) {
        const change = waiting ?? toChange(await stream.next());
        waiting = null;
        if (change) return change;
      }
      return null;
    },
    [Symbol.asyncDispose]: () => stream.close(),
  };
}
