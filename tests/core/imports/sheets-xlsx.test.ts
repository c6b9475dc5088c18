import { describe, expect, test } from 'vitest';
import { dateOfSerial, datePrecisionOf } from '../../../core/imports/sheets/xlsx/number-format.ts';
import { accountedRows, readSheet } from '../../support/sheets.ts';
import { archive, workbook, workbookOf } from '../../support/workbooks.ts';

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const inline = (column: string, text: string): string =>
  `<x:c r="${column}" t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c>`;

describe('a workbook', () => {
  test('is read from the sheet with the rows, merged cells in each row they cover, dates as days', async () => {
    const bytes = await workbook([
      { name: 'Read me', rows: [['Guide'], ['Fill in the next sheet, one row an activity']] },
      { name: 'Lists', rows: [['Status'], ['Planned'], ['Ongoing']], hidden: true },
      {
        name: '4W',
        rows: [
          ['Reporting of January'],
          [],
          ['Organisation', 'Activity', 'Location', null, 'Start date', 'End date'],
          [null, null, 'Province', 'District', null, null],
          ['IOM', 'Radio', 'Dhaka', 'Savar', day('2026-01-03'), day('2026-02-28')],
          [null, 'Film', 'Khulna', 'Dumuria', day('2026-01-04'), null],
        ],
        merges: [
          { startRow: 2, endRow: 3, startCol: 0, endCol: 0 },
          { startRow: 2, endRow: 3, startCol: 1, endCol: 1 },
          { startRow: 2, endRow: 2, startCol: 2, endCol: 3 },
          { startRow: 2, endRow: 3, startCol: 4, endCol: 4 },
          { startRow: 2, endRow: 3, startCol: 5, endCol: 5 },
          { startRow: 4, endRow: 5, startCol: 0, endCol: 0 },
        ],
      },
    ]);
    const { survey, records } = await readSheet(bytes, { fileName: '4w.xlsx' });
    expect(survey).toMatchObject({ sheet: '4W', sheets: ['Read me', '4W'], headerRow: 4 });
    expect(records).toMatchObject([
      {
        rows: [5],
        owner: { name: 'IOM' },
        days: { start: '2026-01-03', end: '2026-02-28' },
        places: [{ name: 'Savar', level: 2, within: { name: 'Dhaka', level: 1 } }],
      },
      { rows: [6], owner: { name: 'IOM' }, name: 'Film', days: { start: '2026-01-04', end: null } },
    ]);
  });

  test('that counts its days from 1904 has the same days', async () => {
    const rows = [
      ['Organisation', 'Activity', 'Start'],
      ['IOM', 'Radio', day('2026-01-03')],
    ];
    const { records, survey } = await readSheet(await workbook([{ name: 'Data', rows }], '1904'));
    expect(survey.format).toBe('XLSX, days counted from 1904');
    expect(records).toMatchObject([{ days: { start: '2026-01-03' } }]);
  });

  test('is read by its elements, with prefixes, without references, blank formatted rows passed over', async () => {
    const rows =
      `<x:row r="3">${inline('A3', 'Organisation')}${inline('C3', 'Activity')}</x:row><x:row r="4"><x:c r="A4" s="1"/></x:row>` +
      '<x:row><x:c t="str"><x:v>IOM</x:v></x:c><x:c/><x:c t="str"><x:f>A1&amp;B1</x:f><x:v>Radio _x0026_ film</x:v></x:c></x:row>';
    const { records, survey } = await readSheet(archive(workbookOf(`<x:sheetData>${rows}</x:sheetData>`)));
    expect(survey.headerRow).toBe(3);
    expect(records).toMatchObject([{ rows: [5], owner: { name: 'IOM' }, name: 'Radio & film' }]);
  });

  test('is read from the sheet that a mapping names', async () => {
    const rows = (activity: string): string[][] => [
      ['Organisation', 'Activity'],
      ['IOM', activity],
    ];
    const bytes = await workbook([
      { name: 'January', rows: rows('Radio') },
      { name: 'February', rows: rows('Film') },
    ]);
    expect((await readSheet(bytes, { mapping: { sheet: 'february' } })).records).toMatchObject([{ name: 'Film' }]);
    await expect(readSheet(bytes, { mapping: { sheet: 'March' } })).rejects.toThrow('It has "January", "February".');
  });

  test('accounts for every row of a sheet of some size', async () => {
    const rows = Array.from({ length: 3_000 }, (_, n) => [
      `Organisation ${String(n % 70)}`,
      `Activity ${String(n % 11)}`,
      `Place ${String(n)}`,
    ]);
    const sheet = await readSheet(
      await workbook([{ name: 'Data', rows: [['Organisation', 'Activity', 'Province'], ...rows] }]),
    );
    expect(accountedRows(sheet)).toEqual(rows.map((_, index) => index + 2));
    expect(sheet.counts).toMatchObject({ rows: 3_000, distinct: 3_000, records: 770 });
  });
});

describe('number formats', () => {
  test.for([
    [14, undefined, 'day'],
    [17, undefined, 'month'],
    [20, undefined, null],
    [0, undefined, null],
    [170, 'dd/mm/yyyy', 'day'],
    [170, '[$-409]d\\-mmm\\-yy;@', 'day'],
    [170, 'mmm\\ yyyy', 'month'],
    [170, 'yyyy', 'year'],
    [170, 'h:mm AM/PM', null],
    [170, 'mm:ss', null],
    [170, '#,##0.00 "days"', null],
    [170, '[Red]0', null],
    [170, 'General', null],
  ] as const)('%s %s shows %s', ([id, code, precision]) => {
    expect(datePrecisionOf(id, code)).toBe(precision);
  });

  test.for([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [60, false, null],
    [61, false, '1900-03-01'],
    [42_076.75, false, '2015-03-13'],
    [0, true, '1904-01-01'],
    [40_614, true, '2015-03-13'],
    [0.5, false, null],
    [-1, true, null],
    [3e9, false, null],
  ] as const)('day %s counted from 1904: %s is %s', ([serial, from1904, date]) => {
    expect(dateOfSerial(serial, from1904, 'day')).toBe(date);
  });
});
