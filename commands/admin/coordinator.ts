import type { Command } from 'commander';
import { createCoordinator } from '../../core/access/first-coordinator.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { PlainError } from '../../platform/plain-error.ts';
import type { Opening } from './program.ts';
import { counted, say, withHub } from './with-hub.ts';

export function addCoordinator(program: Command, open: Opening): void {
  program
    .command('create-coordinator')
    .description(
      'Issues the first coordinator’s key, prints it once on standard output, and refuses where a coordinator exists.',
    )
    .option('--label <text>', 'what the key is called in lists', 'First coordinator')
    .option('--another', 'issue one although there is a coordinator, such as when the only key was lost')
    .action(async ({ label, another = false }: { readonly label: string; readonly another?: boolean }) => {
      const created = await withHub(open, ({ services: { unitOfWork, access } }) =>
        unitOfWork.run(HUB_VIEWER, (work) => createCoordinator(work, access, { label, another })),
      );
      if (created.kind === 'exists')
        throw new PlainError(
          `No key was issued: this hub has ${counted(created.coordinators, 'coordinator')} already (keys and memberships). ` +
            'Ask one of them to let you in (issueApiKey, grantMembership), or give --another; the audit will tell.',
        );
      say(created.text);
      process.stderr.write(
        `This is the key of a coordinator (${created.id}). It is shown only now, and ends on ${created.expiresAt.slice(0, 10)}.\n`,
      );
    });
}
