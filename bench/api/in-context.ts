import pg from 'pg';

/** A prepared statement by its name, whose answer is one text. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
  readonly values: string[];
}

/** Asks under a session context, both in one round trip: what a hand-written server would do. */
export function askInContext(
  connectionString: string | undefined,
  settings: Readonly<Record<string, string>>,
): (query: Prepared) => Promise<string> {
  const pool = new pg.Pool({ connectionString, max: 10, options: '-c search_path=app,public' });
  const set = Object.entries(settings);
  const context: Prepared = {
    name: 'context',
    text: `select ${set.map((_, at) => `set_config($${String(2 * at + 1)}, $${String(2 * at + 2)}, true)`).join(', ')}`,
    values: set.flat(),
  };
  return async (query) => {
    const client = await pool.connect();
    try {
      return await new Promise((resolve, reject) => {
        client.query(new InContext(context, query, (error, answer) => (error ? reject(error) : resolve(answer))));
      });
    } finally {
      client.release();
    }
  };
}

/** Two prepared statements behind one Sync: one round trip, one implicit transaction. */
class InContext implements pg.Submittable {
  private answer = '';
  private error: Error | null = null;

  constructor(
    private readonly context: Prepared,
    private readonly query: Prepared,
    private readonly done: (error: Error | null, answer: string) => void,
  ) {}

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire;
    wire.stream.cork();
    for (const { name, text, values } of [this.context, this.query]) {
      if (wire.parsedStatements[name] === undefined) wire.parse({ name, text, types: [] });
      wire.parsedStatements[name] = text;
      wire.bind({ portal: '', statement: name, values });
      wire.execute({ portal: '' });
    }
    wire.sync();
    wire.stream.uncork();
  }
  handleRowDescription(): void {}
  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void {
    this.answer = message.fields[0] ?? '';
  }
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleError(error: Error): void {
    this.error = error;
  }
  handleReadyForQuery(): void {
    this.done(this.error, this.answer);
  }
}

interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  readonly parsedStatements: Record<string, string>;
  parse(statement: { name: string; text: string; types: number[] }): void;
  bind(portal: { portal: string; statement: string; values: string[] }): void;
  execute(portal: { portal: string }): void;
  sync(): void;
}
