import type { CalendarFilter, Matrix, TypedDocument } from '@concord/client-sdk';
import type { Days } from '../../components/date-field.tsx';
import { hub } from '../../hub/hub.ts';
import { useAnswer } from '../../hub/use-answer.ts';
import type { Axis, Counts } from './axes.ts';
import type { Settings } from './use-settings.ts';

/** How to list what is in a cell, as far as its sides say; null: by anything. */
interface CellFilter {
  readonly between?: { readonly start: string; readonly end: string } | null;
  readonly [list: string]: unknown;
}
export interface Cell extends Counts {
  readonly row: string;
  readonly column: string;
  /** Those with most in it, at most three. */
  readonly owners: readonly { readonly name: string }[];
  readonly filter: CellFilter;
}
export type Heading = Matrix['rows'][number];

export interface Laid {
  readonly rows: readonly Heading[];
  readonly columns: readonly Heading[];
  readonly total: Counts;
  readonly unplaced: Counts;
  readonly cells: readonly Cell[];
}

/** What is counted; of days with an end. */
export type Counted = CalendarFilter & { readonly between: Days };

/** The part of a cell's filter that a side of the matrix makes; the others are null, and only burden a slow line. */
const FILTER_OF: Readonly<Record<Axis, string>> = {
  COUNTRY: 'countries',
  CORRIDOR: 'corridors',
  ACTOR: 'owners',
  ACTOR_KIND: 'ownerKinds',
  THEME: 'themes',
  AUDIENCE: 'audiences',
  CHANNEL: 'channels',
  LANGUAGE: 'languages',
  MONTH: 'between { start end }',
  QUARTER: 'between { start end }',
};

const matrixBy = (
  rows: Axis,
  columns: Axis,
): TypedDocument<
  { readonly matrix: Laid },
  { readonly rows: Axis; readonly columns: Axis; readonly filter: CalendarFilter }
> => `query ConsoleMatrix($rows: MatrixAxis!, $columns: MatrixAxis!, $filter: CalendarFilter!) {
  matrix: whoDoesWhatWhere(rows: $rows, columns: $columns, filter: $filter) {
    rows { ...Headings }
    columns { ...Headings }
    total { actors programmes campaigns entries }
    unplaced { actors programmes campaigns entries }
    cells {
      row column actors programmes campaigns entries
      owners(first: 3) { name }
      filter { ${FILTER_OF[rows]} ${FILTER_OF[columns]} }
    }
  }
}
fragment Headings on MatrixHeading { code label actors programmes campaigns entries }`;

/** What the hub counts for these settings. */
export function useMatrix(settings: Settings) {
  const { rows, columns } = settings;
  const filter = filterFor(settings);
  return useAnswer(
    async (signal) => ({
      ...(await hub.query(matrixBy(rows, columns), { rows, columns, filter }, { signal })).matrix,
      of: settings,
    }),
    [rows, columns, JSON.stringify(filter)],
  );
}

/** What is counted at all; of a cell also what makes it that cell. */
export function filterFor({ days, country, corridor }: Settings, cell?: Cell): Counted {
  const { between = null, ...lists } = cell?.filter ?? {};
  return {
    ...(country !== '' && { countries: [country] }),
    ...(corridor !== '' && { corridors: [corridor] }),
    ...Object.fromEntries(Object.entries(lists).filter(([, values]) => values !== null)),
    between: between ? { start: between.start, end: between.end } : days,
  };
}
