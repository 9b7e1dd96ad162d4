import type { Language } from '../../shared/language.tsx';
import { day } from '../../shared/when.ts';
import { chainStep, clockLength, codeWords } from './code-words.ts';
import { at, type Field } from './fields.ts';
import { groupName, termNames } from './group-words.ts';
import { type Entry, isSingle, type ListName } from './lists.ts';

const condition: readonly Field[] = [
  { path: 'id', kind: 'text', label: 'id', isKey: true },
  { path: 'source', kind: 'text', label: 'explains' },
  { path: 'all', kind: 'choices', label: 'all', from: 'terms' },
  { path: 'any', kind: 'choices', label: 'any', from: 'terms' },
  { path: 'none', kind: 'choices', label: 'noneOf', from: 'terms' },
];
const placeKinds = ['kecamatan', 'desa', 'kelurahan', 'spot', 'neighbour'];
const clockKinds = [
  '*',
  'permintaan_informasi',
  'pengaduan_non_pengawasan',
  'pengaduan_pengawasan',
  'aspirasi',
];
const steps = ['verifikasi', 'tindak_lanjut', 'tutup_otomatis'];

/** What a screen shows of a list: its fields, a line in the table, an empty entry. */
export interface Shape {
  readonly fields: readonly Field[];
  readonly title: (entry: Entry, language: Language) => string;
  readonly summary: (entry: Entry, language: Language) => string;
  readonly fresh: Entry;
}

const text = (value: unknown) => (value === null || value === undefined ? '' : String(value));
const some = (value: unknown) => (Array.isArray(value) ? value.join(', ') : '');

function conditionLine({ all, any }: Entry, language: Language): string {
  return [termNames(all, language), termNames(any, language)].filter(Boolean).join(' + ');
}

