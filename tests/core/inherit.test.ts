import { describe, expect, test } from 'vitest';
import { type Facets, inherit, toFacets } from '../../core/footprints/inherit.ts';
import { footprintInput, restate } from '../../core/footprints/stated-footprint.ts';
import type { TermKind } from '../../core/vocabulary/code-kind.ts';
import { Vocabulary } from '../../core/vocabulary/vocabulary.ts';
import type { PlaceRow, TermRow } from '../../core/vocabulary/vocabulary.rows.ts';

const term = (kind: TermKind, code: string, bit: number): TermRow => {
  return {
    kind,
    code,
    bit,
    broader: null,
    parent: null,
    labels: { en: code },
    aliases: [],
    deprecated: false,
    replacedBy: null,
  };
};
const place = (code: string, bit: number | null, parent: string | null, kind: PlaceRow['kind']): PlaceRow => {
  return { code, kind, country: code.slice(0, 2), parent, bit, name: code, aliases: [] };
};
const corridor = (code: string, bit: number, countries: readonly string[], themes: readonly string[]) => ({
  code,
  bit,
  names: { en: code },
  themes,
  languages: [],
  season: null,
  legs: countries.map((country, i) => ({ country, role: i === 0 ? ('origin' as const) : ('destination' as const) })),
});

const vocabulary = Vocabulary.of({
  terms: [
    term('theme', 'smuggling', 0),
    term('theme', 'trafficking', 1),
    term('audience', 'youth', 0),
    term('channel', 'radio', 0),
  ],
  places: [
    place('BD', 0, null, 'country'),
    place('BD-10', 1, 'BD', 'subdivision'),
    place('BD1001', null, 'BD-10', 'p_code'),
    place('MY', 1, null, 'country'),
  ],
  corridors: [corridor('gulf', 0, ['BD'], ['trafficking']), corridor('andaman', 1, ['BD', 'MY'], ['smuggling'])],
  insights: [],
});

const nothing: Facets = { places: [], corridors: [], audiences: [], themes: [], channels: [], languages: [] };

describe('inheriting', () => {
  test('a list that is not stated is the parent’s, one that is stated replaces it', () => {
    const parent = { ...nothing, places: ['BD'], themes: ['smuggling'], audiences: ['youth'] };
    expect(inherit({ places: ['MY'] }, parent, vocabulary)).toEqual({
      places: ['MY'],
      countries: ['MY'],
      corridors: ['andaman'],
      statedCorridors: [],
      audiences: ['youth'],
      themes: ['smuggling'],
      channels: [],
      languages: [],
      inherited: ['audiences', 'themes'],
    });
  });

  test('without a parent what is unstated stays empty, and nothing is inherited', () => {
    expect(inherit({ days: { start: '2026-03-01', end: null } }, null, vocabulary)).toMatchObject({
      ...nothing,
      inherited: [],
    });
  });

  test('the countries are those of all places, P-codes too, each once and in order', () => {
    expect(inherit({ places: ['MY', 'BD1001', 'BD-10'] }, null, vocabulary).countries).toEqual(['BD', 'MY']);
  });

  test('corridors are derived from countries and themes where nobody states any', () => {
    expect(inherit({ places: ['BD1001'], themes: ['trafficking', 'smuggling'] }, null, vocabulary).corridors).toEqual([
      'gulf',
      'andaman',
    ]);
    expect(inherit({ places: ['MY'], themes: ['trafficking'] }, null, vocabulary).corridors).toEqual([]);
    expect(inherit({ places: ['BD'] }, null, vocabulary).corridors).toEqual([]);
  });

  test('stated corridors pass down, derived ones are derived anew', () => {
    const stating = inherit({ corridors: ['gulf'], places: ['BD'], themes: ['smuggling'] }, null, vocabulary);
    expect(inherit({}, toFacets(stating), vocabulary)).toMatchObject({
      corridors: ['gulf'],
      statedCorridors: ['gulf'],
      inherited: ['places', 'corridors', 'themes'],
    });
    const deriving = inherit({ places: ['BD'], themes: ['smuggling'] }, null, vocabulary);
    expect(deriving.corridors).toEqual(['andaman']);
    expect(inherit({ themes: ['trafficking'] }, toFacets(deriving), vocabulary)).toMatchObject({
      corridors: ['gulf'],
      statedCorridors: [],
    });
  });

  test('a code that is none is a bug, not a record', () => {
    expect(() => inherit({ places: ['ZZ'] }, null, vocabulary)).toThrow('no place ZZ');
  });
});

describe('changing what is stated', () => {
  const stored = { days: { start: '2026-03-01', end: '2026-03-31' }, places: ['BD'], themes: ['smuggling'] };

  test('what a change does not name stays', () => {
    expect(restate(stored, {})).toEqual(stored);
    expect(restate(stored, undefined)).toEqual(stored);
    expect(restate(stored, { audiences: ['youth'] })).toEqual({ ...stored, audiences: ['youth'] });
  });

  test('null and an empty list both make a facet unstated', () => {
    expect(restate(stored, { places: null, themes: [], days: null })).toEqual({});
    expect(restate(stored, null)).toEqual({});
  });

  test('days without an end are open', () => {
    expect(restate(stored, { days: { start: '2026-04-01' } }).days).toEqual({ start: '2026-04-01', end: null });
  });

  test.each([
    [{ days: { start: '2026-03-04', end: '2026-03-01' } }, 'days.end', '2026-03-01 is before the start 2026-03-04.'],
    [{ days: { start: '2026-02-30' } }, 'days.start', 'A day that exists, written YYYY-MM-DD.'],
  ])('%j is refused at %s', (input, path, message) => {
    const parsed = footprintInput.safeParse(input);
    expect(parsed.error?.issues.map((issue) => [issue.path.join('.'), issue.message])).toEqual([[path, message]]);
  });
});
