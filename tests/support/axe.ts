import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeViolation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** The only rules that depend on the theme. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/**
 * What axe calls serious or critical, in the theme that the page is in: every rule in the light one, those of colours in
 * the dark one. The page's CSP must be bypassed, as axe is put into it as a script.
 * @param within the part that axe looks at (Default: the whole page)
 */
export async function axeViolations(
  page: Page,
  scheme: 'light' | 'dark',
  within = 'html',
): Promise<string[]> {
  if (!(await page.evaluate(`'axe' in window`))) await page.evaluate(axe);
  // What passes is told of one element a rule only: to describe all of them is half of axe's work.
  const options = { resultTypes: ['violations'], ...(scheme === 'dark' && { runOnly: ofColours }) };
  const violations = await page.evaluate<AxeViolation[]>(
    `axe.run(${JSON.stringify(within)}, ${JSON.stringify(options)}).then((r) => r.violations)`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${scheme} ${id}: ${nodes[0]?.html}`);
}
