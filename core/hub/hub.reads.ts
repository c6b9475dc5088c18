import { sql } from 'kysely';
import { RULES_VERSION } from '../../engine/index.ts';
import { VERSION } from '../../platform/version.ts';
import type { Viewer } from '../access/viewer.ts';
import { counted } from '../projection/counted.ts';
import type { Reads } from '../projection/reads.ts';
import type { Selection } from '../projection/selection.ts';
import {
  type FieldReader,
  type Row,
  type Sql,
  type View,
  column,
  constant,
  expression,
  restriction,
  sameRow,
  tableOf,
} from '../projection/view.ts';

/** For so long a sign of life tells how things are. */
const FRESH = sql`interval '10 seconds'`;

/** The hub is no row of a table: its fields are expressions of their own. */
const THE_HUB: Row = {
  alias: 'hub',
  column: (name) => {
    throw new Error(`the hub has no column ${name}`);
  },
};

export const hubViews: readonly View[] = [
  {
    type: 'HubStatus',
    table: 'composition',
    fields: {
      version: constant(VERSION),
      rulesVersion: constant(RULES_VERSION),
      migration: expression(() => sql`(select name from migration order by id desc limit 1)`),
      queueDepth: expression(() => lastHeartbeat(sql`waiting + active`)),
      failedJobs: expression(() => lastHeartbeat(sql`failed`)),
      lastMatchedAt: expression(() => sql`(select max(composed_at) from composition)`),
      counts: sameRow('HubCounts'),
    },
  },
  {
    type: 'HubCounts',
    table: 'composition',
    fields: {
      actors: count('Actor'),
      programmes: count('Programme'),
      campaigns: count('Campaign'),
      calendarEntries: count('CalendarEntry'),
      overlaps: count('Overlap'),
      suggestions: count('Suggestion'),
    },
  },
  {
    type: 'HubHealth',
    table: 'worker_heartbeat',
    fields: {
      workers: expression(() => sql`(select count(*)::int from worker_heartbeat where at > now() - ${FRESH})`),
      outboxPending: column(),
      outboxLagSeconds: expression((row) => sql`${row.column('outbox_lag_ms')} / 1000.0`),
      queues: (row, selection, context) => {
        const queue = context.row('queue_figures');
        const name = sql.ref(queue.alias);
        return sql`(select coalesce(json_agg(${context.object('QueueHealth', queue, selection)} order by ${queue.column('name')}), '[]'::json)
          from jsonb_to_recordset(${row.column('queues')}) as ${name} (name text, waiting int, active int, delayed int, failed int))`;
      },
      auditSealedAt: column(),
      auditUnsealed: column(),
      databaseBytes: expression(() => sql`pg_database_size(current_database())`),
    },
  },
  {
    type: 'QueueHealth',
    table: 'queue_figures',
    fields: { name: column(), waiting: column(), active: column(), delayed: column(), failed: column() },
  },
  {
    type: 'FailedJob',
    table: 'failed_job',
    fields: {
      id: column(),
      queue: column(),
      reason: column(),
      attempts: column(),
      addedAt: column(),
      failedAt: column(),
      asked: expression((row) => sql`upper(${row.column('asked')})`),
    },
    filters: { queue: (row, value) => sql`${row.column('queue')} = ${value}` },
    orders: { FAILED: { by: (row) => row.column('failed_at'), type: 'timestamptz', descending: true } },
  },
];

/** How the hub is doing, in one statement. */
export function readHubStatus(reads: Reads, viewer: Viewer, selection: Selection): Promise<unknown> {
  return reads.value(viewer, (compiler) => compiler.object('HubStatus', THE_HUB, selection));
}

/** How the hub stands behind the server, as the worker with the youngest sign of life found it; null when none has given one lately, or to whoever is no coordinator. */
export function readHubHealth(reads: Reads, viewer: Viewer, selection: Selection): Promise<unknown> {
  return reads.value(viewer, (compiler) => {
    const row = compiler.row('worker_heartbeat');
    return sql`(select ${compiler.object('HubHealth', row, selection)} from worker_heartbeat as ${sql.ref(row.alias)}
      where ${row.column('at')} > now() - ${FRESH} order by ${row.column('at')} desc limit 1)`;
  });
}

/** What the worker process with the youngest sign of life said; null when that is older than 10 s, since then none may be alive. */
function lastHeartbeat(said: Sql): Sql {
  return sql`(select ${said} from worker_heartbeat where at > now() - ${FRESH} order by at desc limit 1)`;
}

/** How many records of a type the viewer's lists hold. */
function count(type: string): FieldReader {
  return (_row, _selection, context) => {
    const view = context.view(type);
    const row = context.row(view.table);
    return counted(sql`${tableOf(row, view)} where true${restriction(view, row)}`);
  };
}
