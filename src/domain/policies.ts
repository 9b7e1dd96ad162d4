import type { UserId } from './ids.ts';
import type { Role, User } from './user.ts';

/** A reason in both languages. */
export interface Words {
  readonly id: string;
  readonly en: string;
}

/** What an act is about, as far as the right to do it depends on it. */
export interface Matter {
  readonly agency?: string | null;
  readonly companion?: string | null;
  readonly secret?: boolean;
  /** Everybody who had a hand in the reply; none of them may approve it. */
  readonly authors?: readonly UserId[];
}

const desk = ['petugas', 'penyetuju'] as const satisfies readonly Role[];
const writers = [...desk, 'admin_opd'] as const satisfies readonly Role[];
const readers = [...writers, 'analis', 'superadmin'] as const satisfies readonly Role[];
const everybody = [...readers, 'pimpinan'] as const satisfies readonly Role[];

interface Rule {
  readonly roles: readonly Role[];
  /** Asked of a matter that belongs to an agency and may be secret. */
  readonly aboutCitizens?: true;
  readonly notTheAuthor?: true;
  readonly needsPublishRight?: true;
}

/** Who may do what. A role that is not named may not. */
const rules = {
  'self.read': { roles: everybody },
  /** One's own account: also while the password must be changed. */
  'self.account': { roles: everybody },

  'mention.view': { roles: readers, aboutCitizens: true },
  /** Write down what came by phone, letter or a link. */
  'mention.capture': { roles: desk },
  'case.view': { roles: readers, aboutCitizens: true },
  'case.move': { roles: writers, aboutCitizens: true },
  'case.claim': { roles: writers, aboutCitizens: true },
  'case.note': { roles: writers, aboutCitizens: true },
  /** See NIK, phone numbers and the like unmasked. */
  'personal-data.view': { roles: writers, aboutCitizens: true },
  /** The mail address and telephone that a reporter left; the agency's answer goes through the desk. */
  'contact.view': { roles: desk, aboutCitizens: true },

  /** "Sembunyikan komentar" on its platform, for one of the closed reasons, and show it again. */
  'comment.hide': { roles: writers, aboutCitizens: true },

  'draft.view': { roles: readers, aboutCitizens: true },
  'draft.write': { roles: writers, aboutCitizens: true },
  'draft.submit': { roles: writers, aboutCitizens: true },
  'draft.withdraw': { roles: writers, aboutCitizens: true },
  'draft.review': { roles: ['penyetuju', 'admin_opd'], aboutCitizens: true },
  'draft.approve': { roles: ['penyetuju', 'admin_opd'], aboutCitizens: true, notTheAuthor: true },
  'reply.release': { roles: writers, aboutCitizens: true, needsPublishRight: true },
  'reply.undo': { roles: writers, aboutCitizens: true },
  'reply.by-hand': { roles: writers, aboutCitizens: true },
  'reply.resend': { roles: writers, aboutCitizens: true, needsPublishRight: true },

  'acknowledgement.view': { roles: readers },
  'acknowledgement.write': { roles: desk },
  'acknowledgement.approve': { roles: ['penyetuju'] },

  'stop-switch.view': { roles: everybody },
  'stop-switch.set': { roles: ['superadmin', 'penyetuju'] },
  'channel.view': { roles: readers },
  'channel.manage': { roles: ['superadmin'] },
  /** Rows of cases as a file; each row is what `case.view` lets through. */
  'export.read': { roles: readers },
  /** Take a portal's file in: opens and updates cases of all agencies. */
  'import.run': { roles: [...desk, 'superadmin'] },
  'recap.read': { roles: everybody },
  'trends.read': { roles: everybody },
  /** How right the classifier is and its models, as numbers of all agencies · train, use another model. */
  'classifier.view': { roles: [...desk, 'analis', 'superadmin'] },
  'classifier.manage': { roles: ['superadmin'] },
  /** Write and read notes about what rises: of all agencies, so not for one agency's admin. */
  'trends.note': { roles: [...desk, 'analis', 'pimpinan', 'superadmin'] },
  /** "Laporan pimpinan": make one and read all of them; only numbers. */
  'report.read': { roles: ['pimpinan', 'analis', 'superadmin'] },
  /** Mode latihan, in demo mode. */
  'training.play': { roles: readers },
  /** The lists of the office: agencies, subjects, words, templates, clocks. */
  'lists.view': { roles: readers },
  /** Which words speak for what: who sorts the messages knows which ones are missing. */
  'keywords.edit': { roles: [...desk, 'superadmin'] },
  /** Each reply made from a template is still approved by a second person. */
  'templates.edit': { roles: desk },
  'lists.edit': { roles: ['superadmin'] },
  'user.manage': { roles: ['superadmin'] },
  /** What waits, runs and failed in the queues. */
  'queues.view': { roles: ['superadmin'] },
  'audit.verify': { roles: ['superadmin'] },
} as const satisfies Record<string, Rule>;

