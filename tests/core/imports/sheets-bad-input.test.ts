import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PlainError } from '../../../platform/plain-error.ts';
import { read } from '../../../core/imports/sheets/read-sheet.ts';
import { readSheetApart } from '../../../core/imports/sheets/read-sheet-apart.ts';
import { accountedRows, gather, inputOf, readSheet } from '../../support/sheets.ts';
import { archive, workbook, workbookOf } from '../../support/workbooks.ts';

const folder = process.env['CONCORD_REALDATA'] ?? '';
const RUNS = 60;

/** Reads what may be no sheet: all of it accounted for, or a plain word that names the file. */
async function readOrRefuse(bytes: Uint8Array): Promise<'read' | 'refused'> {
  try {
    const sheet = await gather(read(inputOf(bytes, { fileName: 'sheet.bin' })));
    expect(accountedRows(sheet)).toHaveLength(sheet.counts.rows);
    expect(new Set(accountedRows(sheet)).size).toBe(sheet.counts.rows);
    return 'read';
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(PlainError);
    expect(String(thrown)).toContain('sheet.bin');
    return 'refused';
  }
}

const refusal = async (bytes: string | Uint8Array): Promise<string> =>
  readSheet(bytes, { fileName: 'sheet.xlsx' }).then(
    () => 'was read',
    (thrown: unknown) => (thrown instanceof PlainError ? thrown.message : `no plain word: ${String(thrown)}`),
  );

const header = `<x:row r="1"><x:c r="A1" t="str"><x:v>Organisation</x:v></x:c><x:c r="B1" t="str"><x:v>Activity</x:v></x:c></x:row>`;

