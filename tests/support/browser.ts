import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The machine's Chromium; null when there is none, and then browser tests are skipped. */
export const chromiumPath = places.find((path) => existsSync(path)) ?? null;

/**
 * Features that tests do without. Suggestions below the address bar, which nobody sees here, are two pages of their own
 * in each new window: more than a second of CPU time. Only the last such switch counts, so the others are Playwright's
 * own (chromiumSwitches.ts).
 */
const switchedOff = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'],
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades'],
  ...['HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'PaintHolding', 'AimEnabled'],
  ...[
    'ThirdPartyStoragePartitioning',
    'OptimizationHints',
    'NetworkTimeServiceQuerying',
    'PreconnectToSearch',
  ],
];

export function openBrowser(): Promise<Browser> {
  if (chromiumPath === null) throw new Error('No Chromium: apt-get install -y chromium');
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      ...['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
      `--disable-features=${switchedOff.join(',')}`,
    ],
  });
}
