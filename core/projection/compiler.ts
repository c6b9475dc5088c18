import { sql } from 'kysely';
import type { Viewer } from '../access/viewer.ts';
import { counted } from './counted.ts';
import { cursorKey, readCursor } from './cursor.ts';
import { BadRequest, type Selection, fieldsOn } from './selection.ts';
import { isWatched, mark } from './watched.ts';
import {
  type Ordering,
  type ReadContext,
  type Row,
  type Sql,
  type TableRow,
  type View,
  columnsOf,
  restriction,
  tableOf,
} from './view.ts';
import { textOf, written, writtenConstant, writtenList, writtenObject } from './written.ts';

const LARGEST_PAGE = 100;
const DEFAULT_PAGE = 20;

/** Compiles selections over views into one SQL expression whose value is the JSON of the answer. */
export class Compiler implements ReadContext {
  private aliases = 0;

  constructor(
    private readonly views: ReadonlyMap<string, View>,
    readonly viewer: Viewer,
    private readonly cursorSecret: Uint8Array,
    /** Leaves out of the answer what only helps to read it: the names of types that nobody asked for. */
    private readonly asText = false,
  ) {}

  view(type: string): View {
    const view = this.views.get(type);
    if (!view) throw new Error(`no view is registered for ${type}`);
    return view;
  }

  row(table: string): TableRow {
    this.aliases += 1;
    const alias = `${table.charAt(0)}${String(this.aliases)}`;
    const read = new Set<string>();
    const column = (name: string): Sql => {
      read.add(name);
      return sql.ref(`${alias}.${name}`);
    };
    return { alias, read, column };
  }

  object(type: string, row: Row, selection: Selection): Sql {
    const view = this.view(type);
    const pairs = fieldsOn(selection, type).map((field) => {
      if (field.field === '__typename') return [field.key, writtenConstant(type)] as const;
      const read = view.fields[field.field];
      if (!read) throw new Error(`${type}.${field.field} has no reader`);
      return [field.key, read(row, field, this)] as const;
    });
    const watched = this.watchedBy(view);
    const marks = watched ? [mark(sql`case when ${watched(row)} then ${row.column('id')} end`)] : [];
    // The concrete type travels along, so that interfaces and unions resolve without a second look.
    const named = this.asText ? [] : [['__typename', writtenConstant(type)] as const];
    return writtenObject([...named, ...pairs], marks);
  }

  connection(type: string, selection: Selection, where?: (row: Row) => Sql): Sql {
    const view = this.view(type);
    const page = this.pageOf(view, selection);
    const source = this.row(view.table);
    const conditions = this.conditions(view, source, selection, where);
    const beyond = page.after ? [this.after(source, page.ordering, page.after)] : [];
    const direction = page.ordering.descending ? sql`desc` : sql`asc`;
    const listed = this.row('page');
    const order = sql`order by ${page.ordering.by(source)} ${direction}, ${source.column('id')} ${direction}`;
    const rows = (limit: number): Sql => sql`(select ${columnsOf(source, listed.read)} from ${tableOf(source, view)}
      where ${sql.join([...conditions, ...beyond], sql` and `)} ${order} limit ${sql.lit(limit)})`;
    if (selection.fields.every(({ field }) => field === 'nodes' || field === '__typename')) {
      // Nothing but rows: they need not be kept, numbered, and looked at again.
      const pairs = selection.fields.map((field) => {
        if (field.field === '__typename') return [field.key, writtenConstant(`${type}Connection`)] as const;
        const node = this.object(type, listed, field);
        return [field.key, writtenList(node, sql`${rows(page.first)} as ${sql.ref(listed.alias)}`)] as const;
      });
      return writtenObject(pairs);
    }
    const cursor = sql`app.cursor(${page.key}, jsonb_build_array(${page.ordering.by(listed)}, ${listed.column('id')}))`;
    const shown = sql`${sql.ref(listed.alias)} where page_row <= ${sql.lit(page.first)}`;
    const pairs = selection.fields.map((field) => {
      const value = this.connectionField(type, field, { listed, shown, cursor, page, view, where, selection });
      return [field.key, value] as const;
    });
    const watched = this.watchedBy(view);
    // A cursor tells by what its row is ordered, even where no row is asked for.
    const marks =
      watched && selection.fields.some(({ field }) => field === 'edges' || field === 'pageInfo')
        ? [mark(sql`(select json_agg(${listed.column('id')}) from ${shown} and ${watched(listed)})`)]
        : [];
    const object = writtenObject(pairs, marks);
    // Numbered outside the limit: a window function inside would have to see every row of the list.
    const numbered = sql`select listed.*, row_number() over () as page_row from ${rows(page.first + 1)} as listed`;
    return written(sql`(with ${sql.ref(listed.alias)} as materialized (${numbered}) select ${textOf(object)})`);
  }

  /** Every row of a list as JSON, one a row, and what an aggregate says of the same rows. Ordered as a page of it would be. */
  listing(type: string, selection: Selection, tally: (row: Row) => Sql): { readonly rows: Sql; readonly tally: Sql } {
    const view = this.view(type);
    const { ordering } = this.pageOf(view, selection);
    const source = this.row(view.table);
    const listed = this.row('listed');
    const object = this.object(type, listed, selection);
    const direction = ordering.descending ? sql`desc` : sql`asc`;
    const order = sql`order by ${ordering.by(source)} ${direction}, ${source.column('id')} ${direction}`;
    const counted = this.row(view.table);
    // Ordered inside, so that only what is fetched is made into JSON.
    return {
      rows: sql`select ${textOf(object)} from (select ${columnsOf(source, listed.read)} from ${tableOf(source, view)}
        where ${sql.join(this.conditions(view, source, selection), sql` and `)} ${order}) as ${sql.ref(listed.alias)}`,
      tally: sql`select (${tally(counted)})::text from ${tableOf(counted, view)}
        where ${sql.join(this.conditions(view, counted, selection), sql` and `)}`,
    };
  }

