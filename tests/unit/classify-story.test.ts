import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { loadClassifier } from '../../src/classify/load.ts';
import { platformIds } from '../../src/domain/ids.ts';
import { maskPersonalData } from '../../src/text/personal-data.ts';

/**
 * The demo's story (fixtures/demo-scenario.jsonl) against what a good officer would decide. The story is never
 * training material and no rule quotes it.
 */
const messageSchema = z.object({
  id: z.string(),
  channel: z.enum(platformIds),
  author: z.string(),
  text: z.string(),
  threadOf: z.string().optional(),
  expect: z.object({
    kind: z.string().optional(),
    agency: z.string().nullable(),
    urgency: z.string().nullable(),
    secret: z.boolean().optional(),
    own: z.boolean().optional(),
  }),
});
type Message = z.infer<typeof messageSchema>;

const messages = readFileSync('fixtures/demo-scenario.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => messageSchema.parse(JSON.parse(line)));
const byId = new Map(messages.map((message) => [message.id, message]));
/** Quoted on X instead of answered. */
const QUOTES = new Set(['W-33']);
const HOSPITAL_ACCOUNT = 'rsud.kra.sim';

function above(message: Message): Message[] {
  const parent = message.threadOf === undefined ? undefined : byId.get(message.threadOf);
  return parent ? [parent, ...above(parent)] : [];
}

const classifier = loadClassifier(process.cwd());
const decisions = messages
  .filter((message) => !message.expect.own)
  .map((message) => {
    const thread = above(message);
    const parent = thread[0] && !thread[0].expect.own ? thread[0].text : null;
    const own = thread.find((one) => one.expect.own);
    const found = classifier.classify({
      text: message.text,
      platform: message.channel,
      ownPostText: own?.text ?? null,
      parentText: QUOTES.has(message.id) ? null : parent,
      quotedText: QUOTES.has(message.id) ? parent : null,
      receivingAgency: own?.author === HOSPITAL_ACCOUNT ? 'RSUD' : null,
    });
    return { ...message, found };
  });
const of = (id: string) => decisions.find((one) => one.id === id)!.found;
const share = (part: readonly unknown[], whole: readonly unknown[]) => part.length / whole.length;

describe('the story', () => {
  test('of what is decided at least 95 % has the right agency, at most 3 are wrong', () => {
    const decided = decisions.filter(({ found }) => found.decided && found.kind !== 'bukan_aduan');
    const wrong = decided.filter(({ found, expect: wanted }) => found.agency !== wanted.agency);
    expect(wrong.map(({ id, found }) => `${id} ${found.agency}`).length).toBeLessThanOrEqual(3);
    expect(1 - share(wrong, decided)).toBeGreaterThanOrEqual(0.95);
  });

  test('at least 90 % of the messages that have an agency are decided', () => {
    const withAgency = decisions.filter(({ expect: wanted }) => wanted.agency !== null);
    expect(
      share(
        withAgency.filter(({ found }) => found.decided),
        withAgency,
      ),
    ).toBeGreaterThanOrEqual(0.9);
  });

  test('the kind is right in at least 90 %, the urgency in at least 80 %', () => {
    const kinds = decisions.filter(({ found, expect: wanted }) => found.kind === wanted.kind);
    const urgencies = decisions.filter(({ found, expect: wanted }) => found.urgency === wanted.urgency);
    expect(share(kinds, decisions)).toBeGreaterThanOrEqual(0.9);
    expect(share(urgencies, decisions)).toBeGreaterThanOrEqual(0.8);
  });

  test.each([['M-07'], ['W-11'], ['W-16']])('%s says too little: undecided, no agency', (id) => {
    expect(of(id)).toMatchObject({ decided: false, agency: null, subject: null });
  });

  test.each([['W-06'], ['W-12'], ['W-22'], ['W-37'], ['W-38'], ['M-22']])('%s is no complaint', (id) => {
    expect(of(id)).toMatchObject({ decided: true, kind: 'bukan_aduan', agency: null, secret: false });
  });

  test('exactly the three secret cases are secret, each with its reason', () => {
    const secret = decisions.filter(({ found }) => found.secret);
    expect(secret.map(({ id }) => id)).toEqual(['W-19', 'W-20', 'W-21']);
    for (const { found } of secret) expect(found.secretReasons.length).toBeGreaterThan(0);
  });

  test("the citizen's NIK and phone number are found and masked", () => {
    const { text } = byId.get('W-15')!;
    expect(of('W-15').personalData.map(({ type, start, end }) => [type, text.slice(start, end)])).toEqual([
      ['nik', '3313994101900007'],
      ['phone', '081200000012'],
    ]);
    expect(maskPersonalData(text)).not.toMatch(/\d{6}/);
  });

  test.each([['W-21'], ['W-32'], ['W-33'], ['W-34'], ['W-35'], ['W-40']])('%s is an emergency', (id) => {
    expect(of(id).urgency).toBe('darurat');
  });

  test('mockery is no praise, an insult with a matter is a complaint, a rumour is marked', () => {
    expect(of('W-09')).toMatchObject({ kind: 'pengaduan', agency: 'DPUPR' });
    expect(of('W-09').flags).toContain('sarkasme');
    expect(of('W-23')).toMatchObject({ kind: 'pengaduan', agency: 'DISHUB' });
    expect(of('W-23').flags).toContain('kasar');
    expect(of('W-27').flags).toContain('klaim_belum_pasti');
    expect(of('W-35').flags).toContain('klaim_belum_pasti');
    expect(of('M-13').flags).toContain('ditagih');
  });

  test('matters of others are seen as theirs', () => {
    expect(of('W-08')).toMatchObject({ agency: 'PROV_JALAN', companion: 'DPUPR', authority: 'province' });
    expect(of('M-31')).toMatchObject({ agency: 'BBPJN', authority: 'state' });
    expect(of('W-18')).toMatchObject({ agency: 'PLN', authority: 'utility' });
    expect(of('W-30')).toMatchObject({ agency: 'TETANGGA', authority: 'neighbour' });
    expect(of('W-29')).toMatchObject({ agency: 'DPUPR', authority: 'ours' });
  });
});
