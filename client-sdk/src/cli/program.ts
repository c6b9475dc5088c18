import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { addAccountCommands } from './account-commands.ts';
import { addFileCommands } from './write-commands.ts';
import { addInboxCommand } from './inbox-command.ts';
import { addImportCommands } from './import-commands.ts';
import { addExportCommands } from './export-commands.ts';
import { examples } from './lists.ts';
import { addPlanningCommands } from './planning-commands.ts';
import { addRegistryCommands, type Opening } from './registry-commands.ts';
import { openSession, type Surroundings } from './session.ts';
import { addSuggestionCommands } from './suggestion-commands.ts';

const AFTER = `
Environment:
  CONCORD_URL       the hub, unless --url says it
  CONCORD_API_KEY   the key, unless you have logged in
  CONCORD_ACTOR     for whom to act, unless --actor says it

Exit codes:
  0 done   1 fault   2 wrong usage or file   3 refused by the hub   4 not reachable, or not let in`;

/** The command line of a hub. */
export function createProgram(surroundings: Surroundings): Command {
  const open: Opening = (command) => openSession(command, surroundings);
  const program = new Command('concord')
    .description('Talks to a Concord hub: who does what, where and when, and what could be done together.')
    .version(packageJson.version)
    .option('--url <url>', 'the hub, such as https://hub.example.org')
    .option('--actor <id>', 'for whom to act, where you may for several')
    .option('--json', 'results as JSON, for scripts')
    .addHelpText('after', AFTER)
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help shows how it is used)')
    .configureOutput({
      writeOut: (text) => {
        surroundings.terminal.print(text.trimEnd());
      },
      writeErr: (text) => {
        surroundings.terminal.tell(text.trimEnd());
      },
    })
    .exitOverride();
  examples(program, 'concord login --url http://127.0.0.1:4000', 'concord suggestions --corridor rohingya_andaman');
  addAccountCommands(program, open, surroundings);
  addRegistryCommands(program, open);
  addSuggestionCommands(program, open);
  addInboxCommand(program, open);
  addFileCommands(program, open);
  addPlanningCommands(program, open);
  addImportCommands(program, open);
  addExportCommands(program, open);
  return program;
}
