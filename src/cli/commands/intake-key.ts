import { openDesk } from '../desk-session.ts';
import { openInstallation } from '../open.ts';
import { print, table, wib } from '../output.ts';
import type { AddCommand } from './command.ts';

/** `intake-key`: keys of programs that hand reports over (the regency's site, a bridge to a portal). */
export const addIntakeKeys: AddCommand = (program, env) => {
  const command = program
    .command('intake-key')
    .description('kunci untuk program yang menyerahkan laporan / keys of programs that hand reports over');
  command
    .command('add')
    .argument('<channel>', 'misalnya website-karanganyar')
    .requiredOption('--name <text>', 'milik program apa / whose program')
    .action(async (channelId: string, options: { name: string }) => {
      await using here = await openInstallation(env);
      const made = await (await openDesk(here)).client.intakeKeys.add({ channelId, name: options.name });
      print(made.key);
      print(
        'Catat sekarang: kunci ini tidak dapat ditampilkan lagi. / Note it now: it is never shown again.',
      );
    });
  command.command('list').action(async () => {
    await using here = await openInstallation(env);
    const rows = (await (await openDesk(here)).client.intakeKeys.list()).map((one) => [
      one._id,
      one.channelId,
      one.name,
      one.revokedAt ? 'dicabut / revoked' : 'berlaku / valid',
      wib(one.lastUsedAt),
    ]);
    print(table(['kunci', 'kanal', 'milik', 'status', 'terakhir dipakai'], rows));
  });
  command
    .command('revoke')
    .argument('<key>', 'tk_…')
    .action(async (id: string) => {
      await using here = await openInstallation(env);
      await (await openDesk(here)).client.intakeKeys.revoke({ id });
      print(`${id}: dicabut / revoked`);
    });
};
