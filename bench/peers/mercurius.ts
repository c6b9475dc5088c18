/**
 * Mercurius with its compiled execution over the same tables, by the same login: root fields look ahead at what is asked for and give it
 * by one statement in one round trip. `node mercurius.ts <port> <database url> <settings>`.
 */
import fastify from 'fastify';
import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import mercurius from 'mercurius';
import { askInContext } from '../api/in-context.ts';

const SCHEMA = `
  type Actor { id: ID!, name: String! }
  type Programme { id: ID!, name: String! }
  type Campaign { id: ID!, name: String!, programme: Programme }
  type CalendarEntry { id: ID!, name: String!, version: Int!, owner: Actor, campaign: Campaign }
  type CalendarEntries { nodes: [CalendarEntry!]! }
  type Query { calendar(first: Int!): CalendarEntries!, calendarEntry(id: ID!): CalendarEntry }
`;

/** What a field leads to: the table, and the column that names its row. */
const LEADS_TO: Readonly<Record<string, readonly [table: string, by: string]>> = {
  owner: ['actor', 'owner_id'],
  campaign: ['campaign', 'campaign_id'],
  programme: ['programme', 'programme_id'],
};

const [port, connectionString, settings] = process.argv.slice(2);
const ask = askInContext(connectionString, JSON.parse(settings ?? '{}') as Record<string, string>);

/** Statements by what is asked for, so that PostgreSQL keeps their plans. */
const names = new Map<string, string>();

async function read(text: string, values: string[] = []): Promise<unknown> {
  const name = names.get(text) ?? `m${String(names.size)}`;
  names.set(text, name);
  return JSON.parse(await ask({ name, text, values }));
}

function objectOf(alias: string, selection: SelectionSetNode | undefined): string {
  const pairs = (selection?.selections ?? []).flatMap((node) => {
    if (node.kind !== 'Field') return [];
    const name = node.name.value;
    const other = LEADS_TO[name];
    if (!other) return [`'${name}', ${alias}.${name}`];
    const [table, by] = other;
    const inner = `${alias}${name.charAt(0)}`;
    return [
      `'${name}', (select ${objectOf(inner, node.selectionSet)} from ${table} ${inner} where ${inner}.id = ${alias}.${by})`,
    ];
  });
  return `json_build_object(${pairs.join(', ')})`;
}

function selected(info: GraphQLResolveInfo): SelectionSetNode | undefined {
  return info.fieldNodes[0]?.selectionSet;
}

const server = fastify();
await server.register(mercurius, {
  schema: SCHEMA,
  jit: 1,
  resolvers: {
    Query: {
      calendar: async (_root: unknown, { first }: { first: number }, _context: unknown, info: GraphQLResolveInfo) => {
        const nodes = selected(info)?.selections.find((node) => node.kind === 'Field' && node.name.value === 'nodes');
        const node = objectOf('e', nodes?.kind === 'Field' ? nodes.selectionSet : undefined);
        const found = await read(`select coalesce(json_agg(node), '[]')::text from (
          select ${node} as node from calendar_entry e order by e.name, e.id limit ${String(Math.trunc(first))}) as page`);
        return { nodes: found };
      },
      calendarEntry: (_root: unknown, { id }: { id: string }, _context: unknown, info: GraphQLResolveInfo) =>
        read(
          `select coalesce((select ${objectOf('e', selected(info))} from calendar_entry e where e.id = $1), 'null')::text`,
          [id],
        ),
    },
  },
});
await server.listen({ port: Number(port), host: '127.0.0.1' });
