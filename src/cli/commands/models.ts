import { SingleBar } from 'cli-progress';
import { RefusedError } from '../../core/errors.ts';
import { systemUser } from '../../domain/ids.ts';
import type { Model, ModelId } from '../../domain/model.ts';
import { type HistorySummary, learnHistory } from '../../joins/own-history.ts';
import { promote, rollBack } from '../../joins/train.ts';
import { trainHere } from '../../joins/training-runs.ts';
import { activeModel, listModels } from '../../store/models.ts';
import { type Env, openInstallation } from '../open.ts';
import { print, progressByTenths, say, table, wib } from '../output.ts';
import type { AddCommand } from './command.ts';

interface TrainOptions {
  readonly from?: string;
  readonly map?: string;
  readonly json?: true;
}

/** `train`: the classifier learns from the desk and the office's files; `models`: which there are, which is in use. */
export const addModels: AddCommand = (program, env) => {
  program
    .command('train')
    .description('melatih penggolong dari koreksi dan riwayat kantor / trains the classifier')
    .option(
      '--from <file>',
      'ekspor sendiri (.csv, .xlsx, .jsonl) yang ikut dilatih / an export of one’s own',
    )
    .option('--map <name>', 'sp4n, laporgub, sapamas, atau berkas .json / or a .json file', 'sp4n')
    .option('--json', 'satu objek JSON / one JSON object')
    .action((options: TrainOptions) => trainBy(env, options));
  const models = program
    .command('models')
    .description('model penggolong: daftar, pakai, kembali / the classifier’s models: list, use, go back');
  models
    .command('list', { isDefault: true })
    .option('--json', 'satu objek JSON / one JSON object')
    .action((options: { json?: true }) => list(env, options.json === true));
  models
    .command('promote')
    .argument('<id>', 'm-…')
    .description('pakai model ini / use this model')
    .action((id: string) => use(env, id as ModelId));
  models
    .command('rollback')
    .description('kembali ke model sebelumnya / back to the model before')
    .action(() => goBack(env));
};

async function trainBy(env: Env, { from, map = 'sp4n', json }: TrainOptions): Promise<void> {
  await using here = await openInstallation(env);
  const { services } = here;
  // An example is read with what the office taught so far.
  await services.learning.refresh();
  const history = from === undefined ? null : await learnHistory(services, from, map);
  if (history !== null && !json) printHistory(history);
  const bar = process.stderr.isTTY
    ? new SingleBar({ format: 'melatih / training {percentage} %', stream: process.stderr })
    : null;
  bar?.start(100, 0);
  const byTenths = progressByTenths('melatih / training');
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const model = await trainHere(services, systemUser, {
    signal: stop.signal,
    onProgress(share) {
      if (bar === null) byTenths(share);
      else bar.update(Math.round(share * 100));
    },
  })
    .catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
      return null;
    })
    .finally(() => bar?.stop());
  if (model === null)
    throw new RefusedError('stopped', { id: 'Pelatihan dihentikan.', en: 'The training was stopped.' });
  if (json) print(JSON.stringify({ history, model }));
  else {
    print(
      `${model._id}: ${model.state === 'champion' ? 'dipakai / in use' : 'disimpan, tidak dipakai / kept, not in use'}`,
    );
    print(model.why.id);
    print(model.why.en);
  }
}

function printHistory({ read, kept, added, refused, reasons }: HistorySummary): void {
  say(
    `${read} baris dibaca, ${kept} dipelajari (${added} baru), ${refused} ditolak / ${read} rows read, ${kept} learnt (${added} new), ${refused} refused`,
  );
  for (const { reason, rows, firstLine } of reasons)
    say(`  ${rows} × ${reason} (mulai baris / from line ${firstLine})`);
}

const states: Readonly<Record<Model['state'], string>> = {
  champion: 'dipakai / in use',
  challenger: 'belum dipakai / not in use',
  retired: 'pernah dipakai / was in use',
};

async function list(env: Env, json: boolean): Promise<void> {
  await using here = await openInstallation(env);
  const models = await listModels(here.services.database.db);
  if (json) {
    print(JSON.stringify(models));
    return;
  }
  if (models.length === 0)
    print(
      'Belum ada model terlatih: aturan dan Naive Bayes saja. / No trained model yet: rules and Naive Bayes.',
    );
  else
    print(
      table(
        ['model', 'dilatih / trained', '', 'contoh kantor / own examples', 'alasan / why'],
        models.map(({ _id, at, state, examples, why }) => [
          _id,
          wib(at),
          states[state],
          String(examples.own),
          why.id,
        ]),
      ),
    );
}

async function use(env: Env, id: ModelId): Promise<void> {
  await using here = await openInstallation(env);
  const active = await activeModel(here.services.database.db);
  const { _id } = await promote(here.services, id, { by: systemUser, seen: active?._id ?? null });
  print(`${_id}: dipakai / in use`);
}

async function goBack(env: Env): Promise<void> {
  await using here = await openInstallation(env);
  const active = await activeModel(here.services.database.db);
  const now = await rollBack(here.services, { by: systemUser, seen: active?._id ?? null });
  print(`${now?._id ?? 'aturan dan Naive Bayes / rules and Naive Bayes'}: dipakai / in use`);
}
