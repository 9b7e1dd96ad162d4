import path from 'node:path';
import type { DemoAccount } from '../../accounts/demo-accounts.ts';
import { SECOND, systemClock } from '../../core/clock.ts';
import type { ChannelConfig, Config } from '../../core/config.ts';
import { asError } from '../../core/errors.ts';
import { openLog } from '../../core/log.ts';
import { projectRoot } from '../../core/root.ts';
import type { Recipient } from '../../domain/forward.ts';
import { type ChannelId, channelId } from '../../domain/ids.ts';
import { lateAfterMs } from '../../ingest/late.ts';
import { apiDeps } from '../../joins/api.ts';
import { importFile } from '../../joins/import.ts';
import { importWaiting } from '../../joins/watched-folder.ts';
import type { OpenOptions, Services } from '../../services.ts';
import { playDemo } from '../../simulators/demo/player.ts';
import { startGroupSimulator } from '../../simulators/group/index.ts';
import { type MailSimulator, startMailSimulator } from '../../simulators/mail/index.ts';
import type { Simulator } from '../../simulators/simulator.ts';
import { runAgencies } from '../../simulators/staff/agencies.ts';
import { openStaffDesk } from '../../simulators/staff/desk.ts';
import { openPassingOn } from '../../simulators/staff/passing-on.ts';
import { runStaff, staffPass } from '../../simulators/staff/staff.ts';
import type { WhatsappSimulator } from '../../simulators/whatsapp/index.ts';
import { setChannelState } from '../../store/channels.ts';
import { simulatedMark } from '../output.ts';
import { demoAccounts } from './accounts.ts';
import { demoRecipients } from './recipients.ts';
import { startSimulatedPlatforms } from './simulated-platforms.ts';
import { demoSiteKey } from './site-key.ts';

/** What exists in demo mode only: simulators, their story, accounts for the visitor, played staff. */
export interface Demo extends AsyncDisposable {
  readonly channels: readonly ChannelConfig[];
  /** Invented people of the agencies, and a mail server that delivers nothing. */
  readonly outside: Pick<OpenOptions, 'recipients' | 'mail' | 'lateAfterMs'>;
  /** Accounts, history and the demo's past; nothing that is there already comes twice. */
  prepare(services: Services, api: URL, onStep: (line: string) => void): Promise<void>;
  /** Played officers bring a few drafts out and leave five for the visitor. */
  staffPass(): Promise<void>;
  /** Lets the story go on and the staff work, until the signal. */
  play(signal: AbortSignal): Promise<void>;
  welcome(api: URL): string;
}

/** What a poll each minute finds is never late, however fast the story is. */
const pollsWithinMs = 75 * SECOND;

