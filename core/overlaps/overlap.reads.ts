import { sql } from 'kysely';
import { holder, holderOwner, kindOf } from '../footprints/holder-view.ts';
import { changedAfter, elements, oneOf, terms } from '../projection/readers.ts';
import { type FieldReader, type Row, type Sql, type View, column, sameRow } from '../projection/view.ts';
import type { OverlapSide } from './overlap.rows.ts';

/** A row of which some columns are expressions over another. */
function derivedRow(row: Row, columns: Readonly<Record<string, Sql>>): Row {
  return { alias: row.alias, column: (name) => columns[name] ?? row.column(name) };
}

/** One side of an overlap that the viewer may see; of the record in it nothing is known where its id is null. */
function side(row: Row, letter: OverlapSide, subject: Sql): Row {
  return derivedRow(row, {
    subject_id: subject,
    subject_kind: kindOf(subject),
    coarse: row.column(`${letter}_coarse`),
    // Whoever may see an overlap of the other view owns neither side.
    mine: letter === 'a' ? sql`${row.column('view')} = 'own'` : sql`false`,
  });
}

/** Both sides, the viewer's own first; of others' in the order of the ids of their records. */
const sides: FieldReader = (row, selection, context) => {
  const read = (letter: OverlapSide): Sql => {
    const told = context.row('overlap_side');
    return sql`(select ${context.object('OverlapSide', side(row, letter, told.column('subject_id')), selection)}
      from (values (true)) as one left join overlap_side as ${sql.ref(told.alias)}
        on ${told.column('overlap_id')} = ${row.column('id')} and ${told.column('side')} = ${letter})`;
  };
  return sql`json_build_array(${read('a')}, ${read('b')})`;
};

/** Reads the columns of the overlap itself as a footprint: what both have in common. */
const shared: FieldReader = (row, selection, context) =>
  context.object('Footprint', derivedRow(row, { inherited: sql`'{}'::text[]` }), selection);

/** Gives the id of the record on a side of an overlap, or null. */
type SubjectOf = (row: Row, side: Sql) => Sql;

/** Of a stored overlap rows of their own say it, to those who may know it. */
const toldSubject: SubjectOf = (row, which) =>
  sql`(select subject_id from overlap_side where overlap_id = ${row.column('id')} and side = ${which})`;

/** Of a preview the row itself says it: it was made in the request. */
const givenSubject: SubjectOf = (row, which) =>
  sql`case ${which} when 'a' then ${row.column('a_id')} else ${row.column('b_id')} end`;

const contradiction =
  (subjectOf: SubjectOf): FieldReader =>
  (row, selection, context) => {
    const stored = row.column('contradiction');
    const deterring = subjectOf(row, sql`${stored} ->> 'deterring'`);
    const protecting = subjectOf(row, sql`${stored} ->> 'protecting'`);
    const told = derivedRow(row, {
      audiences: sql`array(select jsonb_array_elements_text(${stored} -> 'audiences'))`,
      deterring_id: deterring,
      deterring_kind: kindOf(deterring),
      protecting_id: protecting,
      protecting_kind: kindOf(protecting),
    });
    return sql`case when jsonb_typeof(${stored}) = 'object' then ${context.object('Contradiction', told, selection)} end`;
  };

const divergence: FieldReader = (row, selection, context) => {
  const stored = row.column('divergence');
  const told = derivedRow(row, {
    audiences: sql`array(select jsonb_array_elements_text(${stored} -> 'audiences'))`,
    kinds: sql`(${stored} -> 'kinds')`,
  });
  return sql`case when jsonb_typeof(${stored}) = 'object' then ${context.object('Divergence', told, selection)} end`;
};

/**
 * Filter: one side is this actor's, or is this record or a part of it: a programme shares whatever its campaigns share. Asked of
 * the records themselves, so that what the viewer may not see finds nothing.
 */
