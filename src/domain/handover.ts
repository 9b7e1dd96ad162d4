import type { CaseState } from './case.ts';
import type { ThreadView } from './thread-filter.ts';

/** States in which a case waits for one of us, or for its citizen. */
export const handoverStates = [
  'baru',
  'terverifikasi',
  'disposisi',
  'proses',
  'dibuka_kembali',
  'tertunda',
] as const satisfies readonly CaseState[];

/** Views of the inbox whose numbers are handed over as they are. */
export const handoverViews = [
  'darurat',
  'perlu-dicek',
  'belum-ditanggapi',
  'hampir-lewat',
  'opd-belum-menjawab',
  'minta-dibuka',
] as const satisfies readonly ThreadView[];
