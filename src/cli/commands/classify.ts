import type { Classifier } from '../../classify/classify.ts';
import { RefusedError } from '../../core/errors.ts';
import type { Classification, ClassifierInput, Explanation } from '../../domain/classification.ts';
import { type Env, findClassifier } from '../open.ts';
import { print, say, table } from '../output.ts';
import { columnsOf, recordsOf } from '../records.ts';
import type { AddCommand } from './command.ts';

interface ClassifyOptions {
  readonly input?: string;
  readonly text?: string;
  readonly json?: true;
}

/** `classify "…"` explains one text; `classify --input FILE --text COL --json` prints a line a row. */
export const addClassify: AddCommand = (program, env) => {
  program
    .command('classify')
    .argument('[message]', 'teks pesan / a message')
    .description('OPD, pokok aduan, jenis dan alasannya / agency, subject, kind, and why')
    .option('--input <file>', 'berkas .csv atau .jsonl / a .csv or .jsonl file')
    .option(
      '--text <column>',
      'kolom teks, boleh beberapa dengan koma / text columns, comma-separated',
      'text',
    )
    .option('--json', 'satu objek JSON per baris / one JSON object a line')
    .action(async (message: string | undefined, options: ClassifyOptions) => {
      if (options.input) await classifyFile(await sayWhose(env), options.input, options.text ?? 'text');
      else if (message) explain((await sayWhose(env)).explain(alone(message)), options.json === true);
      else {
        throw new RefusedError('invalid', {
          id: 'Beri teks pesan, atau --input BERKAS --text KOLOM.',
          en: 'Give a message, or --input FILE --text COLUMN.',
        });
      }
    });
};

/** Says whose classifier it is on stderr: scripts read stdout. */
async function sayWhose(env: Env): Promise<Classifier> {
  const { classifier, isOffices } = await findClassifier(env);
  say(
    isOffices
      ? 'tanggap: daftar dan koreksi kantor, dari basis data / the office’s lists and corrections, from the database'
      : 'tanggap: basis data tidak menyala, memakai daftar bawaan / the database is not running: shipped lists',
  );
  return classifier;
}

function alone(text: string): ClassifierInput {
  return {
    text,
    platform: null,
    ownPostText: null,
    parentText: null,
    quotedText: null,
    receivingAgency: null,
  };
}

function line({
  agency,
  companion,
  subject,
  kind,
  urgency,
  secret,
  place,
  confidence,
  decided,
}: Classification) {
  return { agency, companion, subject, kind, urgency, secret, place, confidence, decided };
}

async function classifyFile(classifier: Classifier, file: string, columns: string): Promise<void> {
  let row = 0;
  for await (const record of recordsOf(file)) {
    row += 1;
    print(JSON.stringify(line(classifier.classify(alone(columnsOf(record, columns, row))))));
  }
}

function explain({ said, candidates }: Explanation, json: boolean): void {
  if (json) {
    print(
      JSON.stringify({
        ...line(said),
        evidence: said.evidence,
        runnersUp: said.runnersUp,
        candidates,
        flags: said.flags,
        language: said.language,
        secretReasons: said.secretReasons,
        personalData: said.personalData,
      }),
    );
    return;
  }
  const place = said.place ? [said.place.name, said.place.kecamatan].filter(Boolean).join(', ') : '–';
  print(
    table(
      ['', ''],
      [
        ['diputuskan / decided', said.decided ? 'ya' : 'tidak: perlu dicek / no: a person decides'],
        ['OPD / agency', `${said.agency ?? '–'}${said.companion ? ` (pendamping ${said.companion})` : ''}`],
        ['pokok / subject', said.subject ?? '–'],
        ['jenis / kind', said.kind ?? '–'],
        ['mendesak / urgency', said.urgency],
        ['tempat / place', place],
        ['rahasia / secret', said.secret ? said.secretReasons.join('; ') : 'tidak'],
        ['yakin / confidence', `${Math.round(said.confidence * 100)} %`],
        ['bahasa / language', said.language],
        ['penanda / flags', said.flags.join(', ') || '–'],
        ['data pribadi / personal data', said.personalData.map(({ type }) => type).join(', ') || '–'],
        [
          'calon lain / runners-up',
          said.runnersUp.map((one) => `${one.subject} ${Math.round(one.confidence * 100)} %`).join(', ') ||
            '–',
        ],
        ['model', said.modelVersion],
      ],
    ),
  );
  for (const { subject, agency, confidence, because } of candidates) {
    print();
    print(`${subject} (${agency}), ${Math.round(confidence * 100)} %`);
    print(
      table(
        ['alasan / because of', 'dari / from', 'bobot'],
        because.map((one) => [one.words, one.source, one.weight.toFixed(2)]),
      ),
    );
  }
}
