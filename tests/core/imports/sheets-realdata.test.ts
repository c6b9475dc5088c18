import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSheetApart } from '../../../core/imports/sheets/read-sheet-apart.ts';
import { accountedRows, gather, inputOf, readSheet, type ReadSheet, type Saying } from '../../support/sheets.ts';

/** A folder of real files that nobody on this project wrote; without it these tests are skipped. */
const folder = process.env['CONCORD_REALDATA'] ?? '';
const bytesOf = (name: string): Buffer => readFileSync(join(folder, '3w', name));
const readReal = (name: string, saying: Saying = {}): Promise<ReadSheet> =>
  readSheet(bytesOf(name), { fileName: name, ...saying });

/** Distinct organisations by sector and place; what is no code of a place is in the country given. */
function cells({ records }: ReadSheet): readonly number[] {
  const found = new Map<string, Set<string>>();
  for (const { themes, places, owner } of records) {
    for (const theme of themes) {
      for (const place of places) {
        const cell = `${theme.toLowerCase()} ${place.code ?? ''}`;
        found.set(cell, (found.get(cell) ?? new Set()).add(owner?.name.toLowerCase() ?? ''));
      }
    }
  }
  return [...found.values()].map(({ size }) => size);
}

describe.skipIf(folder === '')('sheets that others wrote', () => {
  test.for([
    ['cyclone-pam-vanuatu-2015-3w.json', 2_510, 521, 0],
    ['ebola-west-africa-2014-3w.js', 1_201, 1_109, 1],
    ['hxlshowcase-unhcr-3w.csv', 2_250, 2_250, 0],
    ['hxlshowcase-rowca-3w-hxl.csv', 244, 244, 0],
    ['hxlshowcase-sbtf-sle-health.csv', 331, 331, 243],
    ['hxlshowcase-brc-westafrica-movement.csv', 188, 188, 188],
  ] as const)(
    '%s: each of its %i rows is in one record, or refused with a reason',
    async ([name, rows, distinct, refused]) => {
      const sheet = await readReal(name);
      expect(sheet.counts).toMatchObject({ rows, distinct, refused, records: sheet.records.length });
      expect(new Set(accountedRows(sheet)).size).toBe(rows);
      expect(accountedRows(sheet)).toHaveLength(rows);
      expect(sheet.remarks.filter(({ severity }) => severity === 'ERROR').length).toBeGreaterThanOrEqual(
        refused > 0 ? 1 : 0,
      );
    },
  );

  test('Cyclone Pam: in 82 of 145 cells of sector and place there are two organisations or more', async () => {
    const sheet = await readReal('cyclone-pam-vanuatu-2015-3w.json', { country: 'VU' });
    expect(cells(sheet)).toHaveLength(145);
    expect(cells(sheet).filter((organisations) => organisations >= 2)).toHaveLength(82);
    expect(sheet.remarks.filter(({ value }) => value === '0')).toHaveLength(78);
  });

  test('Ebola: 525 rows of three countries are social mobilisation, and a mapping says what that is about', async () => {
    const sheet = await readReal('ebola-west-africa-2014-3w.js', {
      mapping: {
        values: {
          Activity: {
            'social mobilisation': {
              themes: ['health_information'],
              audiences: ['community_leader'],
              period: { start: '2014-09-01', end: '2014-12-31' },
            },
          },
        },
      },
    });
    const awareness = sheet.records.filter(({ themes }) => themes.includes('health_information'));
    expect(awareness.flatMap(({ rows }) => rows)).toHaveLength(525);
    expect(
      awareness.every(({ audiences, days }) => audiences[0] === 'community_leader' && days?.start === '2014-09-01'),
    ).toBe(true);
    const countries = awareness.flatMap(({ places }) => places.map(({ within }) => within?.name));
    expect(new Set(countries)).toEqual(new Set(['Liberia', 'Guinea', 'Sierra Leone']));
    expect(sheet.records.filter((record) => !awareness.includes(record)).every(({ days }) => days === null)).toBe(true);
  });

  test('months without a year are of the year of the period given', async () => {
    const period = { start: '2014-01-01', end: '2014-12-31' };
    const { records, remarks } = await readReal('hxlshowcase-rowca-3w-hxl.csv', { period });
    expect(remarks).toEqual([]);
    expect(new Set(records.map(({ days }) => days?.start.slice(0, 7)))).toEqual(
      new Set(['2014-01', '2014-02', '2014-03', '2014-04', '2014-05', '2014-06', '2014-07']),
    );
  });

  test('notes above the header are passed over, and days show that the month comes first', async () => {
    const { survey } = await readReal('hxlshowcase-brc-westafrica-movement.csv');
    expect(survey).toMatchObject({ headerRow: 7, tagRow: 8, dateOrder: 'month-first' });
  });

  test('a thread reads the same', async () => {
    const name = 'hxlshowcase-sbtf-sle-health.csv';
    const blocks = readSheetApart(inputOf(bytesOf(name), { fileName: name }));
    const told = await gather(
      (async function* () {
        for await (const block of blocks) yield* block;
      })(),
    );
    expect(told).toEqual(await readReal(name));
  });
});
