import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Cell, Sheet } from './sheet.ts';
import { wibSerial } from './wib.ts';

/**
 * A workbook with one sheet, written row by row while it is sent: exceljs keeps what the receiver has not taken yet
 * (194 MB for 100,000 rows), this keeps a batch. Texts are inline strings, which no spreadsheet runs as a formula.
 * Format: ECMA-376 part 1, SpreadsheetML.
 */
export async function* xlsxOf(sheet: Sheet): AsyncGenerator<Uint8Array> {
  const rows = Readable.from(sheetXml(sheet), { objectMode: false });
  const zip = new ZipFile();
  zip.on('error', (error: Error) => (zip.outputStream as Readable).destroy(error));
  for (const [name, xml] of Object.entries(fixedParts(sheet.title))) zip.addBuffer(Buffer.from(xml), name);
  zip.addReadStream(rows, 'xl/worksheets/sheet1.xml');
  zip.end();
  try {
    yield* zip.outputStream as Readable;
  } finally {
    // The receiver went away: the cursor behind the rows must not stay open.
    rows.destroy();
  }
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const links = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageLinks = 'http://schemas.openxmlformats.org/package/2006/relationships';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Styles by position: 0 plain, 1 the bold first row, 2 a time. */
const styles = `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`;

function fixedParts(title: string): Readonly<Record<string, string>> {
  return {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/></Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${packageLinks}"><Relationship Id="rId1" Type="${links}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${links}"><sheets><sheet name="${escapeXml(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${packageLinks}"><Relationship Id="rId1" Type="${links}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${links}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': head + styles,
  };
}

async function* sheetXml({ columns, batches }: Sheet): AsyncGenerator<string> {
  const widths = columns
    .map(
      ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
    )
    .join('');
  yield `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`;
  const letters = columns.map((_, index) => columnLetters(index));
  let number = 1;
  yield rowXml(
    number,
    columns.map(({ name }, index) => textCell(`${letters[index]}1`, name, 1)),
  );
  for await (const batch of batches) {
    let xml = '';
    for (const row of batch) {
      number += 1;
      xml += rowXml(
        number,
        row.map((cell, index) => cellXml(`${letters[index]}${number}`, cell)),
      );
    }
    if (xml !== '') yield xml;
  }
  yield '</sheetData></worksheet>';
}

function rowXml(number: number, cells: readonly string[]): string {
  return `<row r="${number}">${cells.join('')}</row>`;
}

/** 0 → A, 26 → AA. */
function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

function cellXml(at: string, cell: Cell): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'string') return textCell(at, cell, 0);
  return `<c r="${at}" s="2"><v>${wibSerial(cell)}</v></c>`;
}

/** What Excel holds in one cell at most, in UTF-16 units. */
const longestCell = 32_767;

function textCell(at: string, text: string, style: 0 | 1): string {
  const kept = text.length > longestCell ? text.slice(0, longestCell).toWellFormed() : text;
  return `<c r="${at}" t="inlineStr"${style === 0 ? '' : ` s="${style}"`}><is><t xml:space="preserve">${escapeXml(kept)}</t></is></c>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * XML forbids most control characters; SpreadsheetML writes them `_x0007_`, and so a text that looks like that itself
 * gets its underscore written so (ECMA-376 part 1, 22.9.2.19 ST_Xstring).
 */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      /(?![\t\n])[\p{Cc}\uFFFE\uFFFF]/gu,
      (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replace(/[&<>"]/g, (char) => entities[char] ?? char);
}
