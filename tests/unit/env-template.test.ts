import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { envTemplate } from '../../src/cli/commands/init.ts';
import { readConfig } from '../../src/core/config.ts';

const pages = [
  'docs/channels.md',
  ...readdirSync('docs/how-to').map((name) => path.join('docs/how-to', name)),
];
const ofChannels = /`((?:X|INSTAGRAM|FACEBOOK|WHATSAPP|META|OWN|SMTP|MAIL|TANGGAP_IMPORT)_[A-Z_]*[A-Z])`/g;

function settingsOf(template: string): Record<string, string> {
  const lines = template.split('\n').filter((line) => /^[A-Z_]+=/.test(line));
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
}

// Planted: the line of OWN_CHANNELS left out, as it once was lost.
test('what init writes has a line for every setting that the pages about channels tell an admin to fill in', () => {
  const named = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(ofChannels)].map(([, name]) => String(name)),
  );
  expect(new Set(named).size).toBeGreaterThan(20);
  expect([...new Set(named)].filter((name) => !(name in settingsOf(envTemplate())))).toEqual([]);
});

test('what init writes is read as it stands: live, with its own keys, the website and the portals on', () => {
  const config = readConfig(settingsOf(envTemplate()), '/tmp');
  expect(config).toMatchObject({
    ...{ mode: 'live', channels: [], ownChannels: ['website', 'sp4n', 'laporgub', 'sapamas'] },
    auditKey: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(config.auditKey).not.toBe(readConfig(settingsOf(envTemplate()), '/tmp').auditKey);
});
