import type { UserId } from './ids.ts';

export const roles = ['petugas', 'admin_opd', 'penyetuju', 'analis', 'pimpinan', 'superadmin'] as const;
export type Role = (typeof roles)[number];

/** A person with an account, without his password. */
export interface User {
  readonly _id: UserId;
  readonly name: string;
  readonly role: Role;
  /** Only for admin_opd: the one agency he sees. */
  readonly agency: string | null;
  /** The right to release approved replies; not implied by any role. */
  readonly mayPublish: boolean;
  /** Played by the demo ("peran demo"). */
  readonly demo: boolean;
  readonly disabledAt: Date | null;
  /** Somebody else set his password: until he changes it he may do nothing else. */
  readonly mustChangePassword?: boolean;
}
