import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareDatabase } from '../../core/migrations/prepare-database.ts';
import { startEmbedded } from '../../platform/database/embedded.ts';
import { ensureLogins } from '../../platform/database/logins.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { createLog } from '../../platform/log.ts';
import { cpuMsOfTree } from '../api/cpu.ts';
import type { Report } from '../report.ts';
import { openImporting } from './importing.ts';
import { writeSheet } from './sheet.ts';

export interface ImportsBenchOptions {
  readonly rows: number;
  readonly seed: number;
}

/**
 * Has one sheet read, applied and read again on the way that a job goes, with PostgreSQL as durable as in production: the time of
 * each step, and the processor time of Node, its reading thread included, and of PostgreSQL.
 */
export async function benchImports({ rows, seed }: ImportsBenchOptions, report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-bench-'));
  const embedded = await startEmbedded({ folder, log: createLog('warn'), durable: true });
  try {
    const logins = await ensureLogins(embedded.adminUrl, join(folder, 'secrets'));
    await prepareDatabase(logins);
    const importing = await openImporting(logins.appUrl);
    try {
      // The first import of a process pays for the start of everything.
      await importing.bring(writeSheet(500, seed + 1), 'first.csv');
      const file = await importing.upload(writeSheet(rows, seed), 'plan.csv');
      for (const step of ['dry-run', 'apply'] as const) {
        const postgresBefore = await cpuMsOfTree(embedded.pid);
        const nodeBefore = process.cpuUsage();
        const started = performance.now();
        await importing[step](file);
        const ms = performance.now() - started;
        const { user, system } = process.cpuUsage(nodeBefore);
        const postgresAfter = await cpuMsOfTree(embedded.pid);
        const counts = await withClient(embedded.adminUrl, (client) =>
          client.query<{ state: string; created: number; refused: number; failure: string | null }>(
            'select state, created, refused, failure from app.import_run where id = $1',
            [file],
          ),
        );
        const run = counts.rows[0];
        if (!run || run.created !== rows)
          throw new Error(`expected ${String(rows)} created, found ${JSON.stringify(run)}`);
        report.line({
          bench: 'imports',
          what: step,
          rows,
          seed,
          state: run.state,
          ms: Math.round(ms),
          rowsPerS: Math.round((rows / ms) * 1_000),
          nodeCpuMs: Math.round((user + system) / 1_000),
          postgresCpuMs:
            postgresBefore === null || postgresAfter === null ? null : Math.round(postgresAfter - postgresBefore),
        });
      }
    } finally {
      await importing.close();
    }
  } finally {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
