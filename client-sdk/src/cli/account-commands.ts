import { isCancel, password } from '@clack/prompts';
import type { Command } from 'commander';
import { Concord } from '../index.ts';
import { examples } from './lists.ts';
import { loginFile, removeLogin, writeLogin } from './login-file.ts';
import { Refusal } from './refusal.ts';
import type { Opening } from './registry-commands.ts';
import type { Surroundings } from './session.ts';
import { tableOf } from './terminal.ts';

/** Commands about who is asking. */
export function addAccountCommands(program: Command, open: Opening, surroundings: Surroundings): void {
  const { environment, terminal, signal } = surroundings;

  examples(
    program
      .command('login')
      .description('keep a key for a hub, for your eyes only; it is asked for, or read from standard input')
      .action(async (_options: object, command: Command) => {
        const url = command.optsWithGlobals<{ url?: string }>().url ?? environment['CONCORD_URL'];
        if (url === undefined) throw new Refusal('Which hub? Say it by --url or CONCORD_URL.');
        const apiKey = await askForKey(surroundings);
        const { label, role, actor } = await new Concord({ url, apiKey }).viewer({ signal });
        const file = loginFile(environment);
        await writeLogin(file, { url, apiKey });
        terminal.tell(
          `Logged in as ${role}${actor ? ` of ${actor.name}` : ''} with the key "${label}", kept in ${file}.`,
        );
      }),
    'concord login --url https://hub.example.org',
    'concord login --url http://127.0.0.1:4000 < key.txt',
  );

  program
    .command('logout')
    .description('forget the key that was kept')
    .action(async () => {
      await removeLogin(loginFile(environment));
    });

  examples(
    program
      .command('whoami')
      .description('who is asking, and for whom')
      .action(async (_options: object, command: Command) => {
        const { hub, isJson } = await open(command);
        const viewer = await hub.viewer({ signal });
        if (isJson) {
          terminal.print(JSON.stringify(viewer, null, 2));
          return;
        }
        const { label, role, scopes, actor } = viewer;
        const row = [role, scopes.join(' '), actor?.id ?? '', actor?.name ?? '', label];
        terminal.print(tableOf(terminal, ['ROLE', 'SCOPES', 'ACTOR', 'NAME', 'KEY'], [row]));
      }),
    'concord whoami --json',
  );
}

/** Never an argument: those are seen by everybody on the machine, and kept by the shell. */
async function askForKey({ terminal, readInput }: Surroundings): Promise<string> {
  const text = terminal.isInteractive
    ? await password({ message: 'Key (ccd_…)', output: process.stderr })
    : await readInput();
  const key = isCancel(text) ? '' : text.trim();
  if (key === '') throw new Refusal('No key was given.');
  return key;
}
