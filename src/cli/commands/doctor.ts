import { asError, type BrokenReason, ChannelBrokenError } from '../../core/errors.ts';
import { may } from '../../domain/policies.ts';
import type { User } from '../../domain/user.ts';
import { apiDeps } from '../../joins/api.ts';
import type { Services } from '../../services.ts';
import { listChannels } from '../../store/channels.ts';
import { countWaiting } from '../../store/mention-work.ts';
import { mentions } from '../../store/mentions.ts';
import { listUsers } from '../../store/users.ts';
import { openInstallation } from '../open.ts';
import { print, simulatedMark } from '../output.ts';
import type { AddCommand } from './command.ts';

interface Finding {
  readonly ok: boolean;
  readonly what: string;
  /** It works, but something should be known. */
  readonly warns?: boolean;
}

/** `doctor`: what works and what is missing before the office can rely on it. Exit code 1 when something is. */
export const addDoctor: AddCommand = (program, env) => {
  program
    .command('doctor')
    .description('periksa apakah semuanya siap / check that everything is ready')
    .action(async () => {
      await using here = await openInstallation(env);
      if (here.config.mode === 'demo') print(simulatedMark);
      const { services } = here;
      const findings = [
        ...(await servers(services)),
        ...(await fourEyes(services)),
        ...(await tokens(services)),
        ...(await backlog(services)),
      ];
      for (const { ok, what, warns } of findings) print(`${ok ? (warns ? '!' : '✓') : '✗'} ${what}`);
      if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
    });
};

async function servers(services: Services): Promise<Finding[]> {
  const { probes, verifyAudit } = apiDeps(services, []);
  const answers = await Promise.all(
    Object.entries(probes).map(async ([name, probe]) => ({
      ok: await probe(),
      what: `${name} menjawab / answers`,
    })),
  );
  const audit = await verifyAudit();
  return [...answers, { ok: audit.ok, what: 'rantai audit utuh / the audit chain is unbroken' }];
}

/** Can a draft be carried through by two people? */
async function fourEyes({ database }: Services): Promise<Finding[]> {
  const users = (await listUsers(database.db)).filter((user) => user.disabledAt === null);
  const able = (act: 'draft.submit' | 'draft.approve' | 'reply.release') =>
    users.filter((user) => may(user, act, { secret: false, authors: [], agency: user.agency }));
  const pairs = able('draft.submit').some((writer: User) =>
    able('draft.approve').some((one: User) => one._id !== writer._id),
  );
  return [
    { ok: pairs, what: 'ada penulis dan penyetuju yang berbeda / a writer and another person who approves' },
    { ok: able('reply.release').length > 0, what: 'ada yang boleh mengirim / somebody may publish' },
    {
      ok: users.some((user) => user.role === 'superadmin'),
      what: 'ada admin sistem / there is a superadmin',
    },
  ];
}

const brokenWords: Readonly<Record<BrokenReason, string>> = {
  token: 'token ditolak: buat token baru / the token is refused: make a new one',
  permission: 'izin aplikasi kurang / the app lacks a permission',
  money: 'saldo atau kuota habis / money or quota is used up',
  account: 'akun tidak dikenal atau diblokir / the account is unknown or blocked',
};

function whyBroken(error: Error): string {
  if (!(error instanceof ChannelBrokenError)) return error.message;
  return `${brokenWords[error.reason]} («${error.platformWords}»)`;
}

async function tokens({ connectors, database }: Services): Promise<Finding[]> {
  const health = new Map((await listChannels(database.db)).map((channel) => [channel._id, channel]));
  const findings: Finding[] = [];
  for (const [id, connector] of connectors) {
    try {
      const probe = await connector.probe(AbortSignal.timeout(10_000));
      const sending = health.get(id)?.sending ? 'kirim hidup / sending on' : 'kirim mati / sending off';
      const warnings = [...probe.warnings, ...(health.get(id)?.refusedFields ?? [])];
      findings.push({
        ok: true,
        warns: warnings.length > 0,
        what: [`${id}: ${probe.account.name}, ${sending}`, ...warnings].join('; '),
      });
    } catch (error) {
      findings.push({ ok: false, what: `${id}: ${whyBroken(asError(error))}` });
    }
  }
  if (connectors.size === 0) findings.push({ ok: false, what: 'belum ada kanal / no channel yet' });
  return findings;
}

async function backlog({ database }: Services): Promise<Finding[]> {
  const waiting = await countWaiting(mentions(database.db));
  return [
    {
      ok: waiting < 10_000,
      what: `${waiting} pesan menunggu klasifikasi / messages wait for classification`,
    },
  ];
}
