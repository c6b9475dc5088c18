import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SHEET_FIELDS } from '../../../core/imports/sheets/field.ts';
import { parseMapping } from '../../../core/imports/sheets/mapping.ts';
import { accountedRows, readSheet, type ReadSheet } from '../../support/sheets.ts';

const fieldsOf = ({ survey }: ReadSheet): Record<string, readonly string[]> =>
  Object.fromEntries(survey.columns.map(({ header, fields }) => [header, fields]));

describe('the header of a sheet', () => {
  test('is found below notes, wherever within 25 rows', async () => {
    const notes = Array.from({ length: 22 }, (_, n) => `Note ${String(n)}: see the guide,,`);
    const sheet = await readSheet([...notes, '', 'Who,What,Where', 'IOM,Radio spots,Dhaka'].join('\n'));
    expect(sheet.survey.headerRow).toBe(24);
    expect(sheet.records).toMatchObject([{ name: 'Radio spots', rows: [25], owner: { name: 'IOM' } }]);
  });

  test('may have two rows, of which the upper one names groups', async () => {
    const sheet = await readSheet(
      'Organisation,,Location,,Dates,\nName,Type,Province,District,Start,End\nIOM,UN,Dhaka,Savar,2026-01-01,2026-02-01\n',
      { mapping: { constants: { name: 'Radio' } } },
    );
    expect(fieldsOf(sheet)).toEqual({
      Name: ['organisation'],
      Type: ['organisationKind'],
      Province: ['admin1'],
      District: ['admin2'],
      Start: ['start'],
      End: ['end'],
    });
  });

  test.for([
    [
      'French',
      'Organisation;Activité;Secteur;Pays;Date de début;Date de fin;Statut',
      'OIM;Radio;Santé;Mali;01.02.2026;28.02.2026;En cours',
    ],
    [
      'Spanish',
      'Organización;Actividad;Sector;País;Fecha de inicio;Fecha de fin;Estado',
      'OIM;Radio;Salud;Mali;01.02.2026;28.02.2026;En ejecución',
    ],
    [
      'Indonesian',
      'Organisasi;Kegiatan;Sektor;Negara;Tanggal mulai;Tanggal selesai;Status',
      'IOM;Radio;Kesehatan;Mali;01.02.2026;28.02.2026;Berjalan',
    ],
    [
      'Arabic',
      'المنظمة;النشاط;القطاع;البلد;تاريخ البدء;تاريخ الانتهاء;الحالة',
      'IOM;Radio;الصحة;Mali;01.02.2026;28.02.2026;مستمر',
    ],
  ])('is read in %s', async ([, header, row]) => {
    const { records } = await readSheet(`${String(header)}\n${String(row)}\n`);
    expect(records).toMatchObject([
      {
        name: 'Radio',
        status: 'ongoing',
        days: { start: '2026-02-01', end: '2026-02-28' },
        places: [{ name: 'Mali', level: 0 }],
      },
    ]);
  });

  test('prefers names to acronyms, and reads two words for one thing', async () => {
    const sheet = await readSheet(
      'Organisation acronym,Organisation name,Activity,Province/State\nIOM,Org for Migration,Radio,Dhaka\n',
    );
    expect(sheet.records).toMatchObject([
      { owner: { name: 'Org for Migration' }, places: [{ name: 'Dhaka', level: 1 }] },
    ]);
  });

  test('that repeats among the rows is no data, nor is a row of totals', async () => {
    const { counts, refused, remarks } = await readSheet(
      'Organisation,Activity\nIOM,Radio\nOrganisation,Activity\nUNHCR,Film\nTotal,2\n',
    );
    expect(counts).toMatchObject({ rows: 4, records: 2, refused: 2 });
    expect(refused).toEqual([3, 5]);
    expect(remarks.map(({ reason }) => reason)).toEqual(['repeats the header', 'adds up other rows']);
  });

  test('of columns that say nothing known refuses the rows with a suggestion, once', async () => {
    const { counts, remarks } = await readSheet('Foo,Bar\na,b\nc,d\n');
    expect(counts).toMatchObject({ rows: 2, records: 0, refused: 2 });
    expect(remarks).toMatchObject([
      {
        row: 1,
        severity: 'ERROR',
        suggestion: 'Say in a mapping which of these columns does: "Foo", "Bar". Or give one name for all rows.',
      },
    ]);
  });
});

