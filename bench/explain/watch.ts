import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { withClient } from '../../platform/database/with-client.ts';
import type { BenchHub } from '../world/hub.ts';
import type { Catalogue } from './judge-plan.ts';
import { type PlanNode, planNode } from './plan.ts';

const LOG = 'statements';

/** What PostgreSQL must be started with: it counts every statement, also those inside functions, and can log their plans as JSON. */
export const WATCHING: Readonly<Record<string, string>> = {
  shared_preload_libraries: 'pg_stat_statements, auto_explain',
  compute_query_id: 'on',
  logging_collector: 'on',
  log_destination: 'jsonlog',
  log_directory: 'log',
  log_filename: `${LOG}.log`,
  log_rotation_age: '0',
  log_rotation_size: '0',
};

/** Each plan with what was done at each node. Times of nodes would cost more than the nodes; those of statements are known anyway. */
const EXPLAINING: Readonly<Record<string, string>> = {
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_verbose': 'on',
  'auto_explain.log_format': 'json',
  'auto_explain.log_nested_statements': 'on',
  'auto_explain.log_min_duration': '0',
};

/** A statement of the hub, and what it cost. */
export interface Statement {
  /** PostgreSQL's number of it, the same whatever the parameters. */
  readonly id: string;
  readonly text: string;
  readonly calls: number;
  readonly totalMs: number;
}

/** One run of a statement, as it was planned and done. */
export interface RunOfStatement {
  readonly id: string;
  readonly ms: number;
  readonly parameters: string;
  readonly plan: PlanNode;
}

export async function beginCounting({ adminUrl }: BenchHub): Promise<void> {
  await withClient(adminUrl, async (client) => {
    await client.query('create extension if not exists pg_stat_statements');
    await client.query('select pg_stat_statements_reset()');
  });
}

/** The statements of Concord's logins, functions of its owner and policies included, that took most time in all. */
export async function readHottest({ adminUrl }: BenchHub, count: number): Promise<Statement[]> {
  return withClient(adminUrl, async (client) => {
    const { rows } = await client.query<Statement>(
      `select queryid::text as id, min(query) as text, sum(calls)::int as calls, sum(total_exec_time) as "totalMs"
       from pg_stat_statements s join pg_roles r on r.oid = s.userid
       where r.rolname like 'concord\\_%' and queryid is not null
         and query !~* '^(begin|commit|rollback|savepoint|release|listen|unlisten|set|reset|discard|start) '
         and query !~* '^(begin|commit|rollback)$'
       group by queryid order by 4 desc limit $1`,
      [count],
    );
    return rows;
  });
}

/** Has the plan of every statement logged from now on; with `false`, no more. */
export async function logPlans({ adminUrl }: BenchHub, wanted: boolean): Promise<void> {
  await withClient(adminUrl, async (client) => {
    for (const [name, value] of Object.entries(EXPLAINING)) {
      const given = wanted ? client.escapeLiteral(value) : 'default';
      await client.query(`alter system set ${name} = ${given}`);
    }
    await client.query('select pg_reload_conf()');
  });
}

/** The runs of some statements that were logged, one after the other: there are many, and they are long. */
export async function* readRuns({ folder }: BenchHub, ids: ReadonlySet<string>): AsyncGenerator<RunOfStatement> {
  const lines = createInterface({ input: createReadStream(join(folder, 'postgres', 'log', `${LOG}.json`)) });
  for await (const line of lines) {
    // Numbers of statements are larger than JavaScript's are exact: read from the text.
    const id = /\\"Query Identifier\\": (-?\d+)/.exec(line)?.[1];
    if (id === undefined || !ids.has(id)) continue;
    const { message } = JSON.parse(line) as { message: string };
    const at = message.indexOf('{');
    const logged = JSON.parse(message.slice(at)) as Record<string, unknown>;
    yield {
      id,
      ms: Number(/duration: ([\d.]+) ms/.exec(message)?.[1]),
      parameters: String(logged['Query Parameters'] ?? ''),
      plan: planNode.parse(logged['Plan']),
    };
  }
}

/** What plans are judged by. */
export async function readCatalogue({ adminUrl }: BenchHub): Promise<Catalogue> {
  return withClient(adminUrl, async (client) => {
    await client.query('analyze');
    const tables = await client.query<{ name: string; rows: number }>(
      `select relnamespace::regnamespace || '.' || relname as name, reltuples::float as rows from pg_class where relkind = 'r'`,
    );
    const helpers = await client.query<{ name: string }>(
      `select distinct proname as name from pg_proc where pronamespace = 'app'::regnamespace and provolatile <> 'i'`,
    );
    return {
      rows: new Map(tables.rows.map(({ name, rows }) => [name, rows])),
      helpers: new Set(helpers.rows.map(({ name }) => name)),
    };
  });
}
