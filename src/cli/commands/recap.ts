import { recapCsv, recapText } from '../../analyze/recap-formats.ts';
import { readRecap } from '../../joins/recap.ts';
import { openInstallation } from '../open.ts';
import { print } from '../output.ts';
import type { AddCommand } from './command.ts';

/** `recap --from --to`: cases in, answered, late, by agency, channel and subject. */
export const addRecap: AddCommand = (program, env) => {
  program
    .command('recap')
    .description('rekap aduan suatu masa / cases of a period')
    .requiredOption('--from <day>', '2023-01-01 (WIB)')
    .requiredOption('--to <day>', '2023-11-30 (WIB), termasuk / included')
    .option('--agency <code>', 'satu OPD / one agency')
    .option('--csv', 'CSV')
    .option('--json', 'satu objek JSON / one JSON object')
    .action(async (options: { from: string; to: string; agency?: string; csv?: true; json?: true }) => {
      await using here = await openInstallation(env);
      const period = { from: options.from, to: options.to, agency: options.agency ?? null, platform: null };
      const found = await readRecap(here.services, period);
      const demo = here.config.mode === 'demo';
      const words = {
        agencyNames: here.services.agencyNames,
        subjectNames: here.services.subjectNames,
        demo,
      };
      if (options.json) print(JSON.stringify({ ...found, ...(demo && { simulated: true }) }));
      else process.stdout.write(options.csv ? recapCsv(found, words) : recapText(found, words));
    });
};