describe('tags', () => {
  test('are read with blanks and attributes in any order, with the header above them', async () => {
    const sheet = await readSheet(
      'A note\nDoer,Doing,About,P1,P1c,From,To\n#org +name,#activity+en +name, #sector,#adm1 +name,#adm1+code,#date+start,# date + end\nIOM,Radio,Health,Dhaka,BD-13,2026-01-01,2026-03-01\n',
    );
    expect(sheet.survey).toMatchObject({ headerRow: 2, tagRow: 3 });
    expect(sheet.records).toMatchObject([
      {
        rows: [4],
        name: 'Radio',
        themes: ['Health'],
        places: [{ name: 'Dhaka', code: 'BD-13', level: 1 }],
        days: { start: '2026-01-01', end: '2026-03-01' },
        spots: { owner: { row: 4, column: 'Doer' } },
      },
    ]);
  });

  test('of 2014 mean what they meant', async () => {
    const sheet = await readSheet(
      '#org,#activity,#adm2,#adm2_id,#from_date,#to_date,#report_date\nIOM,Radio,Savar,BD1372,2026-01-01,2026-03-01,2026-04-01\n',
    );
    expect(sheet.survey).toMatchObject({ headerRow: null, tagRow: 1 });
    expect(sheet.records).toMatchObject([
      { places: [{ name: 'Savar', code: 'BD1372', level: 2 }], days: { start: '2026-01-01', end: '2026-03-01' } },
    ]);
  });

  test('of one thing in several languages are read once, in English', async () => {
    const { records } = await readSheet('#org,#sector+ar,#sector+en\nIOM,الصحة,Health\n');
    expect(records).toMatchObject([{ themes: ['Health'] }]);
  });

  test('are told from errors of a spreadsheet program', async () => {
    const { survey } = await readSheet('Organisation,Activity,Pcode\n#N/A,#REF!,#N/A\nIOM,Radio,BD13\n');
    expect(survey).toMatchObject({ headerRow: 1, tagRow: null });
  });
});

describe('rows', () => {
  test('of one organisation and activity are one programme at all their places, however the names are written', async () => {
    const { records, counts } = await readSheet(
      'Organisation,Activity,Status,Province\nSave the Children,Radio,Ongoing,Dhaka\nsave  the children,RADIO,ongoing,Khulna\nSave the Children,Radio,Ongoing,Dhaka\nSave the Children,Radio,Planned,Sylhet\n',
    );
    expect(counts).toEqual({ rows: 4, distinct: 3, records: 2, refused: 0 });
    expect(records).toMatchObject([
      { rows: [2, 3, 4], name: 'Radio', status: 'ongoing', places: [{ name: 'Dhaka' }, { name: 'Khulna' }] },
      { rows: [5], status: 'planned', places: [{ name: 'Sylhet' }] },
    ]);
  });

  test('are found again by their identifier when it is of one activity, and by what they say when it is of several', async () => {
    const own = await readSheet('Project code,Organisation,Activity\nP-1,IOM,Radio\nP-2,IOM,Film\n');
    expect(own.records.map(({ key, identifier }) => [key, identifier?.value])).toEqual([
      ['sheet:P-1', 'P-1'],
      ['sheet:P-2', 'P-2'],
    ]);
    const shared = await readSheet('Project code,Organisation,Activity\nP-1,IOM,Radio\nP-1,IOM,Film\n');
    expect(shared.records.map(({ key, identifier }) => [key, identifier])).toEqual([
      ['iom|radio|p-1', null],
      ['iom|film|p-1', null],
    ]);
  });

  test('keep their key when the period given for the file changes', async () => {
    const sheet = 'Organisation,Activity\nIOM,Radio\n';
    const march = await readSheet(sheet, { period: { start: '2026-03-01', end: '2026-03-31' } });
    const april = await readSheet(sheet, { period: { start: '2026-04-01', end: '2026-04-30' } });
    expect(march.records[0]?.days).toEqual({ start: '2026-03-01', end: '2026-03-31' });
    expect(march.records[0]?.key).toBe(april.records[0]?.key);
  });

  test('that lack who or what, or end before they start, are refused with place, reason and remedy', async () => {
    const { refused, remarks, records } = await readSheet(
      'Organisation,Activity,Start,End\n,Radio,,\nIOM,,,\nIOM,Film,2026-03-04,2026-03-01\nIOM,Song,2026-03-04,\n',
    );
    expect(records).toMatchObject([{ name: 'Song', days: { start: '2026-03-04', end: null } }]);
    expect(refused).toEqual([2, 3, 4]);
    expect(remarks).toEqual([
      {
        row: 2,
        column: null,
        value: null,
        severity: 'ERROR',
        reason: 'names no organisation',
        suggestion: expect.stringContaining('Fill in who') as string,
      },
      {
        row: 3,
        column: null,
        value: null,
        severity: 'ERROR',
        reason: 'does not say what is done',
        suggestion: expect.stringContaining('activity') as string,
      },
      {
        row: 4,
        column: 'End',
        value: '2026-03-01',
        severity: 'ERROR',
        reason: '2026-03-01 is before Start 2026-03-04',
        suggestion: 'Correct one of the two days.',
      },
    ]);
  });

  test('name a place within those it lies in, and the country given when they name none', async () => {
    const { records } = await readSheet(
      'Organisation,Activity,Admin1,Admin2,Admin2 Pcode\nIOM,Radio,Shefa,Port Vila,VUT0105\nIOM,Film,,,\n',
      { country: 'VU' },
    );
    const country = { name: null, code: 'VU', level: 0, within: null };
    expect(records.map(({ places }) => places)).toEqual([
      [
        {
          name: 'Port Vila',
          code: 'VUT0105',
          level: 2,
          within: { name: 'Shefa', code: null, level: 1, within: country },
        },
      ],
      [country],
    ]);
  });

  test('take what they do not know as a remark, not as a value', async () => {
    const { records, remarks } = await readSheet(
      'Organisation,Activity,Status,Start,Pcode\nIOM,Radio,Doubtful,soon,0\n',
    );
    expect(records).toMatchObject([{ status: null, days: null, places: [] }]);
    expect(remarks.map(({ severity, column, value }) => [severity, column, value])).toEqual([
      ['WARNING', 'Start', 'soon'],
      ['WARNING', 'Pcode', '0'],
      ['WARNING', 'Status', 'Doubtful'],
    ]);
  });
});