function of(row: Row, value: unknown): Sql {
  const id = String(value);
  const records = id.startsWith('act_')
    ? sql`select id from programme where owner_id = ${id} union all select id from campaign where owner_id = ${id}
        union all select id from calendar_entry where owner_id = ${id}`
    : sql`select id from programme where id = ${id} union all select id from campaign where id = ${id}
        union all select id from calendar_entry where id = ${id}
        union all select part.id from programme whole join campaign part on part.programme_id = whole.id where whole.id = ${id}
        union all select part.id from programme whole join calendar_entry part on part.programme_id = whole.id where whole.id = ${id}
        union all select part.id from campaign whole join calendar_entry part on part.campaign_id = whole.id where whole.id = ${id}`;
  return sql`${row.column('id')} in (select overlap_id from overlap_side where subject_id in (${records}))`;
}

/** What a stored overlap and one that is only looked at have in common. */
const content = (subjectOf: SubjectOf): View['fields'] => ({
  kind: column(),
  score: column(),
  confidence: column(),
  strength: column(),
  days: sameRow('DayRange'),
  shared,
  parts: elements('ScorePart', 'parts'),
  explanation: column(),
  tentative: column(),
  contradiction: contradiction(subjectOf),
  divergence,
});

/** The table whose rows both views read: of a preview it holds none, but gives the type of its rows. */
const OVERLAP = 'overlap';

export const overlapViews: readonly View[] = [
  {
    type: 'Overlap',
    table: OVERLAP,
    prefix: 'ovl',
    fields: { id: column(), ...content(toldSubject), sides, foundAt: column() },
    filterCodes: { corridor: 'corridor', country: 'place' },
    filters: {
      ids: oneOf('id'),
      of,
      kinds: oneOf('kind'),
      minScore: (row, value) => sql`${row.column('score')} >= ${value}`,
      corridor: (row, value) => sql`${row.column('corridors')} @> array[${value}]::text[]`,
      country: (row, value) => sql`${row.column('countries')} @> array[${value}]::text[]`,
      between: (row, value) => {
        const { start, end } = value as { start: string; end?: string | null };
        const asked = sql`int4range(${start}::date - date '1970-01-01', ${end ?? null}::date - date '1970-01-01', '[]')`;
        return sql`int4range(${row.column('start_day')}, ${row.column('end_day')}) && ${asked}`;
      },
      contradicting: (row, value) => sql`(${row.column('contradiction')} is not null) = ${value}`,
      changedAfter,
    },
    orders: {
      strength: { by: (row) => row.column('strength'), type: 'float8', descending: true },
      score: { by: (row) => row.column('score'), type: 'float8', descending: true },
      start: { by: (row) => row.column('starts_on'), type: 'date' },
      found: { by: (row) => row.column('found_at'), type: 'timestamptz', descending: true },
    },
  },
  {
    type: 'OverlapSide',
    table: OVERLAP,
    fields: {
      actor: holderOwner('subject_kind', 'subject_id'),
      subject: holder('subject_kind', 'subject_id'),
      disclosure: (row) => sql`case when ${row.column('coarse')} then 'COARSE' else 'FULL' end`,
      mine: column(),
    },
  },
  {
    type: 'OverlapPreview',
    table: OVERLAP,
    fields: {
      ...content(givenSubject),
      // Of a preview the second side is the stored one: see OverlapPreviews.
      other: (row, selection, context) => context.object('OverlapSide', side(row, 'b', row.column('b_id')), selection),
    },
  },
  {
    type: 'ScorePart',
    table: OVERLAP,
    fields: { facet: column(), similarity: column(), weight: column(), stated: column() },
  },
  {
    type: 'Contradiction',
    table: OVERLAP,
    fields: {
      audiences: terms('audience', 'audiences'),
      deterring: holder('deterring_kind', 'deterring_id'),
      protecting: holder('protecting_kind', 'protecting_id'),
    },
  },
  { type: 'Divergence', table: OVERLAP, fields: { audiences: terms('audience', 'audiences'), kinds: column() } },
];
