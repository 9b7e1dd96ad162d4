/** natural ships no types for its parts; only these two are used, by subpath (the root loads mongoose, pg and redis). */
declare module 'natural/lib/natural/stemmers/indonesian/stemmer_id.js' {
  const stemmer: { stem(word: string): string; tokenizeAndStem(text: string): string[] };
  export default stemmer;
}

declare module 'natural/lib/natural/classifiers/bayes_classifier.js' {
  export default class BayesClassifier {
    constructor(stemmer?: { tokenizeAndStem(text: string): string[] });
    addDocument(text: string | readonly string[], label: string): void;
    train(): void;
    classify(text: string | readonly string[]): string;
  }
}
