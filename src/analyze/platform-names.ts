/** As people call them, in letters and files. */
export const platformNames: ReadonlyMap<string, string> = new Map([
  ['x', 'X'],
  ['instagram', 'Instagram'],
  ['facebook', 'Facebook'],
  ['whatsapp', 'WhatsApp'],
  ['website', 'Situs web'],
  ['sp4n', 'SP4N-LAPOR!'],
  ['laporgub', 'LaporGub'],
  ['sapamas', 'SAPAMAS'],
  ['manual', 'Dicatat petugas'],
]);
