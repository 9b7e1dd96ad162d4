import { randomBytes } from 'node:crypto';
import { Argument, Option } from 'commander';
import { createUser } from '../../accounts/accounts.ts';
import { RefusedError } from '../../core/errors.ts';
import { systemUser } from '../../domain/ids.ts';
import { type Role, roles } from '../../domain/user.ts';
import { apiDeps } from '../../joins/api.ts';
import { listChannels } from '../../store/channels.ts';
import { readStopSwitch } from '../../store/stop-switch.ts';
import { listUsers } from '../../store/users.ts';
import { openDesk } from '../desk-session.ts';
import { type Env, type Installation, openInstallation } from '../open.ts';
import { print, simulatedMark, table, wib } from '../output.ts';
import type { AddCommand } from './command.ts';

async function at(env: Env, work: (here: Installation) => Promise<void>): Promise<void> {
  await using here = await openInstallation(env);
  if (here.config.mode === 'demo') print(simulatedMark);
  await work(here);
}

/** Readable off a screen, typed once, then changed. */
function firstPassword(): string {
  return randomBytes(15).toString('base64url');
}

/** `user`, `channel`, `stop`, `audit`: the office itself. */
export const addOffice: AddCommand = (program, env) => {
  const user = program.command('user').description('akun / accounts');
  user.command('list').action(() =>
    at(env, async ({ services }) => {
      const users = await listUsers(services.database.db);
      const cells = users.map((one) => [
        one._id,
        one.role,
        one.agency ?? '–',
        one.mayPublish ? 'ya' : 'tidak',
        one.disabledAt ? 'nonaktif' : 'aktif',
        one.name,
      ]);
      print(table(['nama masuk', 'peran', 'OPD', 'boleh kirim', 'status', 'nama'], cells));
    }),
  );
  user
    .command('add')
    .argument('<login>', 'nama masuk / login name')
    .description(
      'akun pertama tanpa masuk, selanjutnya sebagai superadmin / the first account freely, later as superadmin',
    )
    .requiredOption('--name <text>', 'nama / name')
    .addOption(new Option('--role <role>', 'peran / role').choices(roles).makeOptionMandatory())
    .option('--agency <code>', 'OPD (admin_opd)')
    .option('--publish', 'boleh mengirim balasan / may publish')
    .action((loginName: string, options: { name: string; role: Role; agency?: string; publish?: true }) =>
      at(env, async (here) => {
        const password = firstPassword();
        const made = {
          loginName,
          name: options.name,
          role: options.role,
          agency: options.agency ?? null,
          mayPublish: options.publish === true,
          password,
        };
        // Somebody has to be the first: whoever runs this on the server's own disk, once.
        const isFirst = (await listUsers(here.services.database.db)).length === 0;
        if (isFirst) await createUser(apiDeps(here.services, []), made, systemUser);
        else await (await openDesk(here)).client.users.create(made);
        print(`${loginName}: ${password}`);
      }),
    );
  user
    .command('disable')
    .argument('<login>')
    .action((id: string) =>
      at(env, async (here) => {
        await (await openDesk(here)).client.users.disable({ id });
        print(`${id}: nonaktif / disabled`);
      }),
    );

  const channel = program.command('channel').description('kanal / channels');
  channel.command('list').action(() =>
    at(env, async ({ services }) => {
      const rows = (await listChannels(services.database.db)).map((one) => [
        one._id,
        one.state,
        one.broken ? `${one.broken.reason}: ${one.broken.platformWords}` : '–',
        one.sending ? 'hidup / on' : 'mati / off',
        wib(one.lastSuccessAt),
        `US$ ${(one.budget.spentMicros / 1_000_000).toFixed(2)}`,
      ]);
      print(table(['kanal', 'keadaan', 'masalah', 'kirim', 'terakhir berhasil', 'bulan ini'], rows));
    }),
  );
  for (const verb of ['pause', 'resume'] as const) {
    channel
      .command(verb)
      .argument('<channel>')
      .action((id: string) =>
        at(env, async (here) => print((await (await openDesk(here)).client.channels[verb]({ id })).state)),
      );
  }
  channel
    .command('sending')
    .argument('<channel>')
    .argument('<on|off>')
    .action((id: string, state: string) =>
      at(env, async (here) => {
        const sending = onOrOff(state);
        await (await openDesk(here)).client.channels.setSending({ id, sending });
        print(`${id}: ${state}`);
      }),
    );

  program
    .command('stop')
    .argument('[on|off]')
    .description('hentikan semua pengiriman / stop all sending')
    .action((state: string | undefined) =>
      at(env, async (here) => {
        if (state !== undefined)
          await (await openDesk(here)).client.stopSwitch.set({ stopped: onOrOff(state) });
        const { stopped, by, at: when } = await readStopSwitch(here.services.database.db);
        print(
          stopped
            ? `Semua pengiriman DIHENTIKAN oleh ${by}, ${wib(when)}. / All sending is stopped.`
            : 'Pengiriman berjalan. / Sending is on.',
        );
      }),
    );
  program
    .command('audit')
    .addArgument(new Argument('<verify>').choices(['verify']))
    .description('periksa rantai catatan audit / check the chain of audit entries')
    .action(() =>
      at(env, async (here) => print(JSON.stringify(await apiDeps(here.services, []).verifyAudit()))),
    );
};

function onOrOff(state: string): boolean {
  if (state === 'on') return true;
  if (state === 'off') return false;
  throw new RefusedError('invalid', {
    id: `"${state}" bukan on atau off.`,
    en: `"${state}" is neither on nor off.`,
  });
}
