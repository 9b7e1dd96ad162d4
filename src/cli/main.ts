import { ORPCError } from '@orpc/client';
import { Command } from 'commander';
import { wordsFor } from '../api/problem.ts';
import { explain } from '../core/explain.ts';
import { addBackup } from './commands/backup.ts';
import { addClassify } from './commands/classify.ts';
import { addDesk } from './commands/desk.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addExport } from './commands/export.ts';
import { addExportSettings } from './commands/export-settings.ts';
import { addImport } from './commands/import.ts';
import { addInit } from './commands/init.ts';
import { addIntakeKeys } from './commands/intake-key.ts';
import { addLists } from './commands/lists.ts';
import { addModels } from './commands/models.ts';
import { addOffice } from './commands/office.ts';
import { addRecap } from './commands/recap.ts';
import { addSim } from './commands/sim.ts';
import { addStart } from './commands/start.ts';
import { say } from './output.ts';

try {
  process.loadEnvFile();
} catch {
  // No .env here: the environment alone decides.
}

const program = new Command('tanggap')
  .description('Aduan warga dari media sosial dan kanal aduan / citizens’ complaints, answered')
  .configureHelp({ showGlobalOptions: true });
for (const add of [
  addStart,
  addLists,
  addDesk,
  addClassify,
  addEvaluate,
  addModels,
  addImport,
  addRecap,
  addExport,
  addExportSettings,
  addBackup,
  addOffice,
  addIntakeKeys,
  addSim,
  addDoctor,
  addInit,
]) {
  add(program, process.env);
}

/** What the API answered, by its status. */
function explained(thrown: unknown): ReturnType<typeof explain> {
  if (!(thrown instanceof ORPCError) || thrown.status >= 500) return explain(thrown);
  const { id, en } = wordsFor(thrown.status);
  return { words: `${id} / ${en}`, exitCode: 1 };
}

// "tanggap cases | head": whoever reads has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (thrown) {
  const { words, exitCode } = explained(thrown);
  say(`tanggap: ${words}`);
  process.exitCode = exitCode;
}
