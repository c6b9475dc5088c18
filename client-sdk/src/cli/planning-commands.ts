import type { Command } from 'commander';
import type { Gap } from '../index.ts';
import { codes, examples, firstFor, limitOption, share, showList } from './lists.ts';
import { Refusal } from './refusal.ts';
import type { Opening } from './registry-commands.ts';

interface GapOptions {
  readonly limit: number;
  readonly corridor?: string;
  readonly country?: string;
}

/** Commands for whoever decides what to do next. */
export function addPlanningCommands(program: Command, open: Opening): void {
  examples(
    program
      .command('gaps')
      .description('what people need to know and nobody tells them, the most needed first')
      .option('--corridor <code>', 'on this corridor')
      .option('--country <code>', 'in this country (ISO 3166-1 alpha-2)')
      .addOption(limitOption())
      .action(async ({ limit, corridor, country }: GapOptions, command: Command) => {
        if (corridor === undefined && country === undefined) throw new Refusal('Where? Say --corridor or --country.');
        const session = await open(command);
        await showList(session, session.hub.gaps({ corridor, country }, { first: firstFor(limit) }), limit, [
          ['QUARTER', quarterOf],
          ['SCORE', ({ score }) => share(score)],
          ['CORRIDOR', (gap) => gap.corridor.code],
          ['AUDIENCE', ({ audience }) => audience.code],
          ['THEME', ({ theme }) => theme.code],
          ['COUNTRIES', ({ countries }) => codes(countries)],
          ['SUGGESTION', ({ suggestion }) => suggestion?.id ?? ''],
          ['NOT USED', ({ missingChannels, missingLanguages }) => codes([...missingChannels, ...missingLanguages])],
        ]);
      }),
    'concord gaps --corridor rohingya_andaman',
    'concord gaps --country BD --json',
  );

  examples(
    program
      .command('brief')
      .argument('<corridor>', 'its code')
      .description('what is known of a corridor and planned on it, in Markdown')
      .action(async (corridor: string, _options: object, command: Command) => {
        const { hub, terminal, isJson, signal } = await open(command);
        const brief = await hub.brief(corridor, { signal });
        terminal.print(isJson ? JSON.stringify(brief, null, 2) : brief.text.trimEnd());
      }),
    'concord brief rohingya_andaman > brief.md',
  );
}

/** `2027-Q1`. */
function quarterOf({ quarter: { year, quarter } }: Gap): string {
  return `${String(year)}-Q${String(quarter)}`;
}
