/**
 * PostGraphile over the same tables, by the same login, with the same session context: `node postgraphile.ts <port> <database url> <settings>`.
 */
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

const [port, connectionString, settings] = process.argv.slice(2);
const pgSettings = JSON.parse(settings ?? '{}') as Record<string, string>;

const pgl = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: connectionString ?? '', schemas: ['app'], poolConfig: { max: 10 } })],
  grafast: { context: { pgSettings }, explain: false },
  grafserv: { graphiql: false, watch: false },
});
const serv = pgl.createServ(grafserv);
const server = createServer();
await serv.addTo(server);
await serv.ready();
server.listen(Number(port), '127.0.0.1');