export type Act = keyof typeof rules;
export const acts = Object.keys(rules) as readonly Act[];

const seesSecrets: readonly Role[] = ['petugas', 'penyetuju', 'superadmin', 'admin_opd'];

const noWords = {
  role: { id: 'Peran Anda tidak berwenang untuk tindakan ini.', en: 'Your role may not do this.' },
  disabled: { id: 'Akun ini sudah dinonaktifkan.', en: 'This account is disabled.' },
  agency: { id: 'Aduan ini milik perangkat daerah lain.', en: 'This case belongs to another agency.' },
  secret: { id: 'Aduan ini rahasia.', en: 'This case is secret.' },
  author: {
    id: 'Penulis tidak boleh menyetujui balasannya sendiri. Mintalah orang lain.',
    en: 'An author may not approve his own reply. Ask somebody else.',
  },
  publish: {
    id: 'Anda belum diberi hak mengirim balasan.',
    en: 'You have not been given the right to publish replies.',
  },
} satisfies Record<string, Words>;

function ownAgency(user: User, matter: Matter): boolean {
  return user.agency !== null && (matter.agency === user.agency || matter.companion === user.agency);
}

function whyNotThisMatter(user: User, matter: Matter): Words | null {
  if (user.role === 'admin_opd' && !ownAgency(user, matter)) return noWords.agency;
  if (matter.secret !== false && !seesSecrets.includes(user.role)) return noWords.secret;
  return null;
}

/**
 * Why this person may not do it, in words for the screen; null when he may. A matter without a word on secrecy counts as
 * secret. Whether the act is possible now (state, version) is not asked here.
 */
export function whyNot(user: User, act: Act, matter: Matter = {}): Words | null {
  const rule: Rule = rules[act];
  if (user.disabledAt !== null) return noWords.disabled;
  if (!rule.roles.includes(user.role)) return noWords.role;
  if (rule.aboutCitizens) {
    const words = whyNotThisMatter(user, matter);
    if (words) return words;
  }
  if (rule.notTheAuthor && (matter.authors === undefined || matter.authors.includes(user._id)))
    return noWords.author;
  if (rule.needsPublishRight && !user.mayPublish) return noWords.publish;
  return null;
}

export function may(user: User, act: Act, matter: Matter = {}): boolean {
  return whyNot(user, act, matter) === null;
}

/** Whether the role could ever do it, for the door of a route, before the matter is loaded. */
export function roleMay(user: User, act: Act): boolean {
  const rule: Rule = rules[act];
  return user.disabledAt === null && rule.roles.includes(user.role);
}

/** What of all cases and mentions this person sees, for lists, counts and exports; null = nothing. */
export function scopeOf(user: User): { readonly agency: string | null; readonly secret: boolean } | null {
  if (!roleMay(user, 'case.view')) return null;
  if (user.role === 'admin_opd') return user.agency === null ? null : { agency: user.agency, secret: true };
  return { agency: null, secret: seesSecrets.includes(user.role) };
}
