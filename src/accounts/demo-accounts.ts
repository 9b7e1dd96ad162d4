import { randomInt } from 'node:crypto';
import { systemUser, type UserId } from '../domain/ids.ts';
import { findUser } from '../store/users.ts';
import { type AccountsDeps, createUser, type NewUser, setPassword } from './accounts.ts';

type DemoUser = Omit<NewUser, 'password' | 'demo'>;

/** For the visitor, printed by `npm start`. */
const visitors: readonly DemoUser[] = [
  { loginName: 'petugas', name: 'Petugas Demo', role: 'petugas', agency: null, mayPublish: true },
  { loginName: 'petugas2', name: 'Petugas Demo Dua', role: 'petugas', agency: null, mayPublish: false },
  { loginName: 'penyetuju', name: 'Penyetuju Demo', role: 'penyetuju', agency: null, mayPublish: true },
  { loginName: 'admin_opd', name: 'Admin DPUPR Demo', role: 'admin_opd', agency: 'DPUPR', mayPublish: false },
  { loginName: 'analis', name: 'Analis Demo', role: 'analis', agency: null, mayPublish: false },
  { loginName: 'pimpinan', name: 'Pimpinan Demo', role: 'pimpinan', agency: null, mayPublish: false },
  { loginName: 'superadmin', name: 'Admin Sistem Demo', role: 'superadmin', agency: null, mayPublish: false },
];

/** Played by the product itself ("peran demo"), through the same API. */
const staff: readonly DemoUser[] = [
  {
    loginName: 'peran.petugas',
    name: 'Peran Demo: Petugas',
    role: 'petugas',
    agency: null,
    mayPublish: true,
  },
  {
    loginName: 'peran.penyetuju',
    name: 'Peran Demo: Penyetuju',
    role: 'penyetuju',
    agency: null,
    mayPublish: true,
  },
];

export interface DemoAccount {
  readonly loginName: string;
  readonly name: string;
  readonly role: NewUser['role'];
  readonly password: string;
  /** Played by the product; not for the visitor. */
  readonly played: boolean;
}

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 16 characters that nobody confuses when reading them off a screen: 79 bits. */
function randomPassword(): string {
  const block = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return [block(), block(), block(), block()].join('-');
}

/**
 * Makes the demo accounts that are missing, each with a random password of this installation, and gives an account whose
 * password nobody remembers a new one. Safe to run at every start; keep what it returns for the next one.
 * @param remembered login name → password, from an earlier run; empty at the first
 * @throws {Error} in live mode: demo accounts must not exist there
 */
export async function ensureDemoAccounts(
  deps: AccountsDeps,
  remembered: Readonly<Record<string, string>>,
): Promise<readonly DemoAccount[]> {
  if (deps.mode !== 'demo') throw new Error('Demo accounts exist in demo mode only');
  const accounts: DemoAccount[] = [];
  for (const user of [...visitors, ...staff]) {
    const played = staff.includes(user);
    const known = remembered[user.loginName];
    const password = known ?? randomPassword();
    const exists = (await findUser(deps.db, user.loginName as UserId)) !== null;
    if (!exists)
      await createUser(deps, { ...user, password, demo: played ? 'played' : 'visitor' }, systemUser);
    if (exists && known === undefined)
      await setPassword(deps, user.loginName as UserId, password, systemUser);
    accounts.push({
      loginName: user.loginName,
      name: user.name,
      role: user.role,
      password,
      played,
    });
  }
  return accounts;
}
