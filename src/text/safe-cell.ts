/** What a spreadsheet may take for the start of a formula, full-width signs and hidden leading blanks included. */
const runs = /^[\s\0]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n\0]/;

/** A spreadsheet must never take a cell of a CSV for a formula (CSV injection; OWASP ASVS 5.0, 1.2.10). */
export function safeCell(value: string): string {
  return runs.test(value) ? `'${value}` : value;
}
