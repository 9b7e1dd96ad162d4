import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../../core/root.ts';
import type { Recipient } from '../../domain/forward.ts';

const Agencies = z.array(z.object({ code: z.string(), shortName: z.string(), authority: z.string() }));

/** An invented recipient for each agency of the regency, and a duty officer; their mail never leaves this machine. */
export async function demoRecipients(): Promise<readonly Recipient[]> {
  const file = path.join(projectRoot, 'data/agencies.json');
  const agencies = Agencies.parse(JSON.parse(await readFile(file, 'utf8')));
  const ours = agencies.filter(({ authority }) => authority === 'ours');
  return [
    ...ours.map(({ code, shortName }) => recipient(code, 'admin_opd', `Admin ${shortName} (sim)`, code)),
    recipient('piket', 'piket', 'Petugas piket (sim)', null),
  ];
}

function recipient(id: string, role: string, name: string, agency: string | null): Recipient {
  const local = id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return { id: local, agency, role, name, way: 'mail', address: `${local}@opd.contoh.test`, user: null };
}
