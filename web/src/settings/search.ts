import { words } from '../shared/language.tsx';

export const settingsParts = ['kanal', 'pengguna', 'audit'] as const;
export type SettingsPart = (typeof settingsParts)[number];

/** The act that lets somebody see the part. */
export const settingsActs: Readonly<Record<SettingsPart, string>> = {
  kanal: 'channel.view',
  pengguna: 'user.manage',
  audit: 'audit.verify',
};

export const settingsWords = words(
  {
    title: 'Pengaturan',
    kanal: 'Kanal',
    pengguna: 'Pengguna',
    audit: 'Jejak audit',
    platform: 'Kanal',
    state: 'Keadaan',
    sending: 'Pengiriman',
    on: 'menyala',
    off: 'mati',
    turnOn: 'Nyalakan pengiriman',
    turnOff: 'Matikan pengiriman',
    pause: 'Jeda',
    resume: 'Jalankan lagi',
    acts: 'Tindakan',
    loginName: 'Nama masuk',
    name: 'Nama',
    role: 'Peran',
    agency: 'OPD',
    none: '–',
    mayPublish: 'Boleh mengirim balasan',
    password: 'Kata sandi',
    add: 'Tambah pengguna',
    save: 'Simpan',
    cancel: 'Batal',
    disable: 'Nonaktifkan',
    disabled: 'nonaktif',
    check: 'Periksa jejak audit',
    whole: (sealed: number, waiting: number) =>
      `Utuh: ${sealed.toLocaleString('id-ID')} catatan tersegel, ${waiting} menunggu segel.`,
    broken: 'Jejak audit RUSAK:',
  },
  {
    title: 'Settings',
    kanal: 'Channels',
    pengguna: 'Users',
    audit: 'Audit trail',
    platform: 'Channel',
    state: 'State',
    sending: 'Sending',
    on: 'on',
    off: 'off',
    turnOn: 'Turn sending on',
    turnOff: 'Turn sending off',
    pause: 'Pause',
    resume: 'Run again',
    acts: 'Acts',
    loginName: 'Login name',
    name: 'Name',
    role: 'Role',
    agency: 'Agency',
    none: '–',
    mayPublish: 'May send replies',
    password: 'Password',
    add: 'Add a user',
    save: 'Save',
    cancel: 'Cancel',
    disable: 'Disable',
    disabled: 'disabled',
    check: 'Check the audit trail',
    whole: (sealed: number, waiting: number) =>
      `Unbroken: ${sealed.toLocaleString('en')} entries sealed, ${waiting} wait for the seal.`,
    broken: 'The audit trail is BROKEN:',
  },
);

export interface SettingsSearch {
  readonly bagian?: SettingsPart;
}

export function readSettingsSearch(search: Record<string, unknown>): SettingsSearch {
  const bagian = settingsParts.find((one) => one === search.bagian);
  return { ...(bagian && { bagian }) };
}
