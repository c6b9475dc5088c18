import type { Command } from 'commander';
import { examples, firstFor, limitOption, showList } from './lists.ts';
import type { Opening } from './registry-commands.ts';

/** The hub marks no more at a time. */
const AT_ONCE = 100;

interface Options {
  readonly limit: number;
  readonly all?: true;
  readonly markRead?: true;
}

/** `concord inbox`. */
export function addInboxCommand(program: Command, open: Opening): void {
  examples(
    program
      .command('inbox')
      .description('what your actor should know and has not read, the latest first')
      .option('--all', 'what is read, too')
      .option('--mark-read', 'what is shown counts as read from now on, for all who act for your actor')
      .addOption(limitOption())
      .action(async ({ limit, all, markRead }: Options, command: Command) => {
        const session = await open(command);
        const { hub, terminal, signal } = session;
        const filter = all ? {} : { unread: true };
        const shown = await showList(
          session,
          hub.notifications.list({ first: firstFor(limit), filter, signal }),
          limit,
          [
            ['DAY', ({ createdAt }) => createdAt.slice(0, 10)],
            ['KIND', ({ kind }) => kind],
            ['ABOUT', ({ subject }) => subject.id],
            ['', ({ sentence }) => sentence],
          ],
        );
        if (!markRead) return;
        const ids = shown.filter(({ readAt }) => readAt === null).map(({ id }) => id);
        // Those that were not shown stay unread, however old.
        for (let at = 0; at < ids.length; at += AT_ONCE) {
          await hub.notifications.markRead(ids.slice(at, at + AT_ONCE), { signal });
        }
        terminal.tell(`${String(ids.length)} marked as read.`);
      }),
    'concord inbox',
    'concord inbox --mark-read',
    'concord inbox --all --json | jq .[].sentence',
  );
}
