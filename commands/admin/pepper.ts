import type { Command } from 'commander';
import { type PepperUse, readPepperUse, retirePeppers, rotatePepper } from '../../core/access/rotate-pepper.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { PlainError } from '../../platform/plain-error.ts';
import type { OpenHub } from '../open-hub.ts';
import type { Opening } from './program.ts';
import { counted, say, sayJson, withHub } from './with-hub.ts';

export function addPepper(program: Command, open: Opening): void {
  const pepper = program.command('pepper').description('The secret with which keys are hashed: `secrets/peppers`.');
  pepper
    .command('status', { isDefault: true })
    .description('Which pepper hashes how many living keys and feeds.')
    .option('--json', 'as JSON')
    .action(async ({ json }: { readonly json?: true }) => {
      const use = await withHub(open, readUse);
      if (json) sayJson(use);
      else
        use.forEach((one) => {
          say(line(one));
        });
    });
  pepper
    .command('rotate')
    .description('Begins a new pepper. Every key and feed goes on; each is hashed anew when it is next used.')
    .action(async () => {
      const rotation = await withHub(open, ({ services: { unitOfWork }, secretsFolder }) =>
        unitOfWork.run(HUB_VIEWER, (work) => rotatePepper(work, secretsFolder, systemRandomness)),
      );
      say(
        rotation.kind === 'rotated'
          ? `Pepper ${rotation.pepper} is the current one. Running processes take it up within seconds.`
          : `The rotation to pepper ${rotation.pepper}, which was begun before, is complete. No other was begun.`,
      );
      say(
        'Back up secrets/peppers now, and copy it to every machine that has a secrets folder of its own. When `concord-admin pepper` shows no use of the old ones, end them: `concord-admin pepper retire`.',
      );
    });
  pepper
    .command('retire')
    .description('Ends every pepper but the current one. Refused while keys or feeds still need them.')
    .option(
      '--anyway',
      'end them although keys and feeds that were not used since stop working, such as when a pepper leaked',
    )
    .action(async ({ anyway = false }: { readonly anyway?: boolean }) => {
      const ended = await withHub(open, ({ services: { unitOfWork }, secretsFolder }) =>
        unitOfWork.run(HUB_VIEWER, (work) => retirePeppers(work, secretsFolder, anyway)),
      );
      if (ended.kind === 'in-use')
        throw new PlainError(
          `Nothing was ended: ${counted(ended.keys, 'key')} and ${counted(ended.feeds, 'calendar feed')} were not used since the rotation. ` +
            'Wait until they are, revoke what nobody uses, or give --anyway and issue new ones.',
        );
      say(
        ended.kind === 'retired'
          ? `Ended: ${ended.peppers.join(', ')}. ${counted(ended.keys, 'key')} and ${counted(ended.feeds, 'calendar feed')} stopped working.`
          : 'There is only one pepper: nothing to end.',
      );
    });
}

function readUse({ services: { unitOfWork }, secretsFolder }: OpenHub): Promise<readonly PepperUse[]> {
  return unitOfWork.look(HUB_VIEWER, (work) => readPepperUse(work, secretsFolder));
}

const line = ({ id, current, keys, feeds }: PepperUse): string =>
  `${id.padEnd(10)} ${counted(keys, 'key')}, ${counted(feeds, 'calendar feed')}${current ? ' (current)' : ''}`;
