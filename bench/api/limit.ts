/**
 * The limit: node:http with hand-written SQL that answers in JSON, context and query in one round trip, and nothing else, not even
 * GraphQL. `node limit.ts <port> <database url> <settings>`.
 */
import { createServer } from 'node:http';
import { askInContext } from './in-context.ts';

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
const ask = askInContext(connectionString, JSON.parse(settingsText ?? '{}') as Record<string, string>);

const server = createServer((request, response) => {
  request.resume();
  const query =
    request.url === '/node'
      ? { name: 'node', text: NODE, values: ['ent_bench000000042'] }
      : { name: 'list', text: LIST, values: [] };
  ask(query).then(
    (answer) => response.writeHead(200, { 'content-type': 'application/json' }).end(answer),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(Number(port), '127.0.0.1');
