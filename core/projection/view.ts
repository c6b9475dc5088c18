import { type RawBuilder, sql } from 'kysely';
import type { Viewer } from '../access/viewer.ts';
import type { Selection } from './selection.ts';
import { textOf, written, writtenConstant, writtenList } from './written.ts';

export type Sql = RawBuilder<unknown>;

/** The row a field is read from: gives its columns under the alias it has in the statement. */
export interface Row {
  readonly alias: string;
  column(name: string): Sql;
}

/** A row of a table that keeps which of its columns were read, so that a sub-select names these and no others. */
export interface TableRow extends Row {
  readonly read: ReadonlySet<string>;
}

/** What a field needs from the compiler to read other views. */
export interface ReadContext {
  readonly viewer: Viewer;
  /** A row of a table under a fresh alias. */
  row(table: string): TableRow;
  /** JSON of one row as a view shows it, with the fields selected. */
  object(type: string, row: Row, selection: Selection): Sql;
  /** JSON of a Relay connection over the rows of a view that satisfy a condition. */
  connection(type: string, selection: Selection, where?: (row: Row) => Sql): Sql;
  view(type: string): View;
}

/** Turns one selected field of one row into an SQL expression that yields its JSON. */
export type FieldReader = (row: Row, selection: Selection, context: ReadContext) => Sql;

export interface Ordering {
  readonly by: (row: Row) => Sql;
  /** PostgreSQL type of the key, to which a cursor's value is cast. */
  readonly type: 'text' | 'date' | 'timestamptz' | 'float8' | 'int4' | 'int8';
  readonly descending?: boolean;
}

/** How one GraphQL type is read: its table, and a reader for each field. */
export interface View {
  readonly type: string;
  readonly table: string;
  /** Type prefix of its ids, for types that `node(id:)` finds. */
  readonly prefix?: string;
  readonly fields: Readonly<Record<string, FieldReader>>;
  /** Each filter argument as a condition; absent and null arguments do not reach it. */
  readonly filters?: Readonly<Record<string, (row: Row, value: unknown, context: ReadContext) => Sql>>;
  /** Which filters name codes, and of what kind: an unknown one is refused instead of finding nothing. */
  readonly filterCodes?: Readonly<Record<string, string>>;
  /** Orders by name; the first is the default. The id is always the last key, so that every order is total. */
  readonly orders?: Readonly<Record<string, Ordering>>;
  /** Rows that no list and no reference shows. */
  readonly where?: (row: Row) => Sql;
  /** The id of what became of a record that was united with another, for `node(id:)`; else the id itself. */
  readonly successor?: (id: Sql) => Sql;
  /** Fields of its lists, beside those that every Relay connection has. */
  readonly listFields?: Readonly<Record<string, (selection: Selection, context: ReadContext) => Sql>>;
  /** Rows of which every reading is noted. */
  readonly watched?: (row: Row) => Sql;
}

/** The column of the same name in snake case, or the one named. */
export function column(name?: string): FieldReader {
  return (row, selection) => row.column(name ?? snakeCase(selection.field));
}

/** A whole number kept as bigint, as JSON number (our counts stay below 2^53). */
export const constant =
  (value: string | number | boolean): FieldReader =>
  () =>
    writtenConstant(value);

/** An expression over the row's own columns. */
export function expression(write: (row: Row, selection: Selection, context: ReadContext) => Sql): FieldReader {
  return write;
}

/** Another object made of the same row. */
export function sameRow(type: string, presentIf?: (row: Row) => Sql): FieldReader {
  return (row, selection, context) => {
    const object = context.object(type, row, selection);
    return presentIf ? written(sql`case when ${presentIf(row)} then ${textOf(object)} end`) : object;
  };
}

/** The object that a column of this row points to; null where the column is null or the row is not visible. */
export function toOne(type: string, local: string, foreign = 'id'): FieldReader {
  return (row, selection, context) => {
    const other = context.row(context.view(type).table);
    return written(sql`(select ${textOf(context.object(type, other, selection))} from ${tableOf(other, context.view(type))}
      where ${other.column(foreign)} = ${row.column(local)}${restriction(context.view(type), other)})`);
  };
}

/** All objects that satisfy a condition, in order. For lists that stay short by nature; others are connections. */
export function toMany(
  type: string,
  relation: { where: (other: Row, row: Row) => Sql; orderBy: (other: Row, row: Row) => Sql; atMost?: number },
): FieldReader {
  return (row, selection, context) => {
    const view = context.view(type);
    const other = context.row(view.table);
    const order = sql`order by ${relation.orderBy(other, row)}`;
    const object = context.object(type, other, selection);
    return writtenList(
      object,
      sql`(select ${columnsOf(other, other.read)} from ${tableOf(other, view)} where ${relation.where(other, row)}${restriction(view, other)}
        ${order} limit ${sql.lit(relation.atMost ?? 500)}) as ${sql.ref(other.alias)}`,
    );
  };
}

/** A Relay connection over rows related to this one. */
export function toConnection(type: string, where: (other: Row, row: Row) => Sql): FieldReader {
  return (row, selection, context) => context.connection(type, selection, (other) => where(other, row));
}

/** `programme as "t3"` */
export function tableOf(row: Row, view: View): Sql {
  return sql`${sql.table(view.table)} as ${sql.ref(row.alias)}`;
}

/** `"t3"."name", "t3"."id"`: columns by name, because a request may not read every column of every table. */
export function columnsOf(row: Row, names: ReadonlySet<string>): Sql {
  return sql.join([...names].map((name) => row.column(name)));
}

/** ` and …` for views that never show some of their rows. */
export function restriction(view: View, row: Row): Sql {
  return view.where ? sql` and ${view.where(row)}` : sql``;
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
