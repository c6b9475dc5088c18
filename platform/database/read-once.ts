import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import pg from 'pg';

/** A statement and its parameters, as node-postgres wants them. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** How many statements one connection keeps prepared; each costs PostgreSQL some hundred kilobytes. */
const PREPARED_PER_CONNECTION = 60;
/** Characters of the statements that are remembered to have been asked once: only what comes again is worth preparing. */
const REMEMBERED = 8_000_000;

/**
 * Reads in one round trip and one read-only transaction: the session context and the statement go out together behind one Sync.
 * A begin, a set_config and a commit of their own would each wait for PostgreSQL. What is asked again is prepared by name, so that
 * PostgreSQL keeps its plan: under row level security, planning costs more than most answers.
 */
export class OnceReader {
  /** The names of the statements that came again, by text; what came once has none. */
  private readonly names = new LRUCache<string, { readonly name: string | undefined }>({
    maxSize: REMEMBERED,
    sizeCalculation: (_, text) => text.length,
  });

  constructor(private readonly pool: () => Promise<pg.Pool>) {}

  /** The first column of the first row, which is a text; null when there is none. @throws what PostgreSQL or the line to it throws */
  async read(context: Readonly<Record<string, string>>, statement: Statement): Promise<string | null> {
    const client = await (await this.pool()).connect();
    try {
      const answer = await ask(client, context, { ...statement, name: this.nameOf(statement.text) });
      client.release();
      return answer;
    } catch (error) {
      // After an error in the statement the connection is good; after any other nobody knows.
      client.release(!(error instanceof pg.DatabaseError && error.severity === 'ERROR'));
      throw error;
    }
  }

  private nameOf(text: string): string | undefined {
    const known = this.names.get(text);
    if (known?.name !== undefined) return known.name;
    const name = known && `r${createHash('sha1').update(text).digest('hex')}`;
    this.names.set(text, { name });
    return name;
  }
}

interface Named extends Statement {
  readonly name: string | undefined;
}

function ask(
  client: pg.PoolClient,
  context: Readonly<Record<string, string>>,
  statement: Named,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const query = new ReadInContext(context, statement, (error, result) => {
      if (error) reject(error);
      else resolve(result?.rows[0]?.[0] ?? null);
    });
    client.query(query as unknown as pg.Submittable);
  });
}

/** What node-postgres knows of a query and a connection beyond its published types. */
interface WireQuery {
  submit(connection: Wire): Error | null;
  handleDataRow(message: object): void;
  handleCommandComplete(message: object, connection: Wire): void;
  handleError(error: Error, connection: Wire): void;
}
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  /** The texts of the statements prepared on this connection, by name. */
  readonly parsedStatements: Record<string, string>;
  parse(statement: { readonly name: string; readonly text: string; readonly types: readonly number[] }): void;
  bind(portal: { readonly portal: string; readonly statement: string; readonly values: readonly string[] }): void;
  execute(portal: { readonly portal: string }): void;
  close(what: { readonly type: 'S'; readonly name: string }): void;
}
type Callback = (error: Error | null, result?: { readonly rows: readonly (readonly (string | null)[])[] }) => void;

const Query = pg.Query as unknown as new (config: object, values: undefined, callback: Callback) => WireQuery;

/** Under which name a connection keeps the statement that sets the context. */
const CONTEXT = 'context';

/** The names prepared on a connection, the one used longest ago first. */
const preparedOn = new WeakMap<Wire, Set<string>>();

/** A query before which, in the same round trip and transaction, the session context is set. */
class ReadInContext extends Query {
  private isContextSet = false;

  constructor(
    private readonly context: Readonly<Record<string, string>>,
    private readonly statement: Named,
    callback: Callback,
  ) {
    super(
      { ...statement, values: [...statement.values], rowMode: 'array', queryMode: 'extended' },
      undefined,
      callback,
    );
  }

  override submit(connection: Wire): Error | null {
    connection.stream.cork();
    try {
      this.makeRoom(connection);
      this.setContext(connection);
      return super.submit(connection);
    } finally {
      connection.stream.uncork();
    }
  }

  /** The row of the context is nobody's. */
  override handleDataRow(message: object): void {
    if (this.isContextSet) super.handleDataRow(message);
  }

  override handleCommandComplete(message: object, connection: Wire): void {
    if (this.isContextSet) super.handleCommandComplete(message, connection);
    this.isContextSet = true;
  }

  /** Whatever went wrong may have gone wrong while something was prepared: the next time it is prepared anew. */
  override handleError(error: Error, connection: Wire): void {
    forget(connection, CONTEXT);
    if (this.statement.name !== undefined) forget(connection, this.statement.name);
    super.handleError(error, connection);
  }

  private setContext(connection: Wire): void {
    const settings = Object.entries({ ...this.context, transaction_read_only: 'on' });
    const calls = settings.map((_, at) => `set_config($${String(2 * at + 1)}, $${String(2 * at + 2)}, true)`);
    const text = `select ${calls.join(', ')}`;
    if (connection.parsedStatements[CONTEXT] !== text) {
      connection.close({ type: 'S', name: CONTEXT });
      connection.parse({ name: CONTEXT, text, types: [] });
      connection.parsedStatements[CONTEXT] = text;
    }
    connection.bind({ portal: '', statement: CONTEXT, values: settings.flat() });
    connection.execute({ portal: '' });
  }

  /** Lets go of the statement used longest ago when one more is to be prepared. */
  private makeRoom(connection: Wire): void {
    const { name } = this.statement;
    if (name === undefined) return;
    // Should it be there although we do not know of it, preparing it would fail. Closing what is not there does not.
    if (connection.parsedStatements[name] === undefined) connection.close({ type: 'S', name });
    const prepared = preparedOn.get(connection) ?? new Set();
    preparedOn.set(connection, prepared);
    prepared.delete(name);
    prepared.add(name);
    const [oldest] = prepared;
    if (prepared.size <= PREPARED_PER_CONNECTION || oldest === undefined) return;
    connection.close({ type: 'S', name: oldest });
    forget(connection, oldest);
  }
}

function forget(connection: Wire, name: string): void {
  preparedOn.get(connection)?.delete(name);
  Reflect.deleteProperty(connection.parsedStatements, name);
}
