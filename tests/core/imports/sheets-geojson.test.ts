import { describe, expect, test } from 'vitest';
import { readSheet } from '../../support/sheets.ts';

const POINT = { type: 'Point', coordinates: [92.1, 21.2] };
const feature = (properties: unknown, geometry: unknown = POINT): object => ({ type: 'Feature', geometry, properties });
const collection = (features: readonly unknown[], more: object = {}): string =>
  JSON.stringify({ type: 'FeatureCollection', features, ...more });

describe('GeoJSON', () => {
  test('is read as rows of its properties, whose places are those that they name', async () => {
    const { survey, records, remarks, counts } = await readSheet(
      collection([
        feature({ organisation: 'Example Relief', programme: 'Radio', placeCode: 'BD-11', start: '2026-02-01' }),
        feature({ organisation: 'Example Relief', programme: 'Radio', placeCode: 'BD-20', start: '2026-02-01' }, null),
        feature({ organisation: 'Example Aid', programme: 'Film', country: 'Malaysia' }),
      ]),
      { fileName: 'map.geojson' },
    );
    expect(survey.format).toBe('GeoJSON, utf-8');
    expect(counts).toEqual({ rows: 3, distinct: 3, records: 2, refused: 0 });
    expect(
      records.map(({ name, rows, places }) => [name, rows, places.map(({ code, name: called }) => code ?? called)]),
    ).toEqual([
      ['Radio', [1, 2], ['BD-11', 'BD-20']],
      ['Film', [3], ['Malaysia']],
    ]);
    expect(remarks).toEqual([]);
  });

  test('with a geometry alone has a remark that says how to write the place', async () => {
    const { records, remarks } = await readSheet(
      collection([
        feature({ organisation: 'Example Aid', programme: 'Radio' }),
        feature({ organisation: 'Example Aid', programme: 'Film' }, null),
      ]),
    );
    expect(records).toHaveLength(2);
    expect(remarks).toEqual([
      {
        row: 1,
        column: 'geometry',
        value: null,
        severity: 'WARNING',
        reason: expect.stringContaining('not read') as string,
        suggestion: expect.stringContaining('"placeCode"') as string,
      },
    ]);
  });

  test.each([
    [collection([feature([1])]), 'map.geojson feature 1: expected an object "properties", found a list.'],
    [collection([feature({}), 3]), 'map.geojson feature 2: expected an object "properties", found nothing.'],
    [
      collection([feature({ name: 'X' })], { sensitivity: 'PUBLIC', licence: '', madeAt: '' }),
      'map.geojson was taken out of Concord for maps',
    ],
  ])('that cannot be read is refused in a sentence: %s', async (json, message) => {
    await expect(readSheet(json, { fileName: 'map.geojson' })).rejects.toThrow(message);
  });

  test('without properties in a feature has no row for it', async () => {
    const { counts } = await readSheet(
      collection([feature(null), feature({ organisation: 'Example Aid', programme: 'Radio' })]),
    );
    expect(counts).toMatchObject({ rows: 1, records: 1 });
  });
});
