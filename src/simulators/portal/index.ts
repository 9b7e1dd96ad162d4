import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Clock } from '../../core/clock.ts';
import { serveReports } from '../kit/report-server.ts';
import { Reports } from '../kit/reports.ts';
import type { NewPost, Simulator } from '../simulator.ts';
import { type PortalId, portalForms } from './forms.ts';

export interface PortalSimulator extends Simulator {
  /** Resolves when everything written lies in an export. */
  exported(): Promise<void>;
}

/**
 * A portal that has no API: citizens write on its page, and its export (the whole list, with states) is put into a
 * folder whenever something changed. An answer "by the office" is what an officer types into the portal.
 * @param exportTo null: it keeps its exports to itself
 */
export async function startPortalSimulator(
  portal: PortalId,
  options: {
    readonly dir: string;
    readonly clock: Clock;
    readonly port?: number;
    readonly exportTo: string | null;
  },
): Promise<PortalSimulator> {
  const { dir, clock, port, exportTo } = options;
  const form = portalForms[portal];
  const reports = new Reports(dir);
  const folder = exportTo === null ? null : path.join(exportTo, portal);
  let exporting: Promise<void> | null = null;

  const exportList = async (into: string): Promise<void> => {
    await mkdir(into, { recursive: true });
    for (let waiting = reports.waiting(); waiting.length > 0; waiting = reports.waiting()) {
      const name = path.join(into, `laporan-${clock.now().getTime()}.csv`);
      await writeFile(`${name}.part`, listOf(portal, reports));
      await rename(`${name}.part`, name);
      for (const { nativeId } of waiting) reports.markPassedOn(nativeId);
    }
  };
  const exportSoon = (): void => {
    if (folder === null || exporting !== null) return;
    // In the next turn, so that what is written at once comes in one file.
    exporting = Promise.resolve()
      .then(() => exportList(folder))
      .finally(() => {
        exporting = null;
      });
  };
  const add = (post: Omit<NewPost, 'author'>, author: string, byOffice: boolean, nativeId: string) => {
    const { text, at = clock.now(), parentNativeId = null } = post;
    const written = reports.add({ nativeId, author, byOffice, text, at, parentNativeId });
    exportSoon();
    return written;
  };
  const nextId = () => `${form.prefix}${form.firstNumber + reports.all().length}`;

  const simulator = await serveReports({
    platform: portal,
    title: form.title,
    hint: 'Portal ini tidak punya API: daftar laporannya diekspor ke folder impor, dan jawaban dibawa kembali oleh petugas.',
    account: { id: portal, name: `${form.title} (sim)` },
    dir,
    clock,
    ...(port !== undefined && { port }),
    reports,
    // A tracking id as author is the report's own.
    write: ({ author, ...post }) =>
      add(post, author, false, author.startsWith(form.prefix) && !reports.find(author) ? author : nextId()),
    writeAsOffice: (post) => add(post, `${form.title} (sim)`, true, nextId()),
  });
  if (reports.waiting().length > 0) exportSoon();
  const exported = async (): Promise<void> => {
    while (exporting !== null) await exporting;
  };
  return {
    ...simulator,
    exported,
    async [Symbol.asyncDispose]() {
      await exported();
      await simulator[Symbol.asyncDispose]();
    },
  };
}

function listOf(portal: PortalId, reports: Reports): string {
  const { columns } = portalForms[portal];
  const answers = new Map(
    reports
      .all()
      .flatMap((one) => (one.byOffice && one.parentNativeId ? [[one.parentNativeId, one.at]] : [])),
  );
  const rows = reports
    .all()
    .filter(({ byOffice }) => !byOffice)
    .map((report) => ({ ...report, answeredAt: answers.get(report.nativeId) ?? null }))
    .map((report) => Object.values(columns).map((cell) => cell(report)));
  return stringify([Object.keys(columns), ...rows]);
}
