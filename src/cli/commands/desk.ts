import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { openDesk } from '../desk-session.ts';
import { type Env, openInstallation } from '../open.ts';
import { print, say, simulatedMark } from '../output.ts';
import type { AddCommand } from './command.ts';

type Desk = Awaited<ReturnType<typeof openDesk>>;

interface MoveOptions {
  readonly version?: string;
  readonly reason?: string;
  readonly json?: true;
}

async function atDesk(env: Env, work: (desk: Desk) => Promise<void>): Promise<void> {
  await using here = await openInstallation(env);
  if (here.config.mode === 'demo') say(simulatedMark);
  await work(await openDesk(here));
}

/** The password from the terminal, unseen, or the first line of stdin. */
function askPassword(): Promise<string> {
  const isTerminal = process.stdin.isTTY === true;
  if (isTerminal) process.stderr.write('kata sandi / password: ');
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: muted, terminal: isTerminal });
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      // Before the end, whose own handler answers with nothing.
      resolve(line);
      if (isTerminal) process.stderr.write('\n');
      lines.close();
    });
    lines.once('close', () => resolve(''));
  });
}

/** `login`, `logout` and the moves of a reply: draft → submit → approve → release. */
export const addDesk: AddCommand = (program, env) => {
  program
    .command('login')
    .argument('<name>', 'nama masuk / login name')
    .description(
      'masuk; kata sandi diketik atau lewat stdin / log in; the password is typed or read from stdin',
    )
    .option('--code <code>', 'kode autentikator / code of the authenticator')
    .action(async (name: string, options: { code?: string }) => {
      const password = await askPassword();
      await atDesk(env, async (desk) => {
        const { token, user } = await desk.client.auth.login({ name, password, ...options });
        if (token) await desk.keep(token);
        print(`Masuk sebagai ${user.name} (${user.role}). / Logged in.`);
      });
    });
  program
    .command('logout')
    .description('keluar / log out')
    .action(() =>
      atDesk(env, async (desk) => {
        if (desk.user) await desk.client.auth.logout();
        await desk.forget();
        print('Keluar. / Logged out.');
      }),
    );

  const move = (
    name: string,
    description: string,
    act: (
      desk: Desk,
      seen: { id: string; version: number },
      reason: string,
    ) => Promise<{ state: string; version: number }>,
  ) =>
    program
      .command(name)
      .argument('<draft>', 'id draf / draft id')
      .description(description)
      .option(
        '--version <n>',
        'versi yang dilihat; tanpa ini versi sekarang / the version seen; default: the present one',
      )
      .option('--reason <text>', 'alasan / reason')
      .option('--json', 'satu objek JSON / one JSON object')
      .action((id: string, options: MoveOptions) =>
        atDesk(env, async (desk) => {
          const seen = await desk.client.drafts.get({ id });
          const version = options.version === undefined ? seen.version : Number(options.version);
          const moved = await act(desk, { id, version }, options.reason ?? '');
          print(options.json ? JSON.stringify(moved) : `${id}: ${moved.state}`);
        }),
      );
  move('submit', 'ajukan untuk disetujui / hand a draft over for approval', (desk, seen) =>
    desk.client.drafts.submit(seen),
  );
  move('approve', 'setujui; bukan oleh penulisnya / approve; not by an author', (desk, seen) =>
    desk.client.drafts.approve(seen),
  );
  move('reject', 'tolak dengan alasan / reject with a reason', (desk, seen, reason) =>
    desk.client.drafts.reject({ ...seen, reason }),
  );
  move('release', 'kirim setelah 30 detik / release, sent after 30 s', (desk, seen) =>
    desk.client.drafts.release(seen),
  );
  move('undo', 'batalkan pengiriman selama masa tunggu / take a release back during the hold', (desk, seen) =>
    desk.client.drafts.undo(seen),
  );
};