describe('days', () => {
  const sheet = (...days: string[]): string =>
    `Organisation,Activity,Start\n${days.map((day, n) => `IOM,Activity ${String(n)},${day}`).join('\n')}\n`;
  const starts = ({ records }: ReadSheet): (string | undefined)[] => records.map(({ days }) => days?.start);

  test('are read in the order that some of the column show', async () => {
    expect(starts(await readSheet(sheet('03/04/2026', '13/04/2026')))).toEqual(['2026-04-03', '2026-04-13']);
    expect(starts(await readSheet(sheet('03/04/2026', '04/13/2026')))).toEqual(['2026-03-04', '2026-04-13']);
  });

  test('that may be either of two are refused until somebody says which', async () => {
    const asked = await readSheet(sheet('03/04/2026', '05/05/2026', '19.08.26'));
    expect(asked.survey.dateOrder).toBeNull();
    expect(starts(asked)).toEqual(['2026-05-05', '2026-08-19']);
    expect(asked.remarks).toMatchObject([
      { row: 2, column: 'Start', value: '03/04/2026', severity: 'ERROR', reason: 'may be either of two days' },
    ]);
    expect(starts(await readSheet(sheet('03/04/2026'), { mapping: { dateOrder: 'day-first' } }))).toEqual([
      '2026-04-03',
    ]);
    expect(starts(await readSheet(sheet('03/04/2026'), { mapping: { dateOrder: 'month-first' } }))).toEqual([
      '2026-03-04',
    ]);
  });

  test('are not read in an order that the column contradicts', async () => {
    const read = await readSheet(sheet('03/04/2026', '04/13/2026'), { mapping: { dateOrder: 'day-first' } });
    expect(read.survey.dateOrder).toBeNull();
    expect(read.refused).toEqual([2]);
  });

  test('in both orders at once are refused, but those that only one order can be', async () => {
    const { counts, survey } = await readSheet(sheet('13/04/2026', '04/13/2026', '03/04/2026'));
    expect(survey.dateOrder).toBeNull();
    expect(counts).toMatchObject({ records: 2, refused: 1 });
  });
});

