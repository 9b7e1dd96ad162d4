import { ConfigError } from './config.ts';
import { asError, RefusedError } from './errors.ts';

/** What the operating system refused, by its code, with what to do. */
const machineFaults: Readonly<Record<string, (what: string) => string>> = {
  ENOSPC: (what) =>
    `Penyimpanan penuh: kosongkan ruang, lalu mulai lagi (${what}). / The disk is full: make room and start again.`,
  EACCES: (what) => notWritable(what),
  EPERM: (what) => notWritable(what),
  EROFS: (what) => notWritable(what),
  ENOTDIR: (what) => noFolder(what),
  EEXIST: (what) => noFolder(what),
  EADDRINUSE: (what) =>
    `Alamat itu sudah dipakai program lain (${what}): hentikan program itu atau pilih PORT lain. / That address is in use: stop the other program or choose another PORT.`,
};

function notWritable(what: string): string {
  return `Tidak boleh membaca atau menulis di sana (${what}): beri hak kepada pemakai yang menjalankan Tanggap, atau sebut folder lain lewat TANGGAP_HOME. / Not allowed to read or write there: give the user who runs Tanggap the right, or name another folder by TANGGAP_HOME.`;
}

function noFolder(what: string): string {
  return `Di sana ada berkas, bukan folder (${what}): pindahkan berkas itu, atau sebut folder lain lewat TANGGAP_HOME. / A file stands where a folder is needed: move it, or name another folder by TANGGAP_HOME.`;
}

interface SystemFault {
  readonly code?: string;
  readonly syscall?: string;
  readonly path?: string;
  readonly address?: string;
  readonly port?: number;
}

/** By its shape: an error of the file system may come from another realm. */
function machineFault(thrown: unknown): string | null {
  const { code = '', syscall, path, address, port = '' } = (thrown ?? {}) as SystemFault;
  const words = machineFaults[code];
  if (!words || syscall === undefined) return null;
  return words(`${code} ${path ?? (address === undefined ? syscall : `${address}:${port}`)}`);
}

/** The driver's names for a database that went away while we worked. */
const lostDatabase = /^Mongo(Network|PoolCleared|ServerSelection)/;

function databaseFault(error: Error): string | null {
  if (!lostDatabase.test(error.name)) return null;
  return `MongoDB terputus (${error.message}): apakah masih berjalan, dan masih ada ruang penyimpanan? Server milik Tanggap menulis mongod.log di folder datanya. / The connection to MongoDB was lost: does it still run, and is there room on the disk? A server of ours writes mongod.log in its data folder.`;
}

/** Words for the person at the keyboard, Bahasa Indonesia first; a stack only for what is a bug of ours. */
export function explain(thrown: unknown): { readonly words: string; readonly exitCode: 1 | 2 } {
  if (thrown instanceof ConfigError) return { words: thrown.message, exitCode: 2 };
  if (thrown instanceof RefusedError)
    return { words: `${thrown.words.id} / ${thrown.words.en}`, exitCode: 1 };
  const fault = machineFault(thrown) ?? databaseFault(asError(thrown));
  return fault
    ? { words: fault, exitCode: 2 }
    : { words: asError(thrown).stack ?? String(thrown), exitCode: 1 };
}
