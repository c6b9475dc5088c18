import { type Command, Option } from 'commander';
import type { OverlapKind } from '../index.ts';
import { codes, days, examples, firstFor, limitOption, share, showList } from './lists.ts';
import type { Session } from './session.ts';

interface ListOptions {
  readonly limit: number;
  readonly search?: string;
  readonly country?: string;
  readonly corridor?: string;
  readonly kind?: string;
}

interface OverlapOptions {
  readonly of?: string;
  readonly kind?: OverlapKind;
}

/** Opens a session for a command that is about to run. */
export type Opening = (command: Command) => Promise<Session>;

/** Commands that list what is registered and found. */
export function addRegistryCommands(program: Command, open: Opening): void {
  examples(
    program
      .command('actors')
      .description('who is registered')
      .option('--search <text>', 'part of a name')
      .option('--country <code>', 'based in this country (ISO 3166-1 alpha-2)')
      .option('--kind <code>', 'of this kind, such as national_ngo')
      .addOption(limitOption())
      .action(async ({ limit, search, country, kind }: ListOptions, command: Command) => {
        const session = await open(command);
        const filter = { search, ...listed('countries', country), ...listed('kinds', kind) };
        await showList(session, session.hub.actors.list({ first: firstFor(limit), filter }), limit, [
          ['ID', ({ id }) => id],
          ['KIND', ({ kind: { code } }) => code],
          ['VETTING', ({ vetting }) => vetting],
          ['BASED IN', ({ basedIn }) => codes(basedIn)],
          ['NAME', ({ name }) => name],
        ]);
      }),
    'concord actors --search radio',
    'concord actors --country BD --json',
  );

  examples(
    program
      .command('programmes')
      .description('standing work')
      .option('--search <text>', 'part of a name')
      .option('--country <code>', 'in this country (ISO 3166-1 alpha-2)')
      .option('--corridor <code>', 'on this corridor')
      .addOption(limitOption())
      .action(async ({ limit, search, country, corridor }: ListOptions, command: Command) => {
        const session = await open(command);
        const filter = { search, ...listed('countries', country), ...listed('corridors', corridor) };
        await showList(session, session.hub.programmes.list({ first: firstFor(limit), filter }), limit, [
          ['ID', ({ id }) => id],
          ['STATUS', ({ status }) => status],
          ['PLACES', ({ footprint }) => codes(footprint.places)],
          ['DAYS', ({ footprint }) => days(footprint.days)],
          ['OWNER', ({ owner }) => owner.name],
          ['NAME', ({ name }) => name],
        ]);
      }),
    'concord programmes --corridor rohingya_andaman',
    'concord programmes --country MY --limit 200 --json',
  );

  examples(
    program
      .command('calendar')
      .description('what happens in some days')
      .requiredOption('--from <day>', 'the first day, such as 2026-03-01')
      .requiredOption('--to <day>', 'the last day')
      .option('--country <code>', 'in this country (ISO 3166-1 alpha-2)')
      .option('--corridor <code>', 'on this corridor')
      .addOption(limitOption())
      .action(async (options: ListOptions & { from: string; to: string }, command: Command) => {
        const session = await open(command);
        const { limit, from, to, country, corridor } = options;
        const filter = { ...listed('countries', country), ...listed('corridors', corridor) };
        const entries = session.hub.calendar.between(from, to, { first: firstFor(limit), filter });
        await showList(session, entries, limit, [
          ['DAYS', ({ footprint }) => days(footprint.days)],
          ['KIND', ({ kind }) => kind],
          ['STATUS', ({ status }) => status],
          ['PLACES', ({ footprint }) => codes(footprint.places)],
          ['OWNER', ({ owner }) => owner.name],
          ['NAME', ({ name }) => name],
        ]);
      }),
    'concord calendar --from 2026-03-01 --to 2026-03-31 --country MY',
  );

  examples(
    program
      .command('overlaps')
      .description('where the work of different actors meets, the strongest first')
      .option('--of <id>', 'of this actor, programme, campaign or calendar entry')
      .option('--corridor <code>', 'both on this corridor')
      .option('--country <code>', 'both in this country')
      .addOption(kindOption(['COMPLEMENT', 'CO_PRESENCE', 'DUPLICATION', 'LEVERAGE', 'REINFORCEMENT']))
      .addOption(limitOption())
      .action(async (options: Omit<ListOptions, 'kind'> & OverlapOptions, command: Command) => {
        const session = await open(command);
        const { limit, of, corridor, country, kind } = options;
        const filter = { of, corridor, country, ...listed('kinds', kind) };
        await showList(session, session.hub.overlaps.list({ first: firstFor(limit), filter }), limit, [
          ['ID', ({ id }) => id],
          ['KIND', ({ kind: found }) => found],
          ['STRENGTH', ({ strength }) => share(strength)],
          ['DAYS', (overlap) => days(overlap.days)],
          ['', ({ explanation }) => explanation],
        ]);
      }),
    'concord overlaps --corridor rohingya_andaman --kind COMPLEMENT',
    'concord overlaps --of prg_… --json',
  );
}

/** `--kind`, one of some values. */
export function kindOption(kinds: readonly string[]): Option {
  return new Option('--kind <kind>', 'of this kind').choices(kinds);
}

/** A filter that takes a list, from an option that takes one value. */
export function listed<Name extends string, T>(name: Name, value: T | undefined): { readonly [N in Name]?: T[] } {
  return value === undefined ? {} : ({ [name]: [value] } as { readonly [N in Name]?: T[] });
}
