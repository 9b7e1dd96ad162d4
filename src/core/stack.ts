/** What Node 22 calls AsyncDisposableStack: closes what was opened, newest first, each also when another one failed. */
export class OpenStack implements AsyncDisposable {
  readonly #opened: (() => PromiseLike<void>)[] = [];

  use<Resource extends AsyncDisposable>(resource: Resource): Resource {
    this.defer(() => resource[Symbol.asyncDispose]());
    return resource;
  }

  defer(close: () => PromiseLike<void>): void {
    this.#opened.push(close);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#opened.reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be closed');
  }
}
