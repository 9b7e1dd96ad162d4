import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { AccountsDeps } from '../../accounts/accounts.ts';
import { type DemoAccount, ensureDemoAccounts } from '../../accounts/demo-accounts.ts';

const Remembered = z.record(z.string(), z.string());

/** The demo's accounts with passwords of this installation, kept in its folder (0600) so that they can be printed again. */
export async function demoAccounts(home: string, deps: AccountsDeps): Promise<readonly DemoAccount[]> {
  const file = path.join(home, 'demo-accounts.json');
  const remembered = await readFile(file, 'utf8').then(
    (text) => Remembered.parse(JSON.parse(text)),
    () => ({}),
  );
  const accounts = await ensureDemoAccounts(deps, remembered);
  const passwords = Object.fromEntries(accounts.map((account) => [account.loginName, account.password]));
  await writeFile(file, JSON.stringify(passwords, null, 2), { mode: 0o600 });
  return accounts;
}
