import { Command } from 'commander';
import { type OpenHub, openHub } from '../open-hub.ts';
import { addAudit } from './audit.ts';
import { addCoordinator } from './coordinator.ts';
import { addJobs } from './jobs.ts';
import { addPepper } from './pepper.ts';
import { addReconcile } from './reconcile.ts';
import { addRetention } from './retention.ts';

/** How commands reach the hub; tests pass their own. */
export type Opening = () => Promise<OpenHub>;

/** Everything that an operator can ask for, each command in a file of its own. */
export function adminCommand(open: Opening = openHub): Command {
  const program = new Command('concord-admin')
    .description('Operates a Concord hub: the one that runs on the data folder, or the one that DATABASE_URL names.')
    .addHelpText(
      'after',
      '\nIt reads the same variables as the hub (.env.example) and may be used while the hub runs.\nExit codes: 0 done, 1 not done or something is wrong; the reason is on standard error.',
    );
  for (const add of [addCoordinator, addPepper, addJobs, addReconcile, addAudit, addRetention]) add(program, open);
  return program;
}
