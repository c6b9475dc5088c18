import { readXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { annotateSheetApart } from '../../../core/imports/sheets/annotate-sheet-apart.ts';
import { annotatedName } from '../../../core/imports/sheets/annotate-sheet.ts';
import type { Remark } from '../../../core/imports/source-record.ts';
import { inputOf, readSheet } from '../../support/sheets.ts';
import { workbook } from '../../support/workbooks.ts';

async function annotate(sheet: string | Uint8Array, fileName: string, remarks: readonly Remark[]): Promise<Buffer> {
  const { survey } = await readSheet(sheet, { fileName });
  const { bytes } = inputOf(sheet);
  const pieces: Uint8Array[] = [];
  for await (const piece of annotateSheetApart({ bytes, fileName, mapping: survey.mapping, remarks }))
    pieces.push(piece);
  return Buffer.concat(pieces);
}

const ROWS = [
  ['A note'],
  [],
  ['Organisation', 'Activity', 'Start', 'Long'],
  ['IOM', '=HYPERLINK("https://example.org")', '03/04/2026', '-10.37'],
  ['@UNHCR', 'Film', '2026-04-05', '12'],
];

describe('an annotated copy', () => {
  test('of CSV has the remarks beside their rows, and nothing that a program would run', async () => {
    const sheet = ROWS.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
    const { remarks } = await readSheet(sheet);
    const copy = await annotate(sheet, 'sheet.csv', remarks);
    const lines = copy.toString().slice(1).split('\n');
    expect(lines.slice(0, 3)).toEqual(['A note,,,,', '', 'Organisation,Activity,Start,Long,Remarks']);
    expect(lines[3]).toContain(
      `IOM,"'=HYPERLINK(""https://example.org"")",03/04/2026,'-10.37,"ERROR: Start ""03/04/2026"" may be either of two days. Say which`,
    );
    expect(lines[4]).toBe("'@UNHCR,Film,2026-04-05,12,");
    expect(annotatedName(inputOf(sheet, { fileName: 'a.b.csv' }))).toBe('a.b-remarks.csv');
  });

  test('read again says the same', async () => {
    const sheet = 'Organisation,Activity,Status\n"@UNHCR","=1+1",odd\n"-x","+y",odd\n';
    const first = await readSheet(sheet);
    const again = await readSheet(await annotate(sheet, 'sheet.csv', first.remarks));
    expect(again.records).toEqual(first.records);
    expect(first.records.map(({ name }) => name)).toEqual(['=1+1', '+y']);
  });

  test('of a workbook marks the cells too', async () => {
    const bytes = await workbook([
      { name: 'Guide', rows: [['Read this']] },
      { name: 'Data', rows: ROWS },
    ]);
    const { remarks } = await readSheet(bytes);
    const copy = await readXlsx(await annotate(bytes, 'sheet.xlsx', remarks), { readStyles: true });
    const [sheet] = copy.sheets;
    expect(sheet?.name).toBe('Data');
    expect(sheet?.rows[3]?.slice(0, 4)).toEqual(['IOM', `'=HYPERLINK("https://example.org")`, '03/04/2026', -10.37]);
    expect(sheet?.rows[3]?.[4]).toContain('ERROR: Start "03/04/2026" may be either of two days.');
    expect(sheet?.cells?.get('3,2')?.style?.fill).toMatchObject({ fgColor: { rgb: 'FFC7CE' } });
    expect(sheet?.cells?.get('4,2')?.style?.fill).toBeUndefined();
  });

  test('of JSON is CSV with its keys as header', async () => {
    const sheet = '[{"Organisation":"IOM","Activity":"Radio","Status":"odd"}]';
    const { remarks } = await readSheet(sheet);
    const copy = await annotate(sheet, 'rows.json', remarks);
    expect(copy.toString()).toBe(
      '\ufeffOrganisation,Activity,Status,Remarks\nIOM,Radio,odd,"WARNING: Status ""odd"" is no status known here. Write planned, ongoing, completed, suspended or cancelled, or map the value."\n',
    );
  });
});
