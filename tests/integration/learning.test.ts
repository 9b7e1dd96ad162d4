import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { packStack, unpackStack } from '../../src/classify/stack/pack.ts';
import type { MentionId, UserId } from '../../src/domain/ids.ts';
import type { Model, ModelId } from '../../src/domain/model.ts';
import { promote, rollBack } from '../../src/joins/train.ts';
import { trainInThread } from '../../src/learn/train-in-thread.ts';
import type { OwnExample, TrainedModel } from '../../src/learn/train-model.ts';
import { inTransaction } from '../../src/store/database.ts';
import { forgetFeedback, recordFeedback } from '../../src/store/feedback.ts';
import { findMention, mentions } from '../../src/store/mentions.ts';
import { addModel, sha256 } from '../../src/store/models.ts';
import { classifyMentions } from '../../workers/classify.ts';
import { aMention } from '../support/api.ts';
import { type LearningOffice, openLearningOffice } from '../support/learning-office.ts';

let office: LearningOffice;
let trained: TrainedModel;
const sari = 'sari' as UserId;
/** No list of ours has the word. */
const own: OwnExample[] = Array.from({ length: 40 }, (_, at) => ({
  id: `own-${at}`,
  text: `zigur walamba ${'abcdefghij'[at % 10]}${'klmnop'[at % 6]} krondo petuk`,
  label: 'jalan',
}));

beforeAll(async () => {
  office = await openLearningOffice();
  trained = await trainInThread({ ...office.taught, own, champion: null, seed: 1 }, {});
});
afterAll(async () => {
  await office[Symbol.asyncDispose]();
});
const store = () => office.services.database.db;
beforeEach(async () => {
  for (const name of ['mentions', 'cases', 'feedback', 'models', 'model_files.files', 'model_files.chunks'])
    await store().collection(name).deleteMany({});
  await office.services.learning.refresh();
});

const waiting = { stage: 'classify', dueAt: new Date('2026-11-24T03:00:00Z'), tries: 0 } as const;
const strange = 'zigur walamba krondo petuk';

/** A message as it comes in, judged now. */
async function judged(nativeId: string, text = strange) {
  await mentions(store()).insertOne(aMention(nativeId, { text, classification: null, work: waiting }));
  await classifyMentions(office.services, [`x-${nativeId}` as MentionId]);
  const said = (await findMention(mentions(store()), `x-${nativeId}` as MentionId))?.classification;
  if (!said) throw new Error('not judged');
  return said;
}

async function kept(id: ModelId, part: Partial<Model> = {}, bytes = trained.bytes): Promise<Model> {
  const { share, examples, verdict, champion, challenger } = trained;
  const model: Model = {
    ...{ _id: id, at: office.clock.now(), by: sari, state: 'challenger', share, examples },
    ...{ scores: { champion, challenger }, why: verdict.why, bytes: bytes.length, sha256: sha256(bytes) },
    ...{ promotedAt: null, retiredAt: null, before: null },
    ...part,
  };
  await addModel(store(), model, bytes);
  return model;
}

const correct = (nativeId: string, subject: string) =>
  inTransaction(office.services.database.client)((session) =>
    recordFeedback(
      store(),
      {
        at: office.clock.now(),
        by: sari,
        act: 'koreksi',
        mentionId: `x-${nativeId}` as MentionId,
        before: { kind: null, subject: null, agency: null },
        after: { kind: 'pengaduan', subject, agency: null },
      },
      session,
    ),
  );

describe('a training', () => {
  test('gives the same bytes for the same examples, and ends at once when it is told to', async () => {
    const again = await trainInThread({ ...office.taught, own, champion: null, seed: 1 }, {});
    expect(sha256(again.bytes)).toBe(sha256(trained.bytes));
    const stop = new AbortController();
    const shares: number[] = [];
    const stopped = trainInThread(
      { ...office.taught, own, champion: null, seed: 1 },
      {
        signal: stop.signal,
        onProgress: (share) => {
          shares.push(share);
          stop.abort();
        },
      },
    );
    await expect(stopped).rejects.toThrow('aborted');
    expect(shares[0]).toBe(0);
  });
});

describe('a correction', () => {
  test('is felt by the next message, and forgotten when it is taken back', async () => {
    const before = await judged('1');
    const version = office.services.classifier.modelVersion;
    await correct('1', 'jalan');
    const after = await judged('2');
    expect(before.runnersUp[0]?.subject ?? before.subject).not.toBe('jalan');
    expect(after.subject ?? after.runnersUp[0]?.subject).toBe('jalan');
    expect(after.modelVersion).toBe(`${version}+k1`);

    await inTransaction(office.services.database.client)((session) =>
      forgetFeedback(
        store(),
        { by: sari, mentionId: 'x-1' as MentionId, since: office.clock.now() },
        session,
      ),
    );
    const back = await judged('3');
    expect([back.confidence, back.modelVersion]).toEqual([before.confidence, version]);
  });
});

describe('a model', () => {
  test('speaks from the next message on, and no longer after it was rolled back', async () => {
    const before = await judged('1');
    await kept('m-one');
    await promote(office.services, 'm-one', { by: sari, seen: null });
    const after = await judged('2');
    expect(after.modelVersion).toBe(`${before.modelVersion}+m-one`);
    expect(after.confidence).not.toBe(before.confidence);

    expect(await rollBack(office.services, { by: sari, seen: 'm-one' })).toBeNull();
    expect((await judged('3')).modelVersion).toBe(before.modelVersion);
  });

  test('of another feature version is refused in words, and the message is judged without it', async () => {
    const stack = unpackStack(trained.bytes);
    const other = packStack(stack, 99);
    await kept('m-other', {}, other);
    const promoted = promote(office.services, 'm-other', { by: sari, seen: null });
    await expect(promoted).rejects.toMatchObject({ words: { id: expect.stringContaining('versi 99') } });
    // In use already, when the program changed under it.
    await store()
      .collection('models')
      .updateOne({}, { $set: { state: 'champion' } });
    expect((await judged('1')).modelVersion).not.toContain('m-other');
  });

  // Planted: without the unique index and the check in `retire` both are in use.
  test('of two that are promoted at once one wins', async () => {
    await kept('m-one');
    await kept('m-two');
    const both = await Promise.allSettled(
      (['m-one', 'm-two'] as const).map((id) => promote(office.services, id, { by: sari, seen: null })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await store().collection('models').countDocuments({ state: 'champion' })).toBe(1);
  });

  test('whose file is not whole is refused', async () => {
    await kept('m-one', { sha256: sha256(new Uint8Array([1])) });
    const promoted = promote(office.services, 'm-one', { by: sari, seen: null });
    await expect(promoted).rejects.toMatchObject({ code: 'not-possible' });
  });
});
