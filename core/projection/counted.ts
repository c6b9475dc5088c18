import { sql } from 'kysely';
import type { Sql } from './view.ts';

/** Longer lists are counted no further: to count millions of rows under their policies takes longer than a statement may. */
export const MOST_COUNTED = 100_000;

/** How many rows there are, as far as they are counted. @param rows what stands behind `from` */
export const counted = (rows: Sql): Sql =>
  sql`(select count(*)::int from (select 1 from ${rows} limit ${sql.lit(MOST_COUNTED)}) as counted)`;
