import { sql } from 'kysely';
import { RULES_VERSION } from '../../engine/index.ts';
import { VERSION } from '../../platform/version.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Reads } from '../projection/reads.ts';
import type { Selection } from '../projection/selection.ts';
import {
  type FieldReader,
  type Row,
  type Sql,
  type View,
  constant,
  expression,
  restriction,
  sameRow,
  tableOf,
} from '../projection/view.ts';

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
];

/** How the hub is doing, in one statement. */
export function readHubStatus(reads: Reads, viewer: Viewer, selection: Selection): Promise<unknown> {
  return reads.value(viewer, (compiler) => compiler.object('HubStatus', THE_HUB, selection));
}

/** What the worker process with the youngest sign of life said; null when that is older than 10 s, since then none may be alive. */
function lastHeartbeat(said: Sql): Sql {
  return sql`(select ${said} from worker_heartbeat where at > now() - interval '10 seconds' order by at desc limit 1)`;
}

/** How many records of a type the viewer's lists hold. */
function count(type: string): FieldReader {
  return (_row, _selection, context) => {
    const view = context.view(type);
    const row = context.row(view.table);
    return sql`(select count(*)::int from ${tableOf(row, view)} where true${restriction(view, row)})`;
  };
}
