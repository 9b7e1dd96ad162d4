import { DateTime } from 'luxon';

/** What a command prints: people read lines, scripts read JSON. stdout only. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** A line for the person who waits; scripts that read stdout never see it. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Says each tenth once. @returns takes the share done, 0..1 */
export function progressByTenths(what: string): (share: number) => void {
  let said = 0;
  return (share) => {
    const tenth = Math.floor(share * 10);
    if (tenth > said) say(`${what}: ${tenth * 10} %`);
    said = Math.max(said, tenth);
  };
}

/** Stands on every output of the demo. */
export const simulatedMark = 'DATA SIMULASI / SIMULATED DATA';

/** `Sen 24 Nov 2026 10.02` in WIB. */
export function wib(date: Date | null): string {
  if (!date) return '–';
  return DateTime.fromJSDate(date).setZone('Asia/Jakarta').setLocale('id').toFormat('ccc d LLL yyyy HH.mm');
}

/** One line of a citizen's text, cut at the given number of characters. */
export function oneLine(text: string, length: number): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  const characters = [...flat];
  return characters.length <= length ? flat : `${characters.slice(0, length - 1).join('')}…`;
}

/** Columns padded to their widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}
