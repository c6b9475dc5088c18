import { sql } from 'kysely';
import { changedAfter, places, term, terms } from '../projection/readers.ts';
import { type FieldReader, type Row, type View, column, sameRow, tableOf, toMany, toOne } from '../projection/view.ts';

/** The living suggestion to fill the gap, if there is one: it is about one audience and one theme, and lasts the whole quarter. */
const suggestion: FieldReader = (row, selection, context) => {
  const view = context.view('Suggestion');
  const found: Row = context.row(view.table);
  return sql`(select ${context.object('Suggestion', found, selection)} from ${tableOf(found, view)}
    where ${found.column('kind')} = 'FILL_GAP' and ${found.column('corridor')} = ${row.column('corridor')}
      and ${found.column('audiences')} = array[${row.column('audience')}] and ${found.column('themes')} = array[${row.column('theme')}]
      and ${found.column('starts_on')} = ${row.column('starts_on')} and ${found.column('status')} in ('OPEN', 'AGREED') order by ${found.column('id')} limit 1)`;
};

export const gapViews: readonly View[] = [
  {
    type: 'Gap',
    table: 'gap',
    prefix: 'gap',
    fields: {
      id: column(),
      corridor: toOne('Corridor', 'corridor', 'code'),
      audience: term('audience', 'audience'),
      theme: term('theme', 'theme'),
      quarter: sameRow('Quarter'),
      days: sameRow('DayRange'),
      score: column(),
      countries: places('countries'),
      declaredBy: toMany('Insight', {
        where: (insight, gap) => sql`${insight.column('id')} = any(${gap.column('insights')})`,
        orderBy: (insight) => insight.column('id'),
      }),
      inSeason: column(),
      uncoveredRoles: column(),
      missingLanguages: terms('language', 'missing_languages'),
      missingChannels: terms('channel', 'missing_channels'),
      suggestion,
    },
    filterCodes: { corridor: 'corridor', country: 'place', audiences: 'audience', themes: 'theme' },
    filters: {
      corridor: (row, value) => sql`${row.column('corridor')} = ${value}`,
      country: (row, value) => sql`${row.column('countries')} && array[${value}]::text[]`,
      audiences: (row, value) => sql`${row.column('audience')} = any(${value}::text[])`,
      themes: (row, value) => sql`${row.column('theme')} = any(${value}::text[])`,
      quarter: (row, value) => {
        const { year, quarter } = value as { year: number; quarter: number };
        return sql`(${row.column('year')} = ${year} and ${row.column('quarter')} = ${quarter})`;
      },
      between: (row, value) => {
        const { start, end } = value as { start: string; end?: string | null };
        return sql`(${row.column('starts_on')} <= ${end ?? '9999-12-31'}::date and ${row.column('ends_on')} >= ${start}::date)`;
      },
      changedAfter,
    },
    orders: { score: { by: (row) => row.column('score'), type: 'float8', descending: true } },
  },
];
