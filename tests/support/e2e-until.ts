/** How often a condition is asked again, in milliseconds. */
const askEvery = 250;

/**
 * Waits until the condition holds. What it throws counts as "not yet": servers are killed while we ask.
 * @throws when it does not hold within `withinMs`, with the last error or value
 */
export async function until(
  what: string,
  withinMs: number,
  holds: () => Promise<boolean | string> | boolean | string,
): Promise<void> {
  const end = performance.now() + withinMs;
  for (;;) {
    const said = await Promise.resolve()
      .then(holds)
      .catch((error: unknown) => `threw ${error}`);
    if (said === true) return;
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${what} (${said})`);
    await new Promise((resolve) => setTimeout(resolve, askEvery));
  }
}
