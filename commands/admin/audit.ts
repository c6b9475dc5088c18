import type { Command } from 'commander';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { isWhole, sayAudit } from '../../core/audit/say-audit.ts';
import { ROWS_PER_SEAL, sealWaiting } from '../../core/audit/sealing.ts';
import { verifyAudit } from '../../core/audit/verify.ts';
import type { Opening } from './program.ts';
import { withHub } from './with-hub.ts';

/** Exit code 1 when the audit was changed or is not being sealed. */
export function addAudit(program: Command, open: Opening): void {
  program
    .command('verify-audit')
    .description('Computes the chain of the audit anew and names the first seal and row that are not what was sealed.')
    .option('--json', 'the whole report as JSON instead of a line')
    .option('--remember <hash>', 'a hash it printed earlier: fail when the chain does not have it any more')
    .addHelpText(
      'after',
      '\nKeep the hash it prints where the database cannot reach it: only so can you tell that the end of the chain was cut off.',
    )
    .action(async ({ json, remember }: { readonly json?: true; readonly remember?: string }) => {
      const report = await withHub(open, async ({ workerUnitOfWork: uow }) => {
        // After a hub was down rows may wait that nobody could seal yet.
        while ((await uow.run(HUB_VIEWER, (work) => sealWaiting(work))) === ROWS_PER_SEAL);
        return uow.look(HUB_VIEWER, (work) => verifyAudit(work, remember ?? null));
      });
      process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : sayAudit(report));
      if (!isWhole(report)) process.exitCode = 1;
    });
}
