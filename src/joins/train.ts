import { ulid } from 'ulid';
import type { KnowledgeFiles } from '../classify/knowledge.ts';
import { knowledgeFiles } from '../classify/load.ts';
import { unpackStack } from '../classify/stack/pack.ts';
import { RefusedError } from '../core/errors.ts';
import type { UserId } from '../domain/ids.ts';
import type { Model, ModelId, ModelMove } from '../domain/model.ts';
import { labelOfAct } from '../learn/label-of.ts';
import { trainInThread } from '../learn/train-in-thread.ts';
import type { OwnExample, TrainingControl } from '../learn/train-model.ts';
import { isWorse } from '../learn/verdict.ts';
import type { Services } from '../services.ts';
import { auditRecorder } from '../store/audit.ts';
import { inTransaction } from '../store/database.ts';
import { newestExampleAt, readExamples } from '../store/examples.ts';
import { feedbackSince, lastWords } from '../store/feedback.ts';
import {
  activeModel,
  addModel,
  dropOldModels,
  findModel,
  listModels,
  promoteModel,
  readModel,
  rollBackModel,
  sha256,
} from '../store/models.ts';

type Opened = Pick<Services, 'database' | 'clock' | 'classifier' | 'reference' | 'auditKey' | 'log'>;

/** More would take longer than a night's minute; the newest are the truest. */
const ownAtMost = 20_000;
const seed = 1;

/** What the desk said of messages, and the rows of the office's own files. */
async function ownExamples({ database: { db }, classifier }: Opened): Promise<OwnExample[]> {
  const corrections = (await lastWords(db, null)).flatMap((taught) => {
    const { label } = labelOfAct(taught, taught.text, classifier);
    return label === null ? [] : [{ id: taught.mentionId as string, text: taught.text, label }];
  });
  const rows = await readExamples(db, ownAtMost);
  return [...corrections, ...rows.map(({ _id: id, text, label }) => ({ id, text, label }))];
}

function listsOf({ reference: { texts } }: Opened): KnowledgeFiles {
  const lists = knowledgeFiles.map((name) => [name, JSON.parse(texts[name]) as unknown]);
  return Object.fromEntries(lists) as unknown as KnowledgeFiles;
}

/** Whether anything was said since the last training began. */
export async function hasNewExamples({ database: { db } }: Pick<Services, 'database'>): Promise<boolean> {
  const [newest] = await listModels(db);
  const since = newest?.at ?? new Date(0);
  const newestRow = await newestExampleAt(db);
  return (newestRow !== null && newestRow > since) || (await feedbackSince(db, since)).length > 0;
}

/**
 * Trains beside everything else, keeps the model, and promotes it when it is not worse on held-back messages than the one in
 * use. Two trainings at once end with both models kept.
 * @throws {DOMException} `AbortError`: nothing was kept
 */
export async function train(services: Opened, by: UserId, control: TrainingControl = {}): Promise<Model> {
  const { database, clock, log, reference } = services;
  const { db } = database;
  const at = clock.now();
  const active = await activeModel(db);
  const champion = active && { bytes: await readModel(db, active).catch(() => null), share: active.share };
  const trained = await trainInThread(
    {
      files: listsOf(services),
      shipped: reference.examples,
      own: await ownExamples(services),
      champion: champion?.bytes ? { bytes: champion.bytes, share: champion.share } : null,
      seed,
    },
    control,
  );
  const { bytes, share, examples, verdict } = trained;
  const model: Model = {
    _id: `m-${ulid(at.getTime())}`,
    at,
    by,
    state: 'challenger',
    share,
    examples,
    scores: { champion: trained.champion, challenger: trained.challenger },
    why: verdict.why,
    bytes: bytes.length,
    sha256: sha256(bytes),
    promotedAt: null,
    retiredAt: null,
    before: null,
  };
  await addModel(db, model, bytes);
  log.info('model trained', { model: model._id, promoted: verdict.isPromoted, own: examples.own });
  const seen = active?._id ?? null;
  const promoted = verdict.isPromoted ? await promoteUnlessChanged(services, model, { by, seen }) : null;
  await dropOldModels(db, clock.now());
  return promoted ?? model;
}

/** Somebody changed the model in use while this one was trained: it was compared with another one, so it waits. */
async function promoteUnlessChanged(services: Opened, { _id }: Model, by: By): Promise<Model | null> {
  try {
    return await promote(services, _id, by);
  } catch (error) {
    if (error instanceof RefusedError && error.code === 'conflict') return null;
    throw error;
  }
}

interface By {
  readonly by: UserId;
  /** The model that is in use as far as the caller knows. */
  readonly seen: ModelId | null;
  /** By hand. */
  readonly reason?: string;
}

function moveOf({ by, reason }: By, what: ModelMove['what'], at: Date): ModelMove | undefined {
  return reason === undefined ? undefined : { at, by, what, reason };
}

function refuseWorse({ _id, scores, why }: Model): void {
  if (!isWorse(scores.champion, scores.challenger)) return;
  throw new RefusedError('not-possible', {
    id: `Model ${_id} tidak dapat dipakai. ${why.id}`,
    en: `Model ${_id} cannot be used. ${why.en}`,
  });
}

/**
 * The model is in use from the next batch of messages on, in every process.
 * @throws {RefusedError} `conflict`, `not-found`, `not-possible` when the gate held it for worse or this program cannot use it
 */
export async function promote({ database, clock, auditKey }: Opened, id: ModelId, how: By): Promise<Model> {
  const { by, seen } = how;
  const { db, client } = database;
  const at = clock.now();
  const record = auditRecorder(db, auditKey);
  const model = await findModel(db, id);
  refuseWorse(model);
  unpackStack(await readModel(db, model));
  return promoteModel(inTransaction(client), db, id, {
    seen,
    at,
    move: moveOf(how, 'promote', at),
    also: (session) =>
      record({ at, by, act: 'model.promote', subject: id, fields: { before: seen } }, session),
  });
}

/** @returns the model in use now; null: rules and Naive Bayes alone. @throws {RefusedError} `conflict`, `not-possible` */
export function rollBack({ database, clock, auditKey }: Opened, how: By): Promise<Model | null> {
  const { by, seen } = how;
  const { db, client } = database;
  const at = clock.now();
  const record = auditRecorder(db, auditKey);
  return rollBackModel(inTransaction(client), db, {
    seen,
    at,
    move: moveOf(how, 'rollback', at),
    also: (session) => record({ at, by, act: 'model.rollback', subject: seen ?? '', fields: {} }, session),
  });
}
