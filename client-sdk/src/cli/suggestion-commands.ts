import type { Command } from 'commander';
import type { Suggestion, SuggestionKind, SuggestionStatus } from '../index.ts';
import { days, examples, firstFor, limitOption, share, showList } from './lists.ts';
import { kindOption, listed, type Opening } from './registry-commands.ts';
import { Option } from 'commander';

interface Options {
  readonly limit: number;
  readonly corridor?: string;
  readonly country?: string;
  readonly kind?: SuggestionKind;
  readonly status?: SuggestionStatus;
  readonly toMe?: true;
}

const KINDS: readonly SuggestionKind[] = [
  'ALIGN_DATES',
  'AVOID_DUPLICATION',
  'FILL_GAP',
  'JOINT_CAMPAIGN',
  'LEVERAGE_CHANNEL',
  'REPLICATE_PRACTICE',
  'RESOLVE_CONTRADICTION',
];
const STATUSES: readonly SuggestionStatus[] = ['OPEN', 'AGREED', 'DISMISSED', 'EXPIRED', 'LAPSED'];

/** Commands about what could be done together. */
export function addSuggestionCommands(program: Command, open: Opening): void {
  examples(
    program
      .command('suggestions')
      .description('what could be done together, the best first')
      .option('--corridor <code>', 'on this corridor')
      .option('--country <code>', 'in this country (ISO 3166-1 alpha-2)')
      .option('--to-me', 'with your actor among the participants')
      .addOption(kindOption(KINDS))
      .addOption(new Option('--status <status>', 'whatever became of them, or only these').choices(STATUSES))
      .addOption(limitOption())
      .action(async ({ limit, corridor, country, kind, status, toMe }: Options, command: Command) => {
        const session = await open(command);
        const filter = {
          corridor,
          country,
          addressedToMe: toMe,
          ...listed('kinds', kind),
          ...listed('statuses', status),
        };
        await showList(session, session.hub.suggestions.list({ first: firstFor(limit), filter }), limit, [
          ['ID', ({ id }) => id],
          ['KIND', ({ kind: found }) => found],
          ['STATUS', ({ status: found }) => found],
          ['SCORE', ({ score }) => share(score)],
          ['WINDOW', ({ window }) => days(window)],
          ['', ({ title }) => title],
        ]);
      }),
    'concord suggestions --corridor rohingya_andaman',
    'concord suggestions --to-me --status OPEN --json',
  );

  examples(
    program
      .command('watch')
      .description('suggestions as they are made and change, until Ctrl-C; outlives broken lines')
      .option('--corridor <code>', 'only on this corridor')
      .option('--to-me', 'only with your actor among the participants')
      .action(async ({ corridor, toMe }: Options, command: Command) => {
        const { hub, terminal, signal, isJson } = await open(command);
        const onLine = (isOpen: boolean): void => {
          terminal.tell(isOpen ? 'Watching …' : 'The line is lost; trying again …');
        };
        try {
          for await (const suggestion of hub.suggestions.watch({ corridor, addressedToMe: toMe, onLine, signal })) {
            terminal.print(isJson ? JSON.stringify(suggestion) : sentenceOf(suggestion));
          }
        } catch (error) {
          if (!signal.aborted) throw error;
        }
      }),
    'concord watch --to-me',
    'concord watch --corridor rohingya_andaman --json | jq .title',
  );
}

function sentenceOf({ kind, status, explanation }: Suggestion): string {
  return `${kind} ${status}: ${explanation}`;
}
