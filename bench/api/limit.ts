/**
 * The limit: node:http with hand-written SQL that answers in JSON, context and query in one round trip, and nothing else, not even
 * GraphQL. `node limit.ts <port> <database url> <settings>`.
 */
import { createServer } from 'node:http';
import pg from 'pg';

const LIST = `select json_build_object('data', json_build_object('list', json_build_object('nodes', coalesce(json_agg(node), '[]'))))::text as answer from (
  select json_build_object('id', e.id, 'name', e.name, 'version', e.version,
    'owner', (select json_build_object('id', a.id, 'name', a.name) from actor a where a.id = e.owner_id),
    'campaign', (select json_build_object('id', c.id, 'name', c.name,
      'programme', (select json_build_object('id', p.id, 'name', p.name) from programme p where p.id = c.programme_id))
      from campaign c where c.id = e.campaign_id)) as node
  from calendar_entry e order by e.name, e.id limit 50) as page`;

const NODE = `select json_build_object('data', json_build_object('node', (select json_build_object('id', e.id, 'name', e.name, 'version', e.version,
    'owner', (select json_build_object('id', a.id, 'name', a.name) from actor a where a.id = e.owner_id))
  from calendar_entry e where e.id = $1)))::text as answer`;

const [port, connectionString, settingsText] = process.argv.slice(2);
const settings = Object.entries(JSON.parse(settingsText ?? '{}') as Record<string, string>);
const context = {
  name: 'context',
  text: `select ${settings.map((_, at) => `set_config($${String(2 * at + 1)}, $${String(2 * at + 2)}, true)`).join(', ')}`,
  values: settings.flat(),
};

/** Two prepared statements behind one Sync: one round trip, one implicit transaction. */
class InContext implements pg.Submittable {
  private answer = '';
  private error: Error | null = null;

  constructor(
    private readonly query: { readonly name: string; readonly text: string; readonly values: string[] },
    private readonly done: (error: Error | null, answer: string) => void,
  ) {}

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire;
    wire.stream.cork();
    for (const { name, text, values } of [context, this.query]) {
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

const pool = new pg.Pool({ connectionString, max: 10, options: '-c search_path=app,public' });

async function answerTo(query: ConstructorParameters<typeof InContext>[0]): Promise<string> {
  const client = await pool.connect();
  try {
    return await new Promise((resolve, reject) => {
      client.query(new InContext(query, (error, answer) => (error ? reject(error) : resolve(answer))));
    });
  } finally {
    client.release();
  }
}

const server = createServer((request, response) => {
  request.resume();
  const query =
    request.url === '/node'
      ? { name: 'node', text: NODE, values: ['ent_bench000000042'] }
      : { name: 'list', text: LIST, values: [] };
  answerTo(query).then(
    (answer) => response.writeHead(200, { 'content-type': 'application/json' }).end(answer),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(Number(port), '127.0.0.1');
