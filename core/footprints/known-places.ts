import { sql } from 'kysely';
import type { Row, Sql } from '../projection/view.ts';

/** Where a record is, as exactly as the viewer may know it: of the row beside it, its policies show only what is the viewer's. */
export const knownPlaces = (row: Row): Sql =>
  sql`coalesce((select exact.places from exact_place exact where exact.subject_id = ${row.column('id')}), ${row.column('places')})`;
