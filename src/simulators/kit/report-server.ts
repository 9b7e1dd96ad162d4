import type { Clock } from '../../core/clock.ts';
import { RefusedError } from '../../core/errors.ts';
import type { PlatformId } from '../../domain/ids.ts';
import type { Simulator } from '../simulator.ts';
import { Faults } from './faults.ts';
import { Ledger } from './ledger.ts';
import type { Reports } from './reports.ts';
import { serveSimulator } from './serve.ts';
import { addSimPage } from './sim-page.ts';

/** A platform without an API for the office: a page for people, and nothing else to ask. */
export async function serveReports(options: {
  readonly platform: PlatformId;
  readonly title: string;
  readonly hint: string;
  readonly account: Simulator['account'];
  readonly dir: string;
  readonly clock: Clock;
  readonly port?: number;
  readonly reports: Reports;
  readonly write: Simulator['write'];
  readonly writeAsOffice: Simulator['writeAsOffice'];
}): Promise<Simulator> {
  const { clock, dir, port, reports, title, hint } = options;
  const faults = new Faults(clock);
  const ledger = new Ledger(dir);
  const simulator = {
    platform: options.platform,
    account: options.account,
    token: '',
    faults,
    ledger,
    write: options.write,
    writeAsOffice: options.writeAsOffice,
    edit: () => notHere(title),
    delete: () => notHere(title),
    hide: () => notHere(title),
    posts: () => reports.simulated(),
  };
  const server = await serveSimulator({
    clock,
    faults,
    ledger,
    ...(port !== undefined && { port }),
    page: (app) => addSimPage(app, { clock, simulator, title, hint }),
    routes: () => {},
    unknown: (c) => c.text(`${title} has no such page`, 404),
    rateLimited: (c) => c.text('too many requests', 429),
  });
  return {
    ...simulator,
    baseUrl: server.baseUrl,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      reports.close();
      ledger.close();
    },
  };
}

function notHere(title: string): never {
  throw new RefusedError('not-possible', {
    id: `Laporan di ${title} tidak dapat diubah atau dihapus oleh pelapor.`,
    en: `A report on ${title} cannot be changed or deleted by who wrote it.`,
  });
}
