/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/tests/support/environment.js',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.services/'],
  watchman: false,
  maxWorkers: 2,
  testTimeout: 60_000,
  testSequencer: '<rootDir>/tests/support/sequencer.js',
  globalSetup: '<rootDir>/tests/support/global-setup.js',
  globalTeardown: '<rootDir>/tests/support/global-teardown.js',
  setupFiles: ['<rootDir>/tests/support/loopback-only.js', '<rootDir>/tests/support/suppressed-error.js'],
  reporters: ['default', '<rootDir>/tests/support/closing-line-reporter.js'],
  moduleNameMapper: {
    '^natural/.*/stemmer_id\\.js$': '<rootDir>/tests/support/stemmer.js',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};
