import { sql } from 'kysely';
import { type FieldReader, type Row, type Sql, toMany } from './view.ts';
import { textOf, written, writtenConstant, writtenList, writtenObject } from './written.ts';

/** A text that may have variants by language: the one asked for, else the main one. */
export function localized(main: string, variants: string): FieldReader {
  return (row, selection) => {
    const language = selection.args['language'];
    return typeof language === 'string'
      ? sql`coalesce(${row.column(variants)} ->> ${language}, ${row.column(main)})`
      : row.column(main);
  };
}

/** All variants of a text as `{ language, text }`, ordered by tag. */
export function variants(name: string): FieldReader {
  return (row, selection) => {
    const pairs = selection.fields.map((field) => {
      const value =
        field.field === 'language' ? sql`key` : field.field === 'text' ? sql`value` : writtenConstant('LocalizedText');
      return [field.key, value] as const;
    });
    return writtenList(writtenObject(pairs), sql`jsonb_each_text(${row.column(name)})`, sql`key`);
  };
}

/** The terms behind an array of codes, in the order of their taxonomy. */
export function terms(kind: string, codes: string): FieldReader {
  return toMany('Term', {
    where: (term, row) => sql`${term.column('kind')} = ${kind} and ${term.column('code')} = any(${row.column(codes)})`,
    orderBy: (term) => sql`${term.column('bit')}`,
  });
}

/** The term behind one code. */
export function term(kind: string, code: string): FieldReader {
  return (row, selection, context) => {
    const other = context.row('term');
    return written(sql`(select ${textOf(context.object('Term', other, selection))} from term as ${sql.ref(other.alias)}
      where ${other.column('kind')} = ${kind} and ${other.column('code')} = ${row.column(code)})`);
  };
}

/** The places behind an array of codes, by code. */
export function places(codes: string): FieldReader {
  return toMany('Place', {
    where: (place, row) => sql`${place.column('code')} = any(${row.column(codes)})`,
    orderBy: (place) => place.column('code'),
  });
}

/** The objects of a JSON list, in its order, as a view shows them: its columns are their keys. */
export function elements(type: string, name: string): FieldReader {
  return (row, selection, context) => {
    const { alias } = context.row('element');
    const element: Row = { alias, column: (key) => sql`${sql.ref(`${alias}.value`)} -> ${sql.lit(key)}` };
    return writtenList(
      context.object(type, element, selection),
      sql`jsonb_array_elements(${row.column(name)}) with ordinality as ${sql.ref(alias)} (value, position)`,
      sql.ref(`${alias}.position`),
    );
  };
}

/** Filter: the folded search text contains what was asked for, whatever its case and accents. */
export function matchesSearch(row: Row, value: unknown): Sql {
  return sql`${row.column('search_text')} like '%' || regexp_replace(app.fold(${String(value)}), '([\\\\%_])', '\\\\\\1', 'g') || '%'`;
}

/** Filter: the column is one of the values. */
export const oneOf =
  (name: string) =>
  (row: Row, value: unknown): Sql =>
    sql`${row.column(name)} = any(${value})`;

/** Filter: the array column shares a value. */
export const shares =
  (name: string) =>
  (row: Row, value: unknown): Sql =>
    sql`${row.column(name)} && ${value}::text[]`;

/** Filter: written after a change token. */
export function changedAfter(row: Row, value: unknown): Sql {
  return sql`app.changed_after(${row.column('change_xid')}, ${String(value)})`;
}
