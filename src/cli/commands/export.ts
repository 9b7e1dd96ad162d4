import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { Option } from 'commander';
import { RefusedError } from '../../core/errors.ts';
import { type PortalId, portalIds } from '../../domain/elsewhere.ts';
import { openDesk } from '../desk-session.ts';
import { openInstallation } from '../open.ts';
import { print, say, simulatedMark } from '../output.ts';
import type { AddCommand } from './command.ts';

interface Options {
  readonly channel: PortalId;
  readonly from?: string;
  readonly to?: string;
  readonly all?: true;
}

/** @throws {RefusedError} `invalid` */
function formatOf(file: string): 'csv' | 'xlsx' {
  if (file.endsWith('.csv')) return 'csv';
  if (file.endsWith('.xlsx')) return 'xlsx';
  throw new RefusedError('invalid', {
    id: 'Nama berkas harus berakhir .csv atau .xlsx.',
    en: 'The file must end in .csv or .xlsx.',
  });
}

/** `export-sheet FILE` and `export-answers FILE`: what is carried over into a portal, as the person who logged in. */
export const addExport: AddCommand = (program, env) => {
  const command = (name: string, description: string, all: string) =>
    program
      .command(name)
      .argument('<file>', '.csv, .xlsx')
      .description(description)
      .addOption(new Option('--channel <portal>', 'kanal / portal').choices(portalIds).default('sp4n'))
      .option('--from <day>', '2026-11-01 (WIB)')
      .option('--to <day>', '2026-11-30 (WIB), termasuk / included')
      .option('--all', all);
  const write = async (
    file: string,
    { channel: portal, from, to, all }: Options,
    which: 'portalSheet' | 'portalAnswers',
  ): Promise<void> => {
    const format = formatOf(file);
    await using here = await openInstallation(env);
    if (here.config.mode === 'demo') say(simulatedMark);
    const { client } = await openDesk(here);
    const asked = { portal, format, ...(from && { from }), ...(to && { to }) };
    const flag = all ? ('true' as const) : ('false' as const);
    const { body } =
      which === 'portalSheet'
        ? await client.exports.portalSheet({ ...asked, entered: flag })
        : await client.exports.portalAnswers({ ...asked, carried: flag });
    await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(file, { mode: 0o600 }));
    print(`${file}: tersimpan / written`);
  };
  command(
    'export-sheet',
    'lembar input: aduan yang belum ada di portal / cases to enter in the portal',
    'juga yang sudah dimasukkan / those that were entered too',
  ).action((file: string, options: Options) => write(file, options, 'portalSheet'));
  command(
    'export-answers',
    'jawaban untuk dibawa ke portal / answers to carry back into the portal',
    'juga yang sudah dibawa / those that were carried back too',
  ).action((file: string, options: Options) => write(file, options, 'portalAnswers'));
};
