import { ORPCError } from '@orpc/client';
import { Command } from 'commander';
import { wordsFor } from '../api/problem.ts';
import { ConfigError } from '../core/config.ts';
import { asError, RefusedError } from '../core/errors.ts';
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

/** Words for the person at the keyboard; a stack only for what is a bug of ours. */
function explain(thrown: unknown): string {
  if (thrown instanceof RefusedError) return `${thrown.words.id} / ${thrown.words.en}`;
  if (thrown instanceof ConfigError) return thrown.message;
  if (thrown instanceof ORPCError && thrown.status < 500) {
    const words = wordsFor(thrown.status);
    return `${words.id} / ${words.en}`;
  }
  return asError(thrown).stack ?? String(thrown);
}

try {
  await program.parseAsync();
} catch (thrown) {
  say(`tanggap: ${explain(thrown)}`);
  process.exitCode = thrown instanceof ConfigError ? 2 : 1;
}
