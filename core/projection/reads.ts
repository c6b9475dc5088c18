import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import type { Statement } from '../../platform/database/read-once.ts';
import type { Reader } from '../../platform/database/replica.ts';
import type { SnapshotReader } from '../../platform/database/snapshot.ts';
import { type Viewer, sessionVariables } from '../access/viewer.ts';
import { Compiler } from './compiler.ts';
import { JsonText } from './json-text.ts';
import { BadRequest, type Selection } from './selection.ts';
import { Statements } from './statements.ts';
import { type Row, type Sql, type View, restriction, tableOf } from './view.ts';
import { mayShowWatched, unmark, watchedIn } from './watched.ts';
import { textOf, writtenList } from './written.ts';

/** Turns expressions into text for PostgreSQL; reaches no database. */
const COMPILING = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** Finds the code meant by each one written; a complaint where there is none. */
export type CodeCheck = (
  written: readonly { readonly kind: string; readonly code: string; readonly path: string }[],
) => Promise<{ readonly codes: readonly string[]; readonly complaints: readonly string[] }>;

export interface ReadHooks {
  readonly checkCodes: CodeCheck;
  /** Completes a selection with what an answer needs and the database does not hold. */
  readonly prepare: (selection: Selection) => Promise<Selection>;
  /** Told which watched rows an answer shows; the answer waits for it. */
  readonly noteWatched: (viewer: Viewer, ids: readonly string[]) => Promise<void>;
}

/** All of a list, as it was at one moment. It holds a connection until it is ended. */
export interface Listing {
  /** What the tally that was asked for says of its rows. */
  readonly tally: unknown;
  /** Its records in their order, so many at once as were asked for; once. Which watched rows they show is noted before they are given. */
  records(): AsyncGenerator<readonly unknown[]>;
  end(): Promise<void>;
}