  /** Which rows of a view are to be marked in an answer to this viewer. */
  private watchedBy(view: View): View['watched'] {
    return isWatched(this.viewer) ? view.watched : undefined;
  }

  private connectionField(
    type: string,
    field: Selection,
    list: {
      listed: Row;
      shown: Sql;
      cursor: Sql;
      page: Page;
      view: View;
      where: ((row: Row) => Sql) | undefined;
      selection: Selection;
    },
  ): Sql {
    const { listed, shown, cursor, page } = list;
    switch (field.field) {
      case '__typename':
        return writtenConstant(`${type}Connection`);
      case 'nodes':
        return writtenList(this.object(type, listed, field), shown);
      case 'edges': {
        const pairs = field.fields.map((part) => {
          if (part.field === 'cursor') return [part.key, cursor] as const;
          if (part.field === 'node') return [part.key, this.object(type, listed, part)] as const;
          return [part.key, writtenConstant(`${type}Edge`)] as const;
        });
        return writtenList(writtenObject(pairs), shown);
      }
      case 'pageInfo': {
        const pairs = field.fields.map(
          (part) => [part.key, pageInfoField(part.field, listed, shown, cursor, page)] as const,
        );
        return writtenObject(pairs);
      }
      case 'totalCount': {
        const row = this.row(list.view.table);
        const conditions = this.conditions(list.view, row, list.selection, list.where);
        return counted(sql`${tableOf(row, list.view)} where ${sql.join(conditions, sql` and `)}`);
      }
      case 'changeToken':
        return sql`encode(convert_to(pg_current_snapshot()::text, 'UTF8'), 'base64')`;
      default: {
        const read = list.view.listFields?.[field.field];
        if (!read) throw new Error(`${type}Connection.${field.field} has no reader`);
        return read(field, this);
      }
    }
  }

  /** What a row must satisfy to be in a list of its type, the filter of the selection included. */
  conditions(view: View, row: Row, selection: Selection, where?: (row: Row) => Sql): Sql[] {
    const filter = selection.args['filter'];
    const conditions: Sql[] = [sql`true${restriction(view, row)}`];
    if (where) conditions.push(where(row));
    for (const [name, value] of Object.entries(isRecord(filter) ? filter : {})) {
      if (value === null || value === undefined) continue;
      const write = view.filters?.[name];
      if (!write) throw new Error(`${view.type} has no filter ${name}`);
      conditions.push(write(row, value, this));
    }
    return conditions;
  }

  private pageOf(view: View, selection: Selection): Page {
    const first = selection.args['first'] ?? DEFAULT_PAGE;
    if (typeof first !== 'number' || first < 1 || first > LARGEST_PAGE) {
      throw new BadRequest(
        `${selection.key}: first must be between 1 and ${String(LARGEST_PAGE)}, not ${String(first)}; page with after.`,
      );
    }
    const orders = Object.entries(view.orders ?? {});
    const asked = selection.args['orderBy'];
    const name = isRecord(asked) && typeof asked['field'] === 'string' ? asked['field'] : orders[0]?.[0];
    const declared = orders.find(([order]) => order === name)?.[1] ?? byId;
    const descending =
      isRecord(asked) && typeof asked['direction'] === 'string'
        ? asked['direction'] === 'desc'
        : declared.descending === true;
    const key = cursorKey(this.cursorSecret, {
      type: view.type,
      filter: selection.args['filter'] ?? null,
      order: `${name ?? 'id'} ${descending ? 'desc' : 'asc'}`,
      scope: this.viewer.keyId,
    });
    const cursor = selection.args['after'];
    const after = typeof cursor === 'string' ? readCursor(key, cursor) : null;
    return { first, ordering: { ...declared, descending }, key, after };
  }

  private after(row: Row, ordering: Ordering, keys: readonly (string | number)[]): Sql {
    const [value, id] = keys;
    const comparison = ordering.descending ? sql`<` : sql`>`;
    return sql`(${ordering.by(row)}, ${row.column('id')}) ${comparison} (${String(value)}::text::${sql.raw(ordering.type)}, ${String(id)})`;
  }
}

interface Page {
  readonly first: number;
  readonly ordering: Ordering;
  readonly key: Uint8Array;
  readonly after: readonly (string | number)[] | null;
}

const byId: Ordering = { by: (row) => row.column('id'), type: 'text' };

function pageInfoField(field: string, listed: Row, shown: Sql, cursor: Sql, page: Page): Sql {
  const alias = sql.ref(listed.alias);
  switch (field) {
    case 'hasNextPage':
      return sql`(select count(*) > ${sql.lit(page.first)} from ${alias})`;
    case 'hasPreviousPage':
      return sql.lit(page.after !== null);
    case 'startCursor':
      return sql`(select ${cursor} from ${shown} order by page_row limit 1)`;
    case 'endCursor':
      return sql`(select ${cursor} from ${shown} order by page_row desc limit 1)`;
    default:
      return writtenConstant('PageInfo');
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
