/**
 * Runs outside of jest's sandbox, once a process, and hands in what is the same in every test file.
 * natural's stemmer keeps notes on the global object, which jest watches: inside the sandbox a word takes many times as
 * long, and each test file would ask for all words of the examples again.
 */
import { TestEnvironment } from 'jest-environment-node';
import stemmer from 'natural/lib/natural/stemmers/indonesian/stemmer_id.js';

const stems = new Map();

function stem(word) {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const found = stemmer.stem(word);
  stems.set(word, found);
  return found;
}

export default class Environment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.stemmerOfTheProcess = { ...stemmer, stem };
  }
}
