import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { createBayesListener } from '../../src/classify/bayes-listener.ts';
import { type KnowledgeFiles, parseKnowledge } from '../../src/classify/knowledge.ts';
import { loadClassifier, loadKnowledge, loadTrainingExamples, wordsFor } from '../../src/classify/load.ts';
import { scoreBayes, trainBayes } from '../../src/classify/naive-bayes.ts';
import { landmarksOf } from '../../src/classify/reading.ts';
import { bayesWordsOf } from '../../src/text/bayes-tokens.ts';
import { tokenise } from '../../src/text/tokens.ts';

const read = (name: string) => JSON.parse(readFileSync(`data/${name}.json`, 'utf8'));
const files = (): Record<keyof KnowledgeFiles, ReturnType<typeof read>> => ({
  agencies: read('agencies'),
  subjects: read('subjects'),
  places: read('places'),
  lexicon: read('lexicon'),
  rules: read('rules'),
});

describe('data/*.json', () => {
  const knowledge = loadKnowledge(process.cwd());

  test('every own agency has a subject, and the two secret ones are secret', () => {
    const served = new Set(knowledge.subjects.map(({ agency }) => agency));
    const own = knowledge.agencies.filter(
      ({ authority, kecamatan }) => authority === 'ours' && kecamatan === null,
    );
    expect(own.filter(({ _id }) => !served.has(_id))).toEqual([]);
    expect(own.filter(({ secret }) => secret).map(({ _id }) => _id)).toEqual(['DP3AKB', 'INSPEKTORAT']);
  });

  // Planted and seen caught: a word written twice in a group, and in two strengths of a subject.
  test('no word stands twice in a group of words or among the keywords of a subject', () => {
    const twice = (words: readonly string[]) => words.filter((word, at) => words.indexOf(word) !== at);
    const groups = Object.entries(knowledge.signals).map(([id, words]) => [id, twice(words)]);
    const keywords = knowledge.subjects.map(({ _id, keywords: { strong, normal, weak } }) => [
      _id,
      twice([...strong, ...normal, ...weak]),
    ]);
    expect([...groups, ...keywords].filter(([, found]) => found?.length !== 0)).toEqual([]);
  });

  test('health insurance and vaccines belong to DINKES', () => {
    for (const id of ['jaminan_kesehatan', 'vaksin']) {
      expect(knowledge.subjects.find(({ _id }) => _id === id)?.agency).toBe('DINKES');
    }
  });

  test('the spelling list has at least 600 forms and no chains', () => {
    const { normalise } = knowledge.lexicon;
    expect(Object.keys(normalise).length).toBeGreaterThanOrEqual(600);
    const chains = Object.entries(normalise).filter(
      ([, to]) => Object.hasOwn(normalise, to) && normalise[to] !== to,
    );
    expect(chains).toEqual([]);
  });
});

describe('a fault in the lists stops the start and names the place', () => {
  test.each<[string, (lists: ReturnType<typeof files>) => void, RegExp]>([
    [
      'unknown agency',
      (lists) => {
        lists.subjects[0].agency = 'NOPE';
      },
      /subjects\.json: jalan names unknown agency NOPE/,
    ],
    [
      'unknown subject',
      (lists) => {
        lists.rules.subjectRules[0].drop = ['nope'];
      },
      /unknown subject nope/,
    ],
    [
      'unknown signal',
      (lists) => {
        lists.rules.subjectRules[0].all = ['nope'];
      },
      /unknown signal nope/,
    ],
    [
      'unknown kecamatan',
      (lists) => {
        lists.places.places[0].kecamatan = ['Nope'];
      },
      /unknown kecamatan Nope/,
    ],
    [
      'twice the same id',
      (lists) => {
        lists.subjects.push(lists.subjects[0]);
      },
      /id is there twice/,
    ],
    [
      'wrong shape',
      (lists) => {
        lists.agencies[0].authority = 'mars';
      },
      /agencies\.json has a wrong shape/,
    ],
  ])('%s', (_, spoil, message) => {
    const lists = files();
    spoil(lists);
    expect(() => parseKnowledge(lists)).toThrow(message);
  });
});

describe('the loaded classifier', () => {
  test('has a version that stays the same for the same files, and loads within two CPU seconds', () => {
    const start = process.cpuUsage();
    const first = loadClassifier(process.cwd());
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(4); // Twice the promise: a shared machine and code not compiled ahead.
    expect(loadClassifier(process.cwd()).modelVersion).toBe(first.modelVersion);
    expect(first.modelVersion).toMatch(/^v1-[0-9a-f]{12}$/);
  });

  test('hears Naive Bayes as scoreBayes says it', () => {
    const knowledge = loadKnowledge(process.cwd());
    const words = wordsFor(knowledge);
    const landmarks = landmarksOf(knowledge, words);
    const examples = loadTrainingExamples(process.cwd());
    const heardIn = (text: string) => bayesWordsOf(tokenise(text, words), landmarks);
    const model = trainBayes(
      examples.map(({ text, subject }) => ({
        label: subject,
        tokens: heardIn(text).map(({ stem }) => stem),
      })),
    );
    const listener = createBayesListener(model, knowledge, words);
    for (const { text } of examples.slice(0, 300)) {
      const heard = heardIn(text);
      const expected = scoreBayes(
        model,
        heard.map(({ stem }) => stem),
      );
      const voice = listener.hear(heard);
      knowledge.subjects.forEach((subject, at) => {
        const column = model.labels.indexOf(subject._id);
        if (column >= 0) expect(voice.posterior[at]).toBeCloseTo(expected[column]!, 4);
      });
    }
  });

  test('shows the words that decided, as the citizen wrote them', () => {
    const found = loadClassifier(process.cwd()).classify({
      text: 'Lampune JALAN mati, wis 10 dina',
      platform: null,
      ownPostText: null,
      parentText: null,
      quotedText: null,
      receivingAgency: null,
    });
    expect(found.agency).toBe('DISHUB');
    expect(found.evidence.filter(({ source }) => source === 'keyword').map(({ words }) => words)).toContain(
      'Lampune JALAN mati',
    );
    expect(new Set(found.evidence.map(({ source }) => source))).toEqual(new Set(['keyword', 'bayes']));
  });
});
