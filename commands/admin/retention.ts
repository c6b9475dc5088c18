import type { Command } from 'commander';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { countPast, forgetBatch } from '../../core/retention/apply-retention.ts';
import { type RetentionRule, retentionRules } from '../../core/retention/rules.ts';
import type { OpenHub } from '../open-hub.ts';
import type { Opening } from './program.ts';
import { counted, say, sayJson, withHub } from './with-hub.ts';

interface Applied {
  readonly rule: string;
  readonly keptDays: number;
  readonly rows: number;
}

export function addRetention(program: Command, open: Opening): void {
  program
    .command('retention')
    .description('Forgets what the hub need not keep any longer, as it does by itself once a day.')
    .option('--dry-run', 'count what would go, and delete nothing')
    .option('--json', 'as JSON')
    .action(async ({ dryRun, json }: { readonly dryRun?: true; readonly json?: true }) => {
      const applied = await withHub(open, (hub) => applyAll(hub, dryRun ? count : forget));
      if (json) sayJson(applied);
      else
        applied.forEach(({ rule, keptDays, rows }) => {
          say(
            `${rule.padEnd(20)} ${String(keptDays).padStart(3)} days  ${counted(rows, 'row')}${dryRun ? ' would go' : ' forgotten'}`,
          );
        });
    });
}

async function applyAll(
  hub: OpenHub,
  apply: (hub: OpenHub, rule: RetentionRule) => Promise<number>,
): Promise<readonly Applied[]> {
  const applied: Applied[] = [];
  for (const rule of retentionRules)
    applied.push({ rule: rule.name, keptDays: rule.keptDays, rows: await apply(hub, rule) });
  return applied;
}

const count = ({ workerUnitOfWork: uow }: OpenHub, rule: RetentionRule): Promise<number> =>
  uow.look(HUB_VIEWER, (work) => countPast(work, rule));

async function forget({ workerUnitOfWork: uow }: OpenHub, rule: RetentionRule): Promise<number> {
  for (let forgotten = 0; ;) {
    const { rows, more } = await uow.run(HUB_VIEWER, (work) => forgetBatch(work, rule));
    forgotten += rows;
    if (!more) return forgotten;
  }
}
