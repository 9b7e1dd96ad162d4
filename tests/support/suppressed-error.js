/**
 * The compiler's helper for `using` names this class when a test and its clean-up both fail, but defines it under another
 * name (swc 1.x), so both errors were lost. This one says both.
 */
globalThis._SuppressedError = class SuppressedError extends Error {
  constructor(error, suppressed, message) {
    super(
      `${message}\nfirst: ${suppressed?.stack ?? suppressed}\nthen, while cleaning up: ${error?.stack ?? error}`,
    );
    this.name = 'SuppressedError';
    this.error = error;
    this.suppressed = suppressed;
  }
};