describe('a mapping', () => {
  test('corrects columns, sets constants, and says what values mean', async () => {
    const { records, refused } = await readSheet(
      'Partner org,Work,State\nIOM,Social Mobilisation,begun\nIOM,Funding,begun\nUNHCR,Shelter,?\n',
      {
        mapping: {
          columns: { 'partner ORG': 'organisation', 'column B': ['name', 'theme'], State: 'status' },
          constants: { country: 'GN', corridors: ['mano_river'], languages: ['fr'] },
          values: {
            Work: { 'social mobilisation': { themes: ['x'], audiences: ['y'] }, Funding: { leaveOut: true } },
            State: { begun: 'ongoing' },
          },
        },
      },
    );
    expect(refused).toEqual([3]);
    expect(records).toMatchObject([
      {
        name: 'Social Mobilisation',
        themes: ['x'],
        audiences: ['y'],
        status: 'ongoing',
        corridors: ['mano_river'],
        languages: ['fr'],
        places: [{ code: 'GN' }],
      },
      { name: 'Shelter', themes: ['Shelter'], audiences: [], status: null },
    ]);
  });

  test('that was found reads the next file the same, also when its columns stand in another order', async () => {
    const first = await readSheet('Organisation,Activity,Sector,Start\nIOM,Radio,Health,13/04/2026\n');
    const next = await readSheet('Start,Sector,Activity,Organisation\n03/04/2026,Health,Film,IOM\n', {
      mapping: first.survey.mapping,
    });
    expect(next.records).toMatchObject([{ name: 'Film', themes: ['Health'], days: { start: '2026-04-03' } }]);
    expect(next.survey.columns.every(({ why, confidence }) => why === 'mapping' && confidence === 1)).toBe(true);
  });

  test.for([
    [{ columns: { Organisation: 'organization' } }, 'columns → Organisation'],
    [
      { constants: { period: { start: '2026-03-02', end: '2026-03-01' } } },
      '2026-03-01 is before the start 2026-03-02',
    ],
    [{ colums: {} }, 'colums'],
  ])('that is none says where', async ([mapping, place]) => {
    await expect(readSheet('Organisation,Activity\nIOM,Radio\n', { mapping })).rejects.toThrow(String(place));
  });

  test('that names a column which is not there says which there are', async () => {
    await expect(
      readSheet('Organisation,Activity\nIOM,Radio\n', { mapping: { columns: { Agency: 'organisation' } } }),
    ).rejects.toThrow(
      'The mapping names a column "Agency", which sheet.csv does not have. It has "Organisation", "Activity".',
    );
  });
});

describe('files', () => {
  const text = 'Organisation;Activité\nCroix-Rouge Guinée;Mobilisation\n';
  test.for([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 without', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['UTF-16 big endian', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'utf-16be'],
    ['Windows-1252', Buffer.from(text, 'latin1'), 'windows-1252'],
  ] as const)('of CSV in %s', async ([, bytes, encoding]) => {
    const { records, survey } = await readSheet(bytes);
    expect(survey.format).toBe(`CSV, separated by semicolons, ${encoding}`);
    expect(records).toMatchObject([{ owner: { name: 'Croix-Rouge Guinée' }, name: 'Mobilisation' }]);
  });

  test.for([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['bars', '|'],
  ])('of CSV separated by %s', async ([name, sign = '']) => {
    const rows = [
      ['Organisation', 'Activity', 'Province'],
      ['"IOM, Dhaka; Bangladesh"', '"Radio\nand ""film"""', 'Dhaka'],
      ['UNHCR', 'Song, dance', 'Sylhet'].map((cell) => `"${cell}"`),
    ];
    const { records, survey } = await readSheet(rows.map((row) => row.join(sign)).join('\r\n'));
    expect(survey.format).toContain(String(name));
    expect(records).toMatchObject([
      { rows: [2], owner: { name: 'IOM, Dhaka; Bangladesh' }, name: 'Radio and "film"' },
      { rows: [3], name: 'Song, dance' },
    ]);
  });

  test.for([
    '[{"Organisation":"IOM","Activity":"Radio","Themes":["a","b"]}]',
    '[["Organisation","Activity","Themes"],["IOM","Radio","a; b"]]',
    '{"meta":1,"data":[{"#org":"IOM","#activity":"Radio","#theme":"a;b"}]}',
    'var data = [\n{"Organisation":"IOM","Activity":"Radio","Themes":"a|b"}\n];\n',
    'export default [{"Organisation":"IOM","Activity":"Radio","Themes":"a\\nb"}]',
  ])('of JSON: %s', async (json) => {
    const sheet = await readSheet(json, { fileName: 'rows.json' });
    expect(sheet.records).toMatchObject([{ owner: { name: 'IOM' }, name: 'Radio', themes: ['a', 'b'] }]);
    expect(accountedRows(sheet)).toHaveLength(1);
  });
});

describe('docs/imports.md', () => {
  const page = readFileSync(new URL('../../../docs/imports.md', import.meta.url), 'utf8');

  test('shows a mapping that is one', () => {
    const [, example = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
    expect(parseMapping(JSON.parse(example), 'docs/imports.md')).toHaveProperty('values.Activity');
  });

  test('lists every field', () => {
    const listed = [...page.matchAll(/^\| `(\w+)` +\| (.*?) +\|$/gm)].map(([, field = '', says = '']) => [field, says]);
    expect(Object.fromEntries(listed)).toEqual(SHEET_FIELDS);
  });
});