describe('what is no sheet is refused in a sentence', () => {
  test.for([
    ['nothing', '', 'is empty'],
    ['blanks', ' \n\n ', 'is empty'],
    ['a page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'is a web page (HTML)'],
    ['a page in XHTML', '<html xmlns="http://www.w3.org/1999/xhtml"></html>', 'is a web page (HTML)'],
    ['XML', '<?xml version="1.0"?><iati-activities/>', 'is XML'],
    ['a calendar', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n', 'is a calendar'],
    ['a PDF', '%PDF-1.7\n', 'is a PDF document'],
    [
      'a quotation without an end',
      'Organisation,Activity\nIOM,"Radio\nUNHCR,Film\n',
      'row 2: a quotation mark opens a cell and none closes it',
    ],
    ['JSON cut off', '[{"Organisation":"IOM"},\n{"Organi', 'line 2: no well-formed JSON'],
    ['JSON without rows', '{"title":"none"}', 'holds no list of rows'],
    ['JSON of numbers', '[1,2]', 'row 1: expected an object, found a number'],
    ['JSON within JSON', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'line 1: lists within lists, deeper than 20'],
  ])('%s', async ([, text = '', reason = '']) => {
    expect(await refusal(text)).toContain(reason);
  });

  test('an old workbook, or one with a password', async () => {
    expect(await refusal(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))).toContain('Excel before 2007');
  });

  test('an archive of something else', async () => {
    expect(await refusal(archive([['readme.txt', 'hello']]))).toContain('is an archive and no workbook');
    expect(await refusal(archive([['word/document.xml', '<w/>']]))).toContain('is a text document');
  });

  test('more than 10 MB', async () => {
    expect(await refusal(Buffer.alloc(100_000_000, 'a,b\n'))).toContain('has 100 MB; at most 10 MB are read');
  });
});

describe('limits', () => {
  test('of rows, columns and cells name the place', async () => {
    const rows = `Organisation,Activity\n${'IOM,Radio\n'.repeat(100_030)}`;
    expect(await refusal(rows)).toBe('sheet.xlsx row 100002: more than 100000 rows. Split the file into smaller ones.');
    expect(await refusal(`Organisation,Activity\nIOM${',x'.repeat(250)}\n`)).toContain(
      'row 2: 251 columns; at most 200 are read',
    );
    expect(await refusal(`Organisation,Activity\nIOM,${'x'.repeat(40_000)}\n`)).toContain(
      'row 2 column B: 40000 characters in one cell',
    );
    const far = `<x:sheetData>${header}<x:row r="2"><x:c r="XFD2"><x:v>1</x:v></x:c></x:row></x:sheetData>`;
    expect(await refusal(archive(workbookOf(far)))).toContain('row 2: something in column XFD');
  });

  test('of archives: size, ratio, entries, links, paths that lead out', async () => {
    const parts = workbookOf(`<x:sheetData>${header}</x:sheetData>`);
    expect(await refusal(archive([...parts, ['bomb', Buffer.alloc(5_000_000)]]))).toContain(
      'bomb in it unpacks to more than 100 times its size',
    );
    expect(await refusal(archive([...parts, ['big', 'x', { unpacked: 60_000_000 }]]))).toContain(
      'unpacks to more than 50 MB',
    );
    expect(await refusal(archive([...parts, ['link', 'x', { attributes: 0xa1ff0000 }]]))).toContain(
      'link in it is a link',
    );
    expect(await refusal(archive([...parts, ['../out', 'x']]))).toContain('damaged or cut off archive');
    const many = Array.from({ length: 1_001 }, (_, n) => [`part${String(n)}`, 'x'] as const);
    expect(await refusal(archive(many))).toContain('more than 1000 entries');
  });

  test('hold for an archive that lies about its sizes', async () => {
    const rows = `<x:sheetData>${header}${'<x:row/>'.repeat(100_000)}</x:sheetData>`;
    const parts = workbookOf(rows).map(
      ([name, text]) => [name, text, name.includes('sheet1') ? { unpacked: 500 } : {}] as const,
    );
    expect(await refusal(archive(parts))).toContain('xl/worksheets/sheet1.xml in it is damaged');
  });

  test('a document type in a part is refused, with the part', async () => {
    const doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>';
    expect(await refusal(archive(workbookOf('<x:sheetData/>', doctype)))).toContain(
      'sheet.xlsx → xl/worksheets/sheet1.xml line 1: a document type',
    );
  });

  test.for([
    ['a string without end', `[{"Organisation":"${'\\"'.repeat(3_000_000)}`],
    ['a string of one cell', `[{"Organisation":"${'x'.repeat(8_000_000)}"}]`],
    ['brackets in headers', `${'('.repeat(30_000)},`.repeat(190)],
    ['tags of blanks', `${`#org${' '.repeat(30_000)}x,`.repeat(190)}`],
    ['codes of places', `Organisation,Activity,Pcode\n${`IOM,Radio,${'ab-'.repeat(10_000)}!\n`.repeat(200)}`],
    ['days', `Organisation,Activity,Start\n${`IOM,Radio,${'1 - '.repeat(8_000)}\n`.repeat(200)}`],
    ['quotation marks', 'a,"b""'.repeat(1_000_000)],
  ])('%s cost no more than their length', async ([, text = '']) => {
    await readOrRefuse(Buffer.from(text));
  });

  test('merged cells without end cost no more than the rows there are', async () => {
    const merges = '<x:mergeCell ref="A1:XFD1048576"/>'.repeat(2_000);
    const sheet = `<x:sheetData>${header}<x:row r="2"><x:c r="B2" t="str"><x:v>Radio</x:v></x:c></x:row></x:sheetData><x:mergeCells>${merges}</x:mergeCells>`;
    expect(await refusal(archive(workbookOf(sheet)))).toBe('was read');
  });
});

describe('a damaged file is read or refused, never half and never for ever', () => {
  const rows = [
    ['Organisation', 'Activity', 'Province', 'Start'],
    ...Array.from({ length: 40 }, (_, n) => [
      `Örg ${String(n % 7)}`,
      'Radio, film',
      `Plâce ${String(n)}`,
      '2026-01-03',
    ]),
  ];
  const sources: readonly (readonly [string, () => Promise<Uint8Array>])[] = [
    ['CSV', () => Promise.resolve(Buffer.from(rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n')))],
    [
      'JSON',
      () =>
        Promise.resolve(
          Buffer.from(
            JSON.stringify(
              rows.slice(1).map(([Organisation, Activity, Province]) => ({ Organisation, Activity, Province })),
            ),
          ),
        ),
    ],
    ['XLSX', () => workbook([{ name: 'Data', rows }])],
  ];

  test.for(sources)('%s cut off anywhere', async ([, make]) => {
    const whole = await make();
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        await readOrRefuse(whole.subarray(0, length));
      }),
      { numRuns: RUNS },
    );
  });

  test.for(sources)('%s with bits turned', async ([, make]) => {
    const whole = await make();
    const flips = fc.array(fc.nat(whole.length * 8 - 1), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(flips, async (bits) => {
        const copy = Buffer.from(whole);
        for (const bit of bits) copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        await readOrRefuse(copy);
      }),
      { numRuns: RUNS },
    );
  });

  test('any bytes at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        await readOrRefuse(bytes);
      }),
      { numRuns: RUNS },
    );
  });

  test('any table of texts is accounted for', async () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom('IOM', 'Radio', 'Planned', '03/04/2026', '#org', 'Organisation', 'Activity', ''),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 40 }), async (table) => {
        await readOrRefuse(
          Buffer.from(table.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\n')),
        );
      }),
      { numRuns: RUNS },
    );
  });

  test.skipIf(folder === '')('real sheets cut off and with bits turned', async () => {
    const whole = readFileSync(join(folder, '3w', 'hxlshowcase-sbtf-sle-health.csv'));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
        await readOrRefuse(whole.subarray(0, at));
        const copy = Buffer.from(whole);
        copy[at] = (copy[at] ?? 0) ^ (1 << bit);
        await readOrRefuse(copy);
      }),
      { numRuns: 10 },
    );
  });

  test('in a thread too the reason comes through', async () => {
    const bytes = (await workbook([{ name: 'Data', rows }])).subarray(0, 700);
    await expect(readSheetApart(inputOf(bytes, { fileName: 'sheet.xlsx' })).next()).rejects.toMatchObject({
      name: 'PlainError',
      message: expect.stringContaining('sheet.xlsx is a damaged or cut off archive') as string,
    });
  });
});
