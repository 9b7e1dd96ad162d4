import { open } from 'node:fs/promises';

/** A zip's own table of contents, read before any library unpacks it. */
interface ZipContents {
  readonly entries: number;
  readonly packed: number;
  readonly unpacked: number;
}

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
/** The end record stands in the last 22 bytes and a comment of at most 64 kB. Source: PKWARE APPNOTE 4.3.16. */
const tailBytes = 22 + 65_535;
const mostDirectoryBytes = 1_000_000;

/** @returns null when it is no zip, or a zip64, which no spreadsheet of an office is */
export async function readZipDirectory(path: string): Promise<ZipContents | null> {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  const read = async (from: number, length: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
    return buffer.subarray(0, bytesRead);
  };
  const from = Math.max(0, size - tailBytes);
  const tail = await read(from, size - from);
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (at < 0 || tail.length - at < 22 || tail.readUInt32LE(at) !== endOfDirectory) return null;
  const [entries, bytes, offset] = [
    tail.readUInt16LE(at + 10),
    tail.readUInt32LE(at + 12),
    tail.readUInt32LE(at + 16),
  ];
  if (offset === 0xffffffff || bytes > mostDirectoryBytes) return null;
  const directory = await read(offset, bytes);
  const sum = { entries, packed: 0, unpacked: 0 };
  let next = 0;
  for (let count = 0; count < entries; count += 1) {
    if (next + 46 > directory.length || directory.readUInt32LE(next) !== directoryEntry) return null;
    sum.packed += directory.readUInt32LE(next + 20);
    sum.unpacked += directory.readUInt32LE(next + 24);
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(next + field));
    next += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return sum;
}

/** Fifty thousand rows of complaints unpack to about 60 MB. */
const mostUnpacked = 300 * 1024 * 1024;
const mostEntries = 1_000;

/** Why it should not be unpacked, in words; null when it may. */
export function whyNotUnpack(contents: ZipContents | null): string | null {
  if (contents === null) return 'Berkas ini bukan .xlsx yang utuh.';
  if (contents.entries > mostEntries || contents.unpacked > mostUnpacked)
    return 'Isi berkas .xlsx ini terlalu besar bila dibuka (lebih dari 300 MB). Pecah menjadi beberapa berkas.';
  return null;
}