/** Reads by projection: one selection, one statement, the JSON shape the caller asked for. */
export class Reads {
  private readonly views: ReadonlyMap<string, View>;
  private readonly typesByPrefix: ReadonlyMap<string, string>;
  private readonly statements = new Statements();
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    private readonly once: Reader,
    views: readonly View[],
    private readonly cursorSecret: Uint8Array,
    private readonly hooks: ReadHooks,
    private readonly snapshots: SnapshotReader,
  ) {
    this.views = new Map(views.map((view) => [view.type, view]));
    this.typesByPrefix = new Map(views.flatMap((view) => (view.prefix ? [[view.prefix, view.type]] : [])));
  }

  /**
   * One page of a list as a Relay connection; `selection.args` holds first, after, filter and orderBy.
   * @param rows the rows of a view whose table is none, because they are made for one answer
   * @throws {BadRequest} when a filter names a code that does not exist
   */
  async connection(viewer: Viewer, type: string, selection: Selection, rows?: Sql): Promise<unknown> {
    const asked = await this.withKnownCodes(type, await this.hooks.prepare(selection));
    if (rows === undefined) {
      const list = this.statements.of(asked, viewer, `list ${type}`, () =>
        compiled(this.compiler(viewer, asked).connection(type, asked)),
      );
      return this.read(viewer, list, asked.asText);
    }
    const compiler = this.compiler(viewer, asked);
    const list = compiler.connection(type, asked);
    const made = sql`with ${sql.table(compiler.view(type).table)} as (${rows}) select ${textOf(list)} as answer`;
    return this.read(viewer, statementOf(made), asked.asText);
  }

  /** One record by id, whatever its type, or what became of it; null when there is none or the viewer may not see it. */
  node(viewer: Viewer, id: string, selection: Selection): Promise<unknown> {
    const type = this.typesByPrefix.get(id.slice(0, id.indexOf('_')));
    if (type === undefined) return Promise.resolve(null);
    const { successor = (given: Sql): Sql => given } = this.views.get(type) ?? {};
    return this.byId(viewer, { type, kind: 'node', which: successor }, selection, id);
  }

  /** One record of a type by its id; null when there is none or the viewer may not see it. */
  one(viewer: Viewer, type: string, selection: Selection, id: string): Promise<unknown> {
    return this.byId(viewer, { type, kind: 'one', which: (given) => given }, selection, id);
  }

  private async byId(
    viewer: Viewer,
    { type, kind, which }: { readonly type: string; readonly kind: string; readonly which: (id: Sql) => Sql },
    selection: Selection,
    id: string,
  ): Promise<unknown> {
    const asked = { ...(await this.hooks.prepare(selection)), args: {} };
    const { text, values } = this.statements.of(asked, viewer, `${kind} ${type}`, () => {
      const compiler = this.compiler(viewer, asked);
      const view = compiler.view(type);
      const row = compiler.row(view.table);
      const found = sql`from ${tableOf(row, view)} where ${row.column('id')} = ${which(sql`${ITS_ID}`)}${restriction(view, row)}`;
      return statementOf(sql`select ${textOf(compiler.object(type, row, asked))} as answer ${found}`);
    });
    const statement = { text, values: values.map((value) => (value === ITS_ID ? id : value)) };
    return this.read(viewer, statement, asked.asText);
  }

  /** All rows of a view that satisfy a condition, in order: for lists that are short by nature, such as the corridors. */
  async all(
    viewer: Viewer,
    type: string,
    selection: Selection,
    list: { where?: (row: Row) => Sql; orderBy: (row: Row) => Sql },
  ): Promise<unknown> {
    const compiler = this.compiler(viewer);
    const view = compiler.view(type);
    const row = compiler.row(view.table);
    const condition = list.where ? sql` and ${list.where(row)}` : sql``;
    const prepared = await this.hooks.prepare(selection);
    const found = sql`${tableOf(row, view)} where true${restriction(view, row)}${condition}`;
    const rows = writtenList(compiler.object(type, row, prepared), found, list.orderBy(row));
    return this.read(viewer, compiled(rows));
  }

  /**
   * A whole list instead of a page, for what is handed on: `selection.args` holds filter and orderBy, the fields are those of the records.
   * @param options.tally an aggregate over the rows, read at the same moment
   * @param options.signal when aborted, reading ends with its reason
   * @throws {BadRequest} when a filter names a code that does not exist
   */
  async listing(
    viewer: Viewer,
    type: string,
    selection: Selection,
    options: { readonly tally: (row: Row) => Sql; readonly atOnce: number; readonly signal: AbortSignal },
  ): Promise<Listing> {
    const prepared = await this.withKnownCodes(type, await this.hooks.prepare(selection));
    const { rows, tally } = this.compiler(viewer).listing(type, prepared, options.tally);
    const snapshot = await this.snapshots.open(sessionVariables(viewer), options.signal);
    const ended = Promise.withResolvers<null>();
    this.underWay.add(ended.promise);
    const end = async (): Promise<void> => {
      await snapshot.end();
      this.underWay.delete(ended.promise);
      ended.resolve(null);
    };
    const { hooks } = this;
    async function* records(): AsyncGenerator<readonly unknown[]> {
      for await (const texts of snapshot.batches(statementOf(rows), options.atOnce)) {
        const answers = texts.map((text): unknown => JSON.parse(text));
        const watched = answers.flatMap((answer, index) => watchedIn(texts[index] ?? '', answer));
        if (watched.length > 0) await hooks.noteWatched(viewer, [...new Set(watched)]);
        yield answers;
      }
    }
    try {
      const text = await snapshot.first(statementOf(tally));
      return { tally: text === null ? null : JSON.parse(text), records, end };
    } catch (error) {
      await end();
      throw error;
    }
  }

  /** The codes meant by those written in an argument that is no filter. @throws {BadRequest} when one of them does not exist */
  knownCodes(kind: string, written: readonly string[], argument: string): Promise<readonly string[]> {
    return this.known(written.map((code, index) => ({ kind, code, path: `${argument}[${String(index)}]` })));
  }

  /** The code meant by the one written in an argument. @throws {BadRequest} when there is none */
  async knownCode(kind: string, code: string, argument: string): Promise<string> {
    const [known] = await this.known([{ kind, code, path: argument }]);
    if (known === undefined) throw new Error(`nothing is known of ${argument}`);
    return known;
  }

  /** An answer that is no list of records: whatever expression a domain writes with the compiler's help. */
  value(viewer: Viewer, write: (compiler: Compiler) => Sql): Promise<unknown> {
    return this.read(viewer, compiled(write(this.compiler(viewer))));
  }

  /** Resolves when no read is under way. To be awaited before the database is closed: a stream does not wait for its last read. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
  }

  /**
   * The one seam through which every read passes: one statement in its own read-only transaction
   * under the viewer's session context. Which watched rows it shows is noted before anybody gets the answer.
   */
  private read(viewer: Viewer, statement: Statement, asText = false): Promise<unknown> {
    const reading = this.readOnce(viewer, statement, asText).finally(() => this.underWay.delete(reading));
    this.underWay.add(reading);
    return reading;
  }

  private async readOnce(viewer: Viewer, statement: Statement, asText: boolean): Promise<unknown> {
    const text = await this.once.read(sessionVariables(viewer), statement);
    if (text === null) return null;
    if (asText && !mayShowWatched(text)) return new JsonText(text);
    const answer: unknown = JSON.parse(text);
    const watched = watchedIn(text, answer);
    if (watched.length > 0) await this.hooks.noteWatched(viewer, watched);
    if (!asText) return answer;
    unmark(answer);
    return new JsonText(JSON.stringify(answer));
  }

  /** A selection with each code in its filter as it is kept. @throws {BadRequest} when one of them does not exist */
  async withKnownCodes(type: string, selection: Selection): Promise<Selection> {
    const filter = selection.args['filter'];
    if (typeof filter !== 'object' || filter === null) return selection;
    const lists = Object.entries(this.views.get(type)?.filterCodes ?? {}).flatMap(([name, kind]) => {
      const value: unknown = Reflect.get(filter, name);
      const codes = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
      return codes.length > 0 ? [{ name, kind, codes, single: !Array.isArray(value) }] : [];
    });
    if (lists.length === 0) return selection;
    const codes = await this.known(
      lists.flatMap(({ name, kind, codes: written, single }) =>
        written.map((code, index) => ({
          kind,
          code,
          path: single ? `filter.${name}` : `filter.${name}[${String(index)}]`,
        })),
      ),
    );
    let next = 0;
    const canonical = lists.map(({ name, codes: written, single }) => {
      const list = codes.slice(next, (next += written.length));
      return [name, single ? list[0] : list] as const;
    });
    return { ...selection, args: { ...selection.args, filter: { ...filter, ...Object.fromEntries(canonical) } } };
  }

  private async known(written: Parameters<CodeCheck>[0]): Promise<readonly string[]> {
    const { codes, complaints } = await this.hooks.checkCodes(written);
    if (complaints.length > 0) throw new BadRequest(complaints.join('; '));
    return codes;
  }

  private compiler(viewer: Viewer, { asText }: Pick<Selection, 'asText'> = {}): Compiler {
    return new Compiler(this.views, viewer, this.cursorSecret, asText);
  }
}

/** Stands for the id in a statement that is kept for any. */
const ITS_ID = { id: 'of the record asked for' };

/** The statement that answers an expression's JSON as text. */
function compiled(expression: Sql): Statement {
  return statementOf(sql`select ${textOf(expression)} as answer`);
}

function statementOf(expression: Sql): Statement {
  const { sql: text, parameters: values } = expression.compile(COMPILING);
  return { text, values };
}
