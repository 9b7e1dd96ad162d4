import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { channelId, systemUser } from '../../domain/ids.ts';
import { ownAccount } from '../../platforms/registry.ts';
import type { Services } from '../../services.ts';
import { inTransaction } from '../../store/database.ts';
import { addIntakeKey, useIntakeKey } from '../../store/intake-keys.ts';

/** The key with which the simulated site hands its reports over, made once for each installation and kept there (0600). */
export async function demoSiteKey(home: string, { database, clock }: Services): Promise<string> {
  const file = path.join(home, 'demo-site-key');
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null && (await useIntakeKey(database.db, kept, clock.now()))) return kept;
  const made = {
    channelId: channelId('website', ownAccount.name),
    name: 'Situs Pemkab (simulasi)',
    createdAt: clock.now(),
    by: systemUser,
  };
  const { key } = await inTransaction(database.client)((session) => addIntakeKey(database.db, made, session));
  await writeFile(file, key, { mode: 0o600 });
  return key;
}