/** @param speed minutes of the story in a minute of serving */
export async function openDemo(config: Config, speed: number): Promise<Demo> {
  const platforms = await startSimulatedPlatforms(config);
  const mail = await startMailSimulator();
  const group = await startGroupSimulator({
    dir: path.join(config.home, 'simulators', 'group'),
    clock: systemClock,
  });
  const log = openLog(config.logLevel);
  let accounts: readonly DemoAccount[] = [];
  let ready: { services: Services; api: URL } | null = null;

  const opened = () => {
    if (!ready) throw new Error('the demo was not prepared');
    return ready;
  };
  const story = (ticking: boolean, signal: AbortSignal) =>
    playDemo({
      simulators: platforms.simulators,
      clock: systemClock,
      log,
      dir: path.join(config.home, 'story'),
      fixturesDir: path.join(projectRoot, 'fixtures'),
      speed,
      reconnect: async (platform) => {
        const { services } = opened();
        for (const [id, connector] of services.connectors) {
          if (connector.platform === platform) await setChannelState(services.database.db, id, 'ok');
        }
      },
      signal,
      ticking,
    });
  const staff = async () => {
    const { api } = opened();
    const desk = (loginName: string) => {
      const account = accounts.find((one) => one.loginName === loginName);
      return openStaffDesk({ baseUrl: api, loginName, password: account?.password ?? '' });
    };
    return { writer: await desk('peran.petugas'), approver: await desk('peran.penyetuju'), log };
  };
  /** The office at work, and the agencies that it passes cases on to. */
  const office = async (signal: AbortSignal) => {
    const { services, api } = opened();
    const deps = await staff();
    const people = answeringPeople(services);
    const agencies = new Set(people.flatMap(({ agency }) => agency ?? []));
    const passingOn = openPassingOn({ writer: deps.writer, agencies, group, log });
    const inbox = inboxOf(mail, platforms.simulators);
    await Promise.all([
      runStaff({ ...deps, passingOn, signal }),
      runAgencies({ baseUrl: api, clock: systemClock, log, people, inbox, group, signal }),
    ]);
  };

  return {
    channels: platforms.channels,
    outside: {
      recipients: demoRecipients,
      lateAfterMs: Math.max(lateAfterMs / speed, pollsWithinMs),
      mail: { url: mail.smtpUrl, from: 'Aduan Karanganyar (sim) <aduan@contoh.test>' },
    },
    async prepare(services, api, onStep) {
      ready = { services, api };
      accounts = await demoAccounts(config.home, apiDeps(services, []));
      const history = await importFile(services, path.join(projectRoot, 'fixtures/history-2023.csv'), {
        source: 'riwayat-2023',
        portal: null,
        dryRun: false,
      });
      if (history.added > 0)
        onStep(`riwayat 2023: ${history.added} aduan diimpor / cases imported (${simulatedMark})`);
      await platforms.connect(api, 'only-deliver');
      platforms.connectSite(api, await demoSiteKey(config.home, services));
      await story(false, new AbortController().signal);
      // The past of the others is polled; from now on they deliver as well.
      await platforms.connect(api, 'also-deliver');
      await platforms.delivered();
      await importWaiting(services, new AbortController().signal, 0);
    },
    async staffPass() {
      await staffPass(await staff());
    },
    async play(signal) {
      const { services } = opened();
      // Who writes on /sim looks at the desk next. Only then: the platform's own limit allows a poll each three seconds.
      platforms.onWritten(
        ({ platform, account }) => void askAtOnce(services, channelId(platform, account.name)),
      );
      await Promise.all([story(true, signal), office(signal)]);
    },
    welcome: (api) => welcome(api, accounts, platforms.simulators, { mail: mail.page, group: group.page }),
    async [Symbol.asyncDispose]() {
      await group[Symbol.asyncDispose]();
      await mail[Symbol.asyncDispose]();
      await platforms[Symbol.asyncDispose]();
    },
  };
}

async function askAtOnce({ queues, log }: Services, id: ChannelId): Promise<void> {
  try {
    await queues.poll.get(id)?.add('poll', { channelId: id, depth: 'normal' });
  } catch (error) {
    log.debug('queue connection', { error: asError(error) });
  }
}

/** Who answers for the agencies, as the lists have them. */
function answeringPeople({ recipients }: Services): readonly Recipient[] {
  return recipients.filter(({ agency, role }) => agency !== null && role === 'admin_opd');
}

/** What lies in somebody's mailbox, or stands on his telephone. */
function inboxOf(
  mail: MailSimulator,
  simulators: readonly Simulator[],
): (person: Recipient) => readonly string[] {
  return ({ way, address }) =>
    way === 'mail'
      ? mail.mails.filter(({ to }) => to.includes(address)).map(({ text }) => text)
      : simulators.flatMap((simulator) =>
          'textsTo' in simulator ? (simulator as WhatsappSimulator).textsTo(address) : [],
        );
}

function welcome(
  api: URL,
  accounts: readonly DemoAccount[],
  simulators: readonly Simulator[],
  { mail, group }: { readonly mail: URL; readonly group: URL },
): string {
  const visitors = accounts.filter((account) => !account.played);
  return [
    '',
    `  Tanggap (demo, ${simulatedMark})`,
    `  ${api.href}`,
    '',
    '  Akun demo / demo accounts:',
    ...visitors.map((one) => `    ${one.loginName.padEnd(12)} ${one.password}   ${one.role}`),
    '',
    '  Media sosial simulasi / simulated platforms:',
    ...simulators.map(
      ({ platform, account, baseUrl }) =>
        `    ${`${platform} (${account.name})`.padEnd(38)} ${new URL('/sim', baseUrl).href}`,
    ),
    `    ${'surel OPD / agencies’ mail'.padEnd(38)} ${mail.href}`,
    `    ${'grup WA OPD / agencies’ group'.padEnd(38)} ${group.href}`,
    `    ${'formulir warga / form'.padEnd(38)} ${new URL('/lapor', api).href}`,
    `    ${'lacak aduan / tracking'.padEnd(38)} ${new URL('/lacak', api).href}`,
    '',
    '  Coba: tulis aduan sebagai warga di halaman /sim, ajukan drafnya sebagai petugas, setujui dan kirim sebagai penyetuju.',
    '  Try: write a complaint as a citizen on a /sim page, submit its draft as petugas, approve and release it as penyetuju.',
    '',
    '  Ctrl-C untuk berhenti / to stop.',
    '',
  ].join('\n');
}
