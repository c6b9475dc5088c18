import { sql } from 'kysely';
import { VISIBILITIES, type Visibility } from '../access/release.ts';
import type { Row, Sql } from '../projection/view.ts';
import type { ExportList } from './export-kinds.ts';

/** How far something may be handed on: to whom the most private record in it is shown. */
export type Sensitivity = Uppercase<Visibility>;

/** Matches are told to those they concern, whatever the records in them are shown to. */
const OF_MATCHES: Visibility = 'partners';

/** The most private of several; of none what everybody may see. */
export function mostSensitive(visibilities: readonly Visibility[]): Sensitivity {
  const ranks = visibilities.map((visibility) => VISIBILITIES.indexOf(visibility));
  return atRank(Math.max(0, ...ranks));
}

/** That of an overlap or a suggestion in which the viewer sees these records. */
export function ofMatch(seen: readonly Visibility[]): Sensitivity {
  return mostSensitive([OF_MATCHES, ...seen]);
}

export function atRank(rank: number): Sensitivity {
  return (VISIBILITIES[rank] ?? 'restricted').toUpperCase() as Sensitivity;
}

/** Aggregate: how many rows a list has, and the rank of the most sensitive. */
export function tallyOf(list: ExportList): (row: Row) => Sql {
  return (row) => sql`json_build_object('rows', count(*), 'rank', coalesce(max(${rankOf(list, row)}), 0))`;
}

function rankOf(list: ExportList, row: Row): Sql {
  switch (list) {
    case 'actors':
      return rank(row.column('visibility'));
    case 'programmes':
    case 'campaigns':
    case 'calendar':
      return rank(row.column('shown'));
    case 'overlaps':
      return rankOfMatch(sql`select overlap_id from overlap_side where subject_id in (${RESTRICTED})`, row);
    case 'suggestions':
      return rankOfMatch(sql`select suggestion_id from suggestion_subject where subject_id in (${RESTRICTED})`, row);
  }
}

/** Few: those for whose readers the viewer was named. */
const RESTRICTED = sql`select id from programme where shown = 'restricted' union all select id from campaign where shown = 'restricted'
  union all select id from calendar_entry where shown = 'restricted'`;

const rank = (visibility: Sql): Sql =>
  sql`array_position(${sql.lit(`{${VISIBILITIES.join(',')}}`)}::text[], ${visibility}) - 1`;

const rankOfMatch = (withRestricted: Sql, row: Row): Sql =>
  sql`case when ${row.column('id')} in (${withRestricted}) then ${sql.lit(VISIBILITIES.length - 1)}
    else ${sql.lit(VISIBILITIES.indexOf(OF_MATCHES))} end`;
