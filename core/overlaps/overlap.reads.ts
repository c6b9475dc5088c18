import { sql } from 'kysely';
import { holder, holderOwner } from '../footprints/holder-view.ts';
import { changedAfter, elements, oneOf, terms } from '../projection/readers.ts';
import { type FieldReader, type Row, type View, column, sameRow } from '../projection/view.ts';

/** A row of which some columns are expressions over another. */
function derivedRow(row: Row, columns: Readonly<Record<string, ReturnType<Row['column']>>>): Row {
  return { alias: row.alias, column: (name) => columns[name] ?? row.column(name) };
}

/** Of what kind the record with an id is, by the prefix of the id. */
const kindOf = (id: ReturnType<Row['column']>) =>
  sql`case left(${id}, 4) when 'prg_' then 'programme' when 'cmp_' then 'campaign' else 'calendar_entry' end`;

const sideOf = (row: Row, side: 'a' | 'b'): Row => {
  const subject = row.column(`${side}_id`);
  return derivedRow(row, {
    actor_id: row.column(`${side}_owner_id`),
    subject_id: subject,
    coarse: row.column(`${side}_coarse`),
    subject_kind: kindOf(subject),
  });
};

/** Both sides, the viewer's own first; of others' in the order of the ids of their records. */
const sides: FieldReader = (row, selection, context) =>
  sql`json_build_array(${context.object('OverlapSide', sideOf(row, 'a'), selection)}, ${context.object('OverlapSide', sideOf(row, 'b'), selection)})`;

/** Reads the columns of the overlap itself as a footprint: what both have in common. */
const shared: FieldReader = (row, selection, context) =>
  context.object('Footprint', derivedRow(row, { inherited: sql`'{}'::text[]` }), selection);

const contradiction: FieldReader = (row, selection, context) => {
  const stored = row.column('contradiction');
  const told = derivedRow(row, {
    audiences: sql`array(select jsonb_array_elements_text(${stored} -> 'audiences'))`,
    deterring_id: sql`(${stored} ->> 'deterring')`,
    deterring_kind: kindOf(sql`${stored} ->> 'deterring'`),
    protecting_id: sql`(${stored} ->> 'protecting')`,
    protecting_kind: kindOf(sql`${stored} ->> 'protecting'`),
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
function of(row: Row, value: unknown): ReturnType<Row['column']> {
  const id = String(value);
  const records = id.startsWith('act_')
    ? sql`select id from programme where owner_id = ${id} union all select id from campaign where owner_id = ${id}
        union all select id from calendar_entry where owner_id = ${id}`
    : sql`select id from programme where id = ${id} union all select id from campaign where id = ${id}
        union all select id from calendar_entry where id = ${id}
        union all select part.id from programme whole join campaign part on part.programme_id = whole.id where whole.id = ${id}
        union all select part.id from programme whole join calendar_entry part on part.programme_id = whole.id where whole.id = ${id}
        union all select part.id from campaign whole join calendar_entry part on part.campaign_id = whole.id where whole.id = ${id}`;
  return sql`(${row.column('a_id')} in (${records}) or ${row.column('b_id')} in (${records}))`;
}

/** What a stored overlap and one that is only looked at have in common. */
const content: View['fields'] = {
  kind: column(),
  score: column(),
  confidence: column(),
  strength: column(),
  days: sameRow('DayRange'),
  shared,
  parts: elements('ScorePart', 'parts'),
  explanation: column(),
  tentative: column(),
  contradiction,
  divergence,
};

/** The table whose rows both views read: of a preview it holds none, but gives the type of its rows. */
const OVERLAP = 'overlap';

export const overlapViews: readonly View[] = [
  {
    type: 'Overlap',
    table: OVERLAP,
    prefix: 'ovl',
    fields: { id: column(), ...content, sides, foundAt: column() },
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
      mine: (row, _selection, { viewer }) => sql`coalesce(${row.column('actor_id')} = ${viewer.actorId}, false)`,
    },
  },
  {
    type: 'OverlapPreview',
    table: OVERLAP,
    fields: {
      ...content,
      // Of a preview the second side is the stored one: see OverlapPreviews.
      other: (row, selection, context) => context.object('OverlapSide', sideOf(row, 'b'), selection),
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