export const shapes: Readonly<Record<ListName, Shape>> = {
  agencies: {
    fields: [
      { path: 'code', kind: 'text', label: 'code', isKey: true },
      { path: 'name', kind: 'text', label: 'name' },
      { path: 'shortName', kind: 'text', label: 'shortName' },
      {
        path: 'authority',
        kind: 'choice',
        label: 'authority',
        from: ['ours', 'province', 'state', 'village', 'utility', 'neighbour'],
      },
      { path: 'kind', kind: 'text', label: 'agencyKind' },
      { path: 'aliases', kind: 'words', label: 'aliases' },
      { path: 'secret', kind: 'check', label: 'secret' },
      {
        path: 'nameStatus',
        kind: 'choice',
        label: 'nameStatus',
        from: ['verified', 'abbreviation-verified', 'general'],
      },
    ],
    title: (one) => text(one.shortName),
    summary: (one) => text(one.name),
    fresh: {
      code: '',
      name: '',
      shortName: '',
      authority: 'ours',
      kind: 'dinas',
      nameStatus: 'general',
      secret: false,
      kecamatan: null,
      aliases: [],
    },
  },
  subjects: {
    fields: [
      { path: 'id', kind: 'text', label: 'id', isKey: true },
      { path: 'name', kind: 'text', label: 'name' },
      { path: 'nameEn', kind: 'text', label: 'nameEn' },
      { path: 'sector', kind: 'text', label: 'sector' },
      { path: 'agency', kind: 'choice', label: 'agency', from: 'agencies' },
      { path: 'companion', kind: 'choice', label: 'companion', from: 'agencies', mayBeNone: true },
      { path: 'keywords.strong', kind: 'words', label: 'strong' },
      { path: 'keywords.normal', kind: 'words', label: 'normal' },
      { path: 'keywords.weak', kind: 'words', label: 'weak' },
      { path: 'secret', kind: 'check', label: 'secret' },
      { path: 'placeBound', kind: 'check', label: 'placeBound' },
    ],
    title: (one) => text(one.name),
    summary: (one) => `${text(one.agency)} · ${some(at(one, 'keywords.strong'))}`,
    fresh: {
      id: '',
      name: '',
      nameEn: '',
      sector: '',
      agency: '',
      companion: null,
      secret: false,
      placeBound: false,
      keywords: { strong: [], normal: [], weak: [] },
    },
  },
  places: {
    fields: [
      { path: 'name', kind: 'text', label: 'name', isKey: true },
      { path: 'kind', kind: 'choice', label: 'placeKind', from: placeKinds, isKey: true },
      { path: 'kecamatan', kind: 'words', label: 'kecamatan' },
      { path: 'spellings', kind: 'words', label: 'spellings' },
      { path: 'ambiguous', kind: 'check', label: 'ambiguous' },
      { path: 'status', kind: 'choice', label: 'placeStatus', from: ['verified', 'general'] },
    ],
    title: (one, language) => `${text(one.name)} (${codeWords(one.kind, language)})`,
    summary: (one) =>
      [some(one.kecamatan) || text(one.regency), some(one.spellings)].filter(Boolean).join(' · '),
    fresh: { name: '', kind: 'desa', kecamatan: [], status: 'general', ambiguous: false, spellings: [] },
  },
  spellings: {
    fields: [
      { path: 'written', kind: 'text', label: 'written', isKey: true },
      { path: 'means', kind: 'text', label: 'means' },
    ],
    title: (one) => text(one.written),
    summary: (one) => text(one.means),
    fresh: { written: '', means: '' },
  },
  wordGroups: {
    fields: [
      { path: 'id', kind: 'text', label: 'id', isKey: true },
      { path: 'words', kind: 'words', label: 'words' },
    ],
    title: (one, language) => groupName(one.id, language),
    summary: (one) => some(one.words),
    fresh: { id: '', words: [] },
  },
  subjectRules: {
    fields: [
      ...condition,
      { path: 'add', kind: 'points', label: 'points', from: 'subjects' },
      { path: 'drop', kind: 'choices', label: 'drop', from: 'subjects' },
      { path: 'abstain', kind: 'check', label: 'abstain' },
    ],
    title: (one) => text(one.id),
    summary: (one, language) =>
      `${conditionLine(one, language)} → ${Object.keys(one.add ?? {})
        .join(', ')
        .replaceAll('_', ' ')}`,
    fresh: { id: '', source: '', all: [], any: [], none: [], add: {}, drop: [], abstain: false },
  },
  agencyRules: {
    fields: [
      ...condition,
      { path: 'subjects', kind: 'choices', label: 'subjects', from: 'subjects' },
      { path: 'agency', kind: 'choice', label: 'agency', from: 'agencies', mayBeNone: true },
      { path: 'companion', kind: 'choice', label: 'companion', from: 'agencies', mayBeNone: true },
    ],
    title: (one) => text(one.id),
    summary: (one, language) => `${conditionLine(one, language)} → ${text(one.agency)}`,
    fresh: {
      id: '',
      source: '',
      all: [],
      any: [],
      none: [],
      subjects: [],
      agency: null,
      companion: null,
    },
  },
  templates: {
    fields: [
      { path: '_id', kind: 'text', label: 'id', isKey: true },
      { path: 'situation', kind: 'text', label: 'situation' },
      { path: 'when', kind: 'text', label: 'when' },
      { path: 'normal', kind: 'area', label: 'normalText' },
      { path: 'short', kind: 'area', label: 'shortText' },
      {
        path: 'kinds',
        kind: 'choices',
        label: 'kinds',
        from: ['pengaduan', 'aspirasi', 'permintaan_informasi', 'apresiasi', 'bukan_aduan'],
      },
      { path: 'deadline', kind: 'choice', label: 'deadline', from: steps, mayBeNone: true },
      { path: 'public', kind: 'check', label: 'public' },
      { path: 'answers', kind: 'check', label: 'answers' },
      { path: 'needsConfirmation', kind: 'check', label: 'needsConfirmation' },
    ],
    title: (one) => text(one.situation),
    summary: (one) => text(one.when),
    fresh: {
      _id: '',
      situation: '',
      when: '',
      kinds: [],
      public: true,
      variables: [],
      normal: '',
      short: '',
      deadline: null,
      answers: false,
      needsConfirmation: false,
      locked: false,
      note: null,
    },
  },
  clocks: {
    fields: [
      { path: 'scheme', kind: 'text', label: 'scheme', isKey: true },
      { path: 'kind', kind: 'choice', label: 'clockKind', from: clockKinds, isKey: true },
      { path: 'step', kind: 'choice', label: 'step', from: steps, isKey: true },
      { path: 'effectiveFrom', kind: 'date', label: 'effectiveFrom', isKey: true },
      { path: 'workingDays', kind: 'number', label: 'workingDays', mayBeNone: true },
      { path: 'source', kind: 'text', label: 'source' },
      { path: 'verified', kind: 'check', label: 'verified' },
    ],
    title: (one, language) => `${codeWords(one.step, language)} · ${codeWords(one.kind, language)}`,
    summary: (one, language) =>
      [clockLength(one.workingDays, language), text(one.source), text(one.effectiveFrom)].join(' · '),
    fresh: {
      scheme: 'SP4N',
      kind: '*',
      step: 'tindak_lanjut',
      workingDays: null,
      effectiveFrom: '',
      verified: false,
      source: '',
    },
  },
  holidays: {
    fields: [
      { path: 'date', kind: 'date', label: 'date', isKey: true },
      { path: 'name', kind: 'text', label: 'name' },
      { path: 'collectiveLeave', kind: 'check', label: 'collectiveLeave' },
      { path: 'verified', kind: 'check', label: 'verified' },
      { path: 'source', kind: 'text', label: 'source' },
    ],
    title: (one, language) => day(text(one.date), language),
    summary: (one) => text(one.name),
    fresh: { date: '', name: '', collectiveLeave: false, verified: false, source: '' },
  },
  recipients: {
    fields: [
      { path: 'id', kind: 'text', label: 'id', isKey: true },
      { path: 'name', kind: 'text', label: 'name' },
      { path: 'role', kind: 'text', label: 'escalationRole' },
      { path: 'agency', kind: 'choice', label: 'agency', from: 'agencies', mayBeNone: true },
      { path: 'way', kind: 'choice', label: 'way', from: ['mail', 'whatsapp'] },
      { path: 'address', kind: 'text', label: 'address' },
      { path: 'user', kind: 'text', label: 'account', mayBeNone: true },
    ],
    title: (one) => text(one.name),
    summary: (one, language) =>
      [codeWords(one.role, language), text(one.agency), text(one.address)].filter(Boolean).join(' · '),
    fresh: { id: '', agency: null, role: 'admin_opd', name: '', way: 'mail', address: '', user: null },
  },
  escalation: {
    fields: [
      { path: 'officeHours.from', kind: 'text', label: 'opens' },
      { path: 'officeHours.to', kind: 'text', label: 'closes' },
      { path: 'emergencyRole', kind: 'text', label: 'emergencyRole' },
      { path: 'chain', kind: 'steps', label: 'chain' },
      { path: 'alarms.role', kind: 'text', label: 'alarmRole' },
      { path: 'alarms.quiet.from', kind: 'text', label: 'quietFrom' },
      { path: 'alarms.quiet.to', kind: 'text', label: 'quietTo' },
      {
        path: 'alarms.anyHour',
        kind: 'choices',
        label: 'anyHour',
        from: ['broken', 'unreachable', 'silent', 'token', 'money'],
      },
      { path: 'source', kind: 'text', label: 'source' },
    ],
    title: (one) => `${text(at(one, 'officeHours.from'))}–${text(at(one, 'officeHours.to'))} WIB`,
    summary: (one, language) =>
      (one.chain as readonly { role: string; afterOfficeHours: number }[])
        .map((step) => chainStep(step.role, step.afterOfficeHours, language))
        .join(' → '),
    fresh: {},
  },
  letterhead: {
    fields: [
      { path: 'government', kind: 'text', label: 'government' },
      { path: 'office', kind: 'text', label: 'office' },
      { path: 'heading', kind: 'text', label: 'heading' },
    ],
    title: (one) => text(one.government),
    summary: (one) => `${text(one.office)} · ${text(one.heading)}`,
    fresh: {},
  },
};

/** The key that an entry has or would get. */
export function keyOf(list: ListName, entry: Entry): string {
  if (isSingle(list)) return list;
  const parts = shapes[list].fields.filter((field) => field.isKey);
  return parts.map((field) => text(at(entry, field.path))).join('|');
}
