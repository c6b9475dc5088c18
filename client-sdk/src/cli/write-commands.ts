import type { Command } from 'commander';
import { type FootprintInput, type OverlapPreview, type RegisterProgrammeInput, type RowVerdict } from '../index.ts';
import { asTable, days, examples, share } from './lists.ts';
import { progressBar } from './progress-bar.ts';
import { readInputFile } from './read-input.ts';
import { EXIT, Refusal } from './refusal.ts';
import type { Opening } from './registry-commands.ts';
import type { Session } from './session.ts';

/** Commands that take a file. */
export function addFileCommands(program: Command, open: Opening): void {
  examples(
    program
      .command('preview')
      .argument('<file>', 'a footprint (YAML or JSON; - is standard input)')
      .description('what something not yet registered would overlap with; nothing is written')
      .action(async (file: string, _options: object, command: Command) => {
        const session = await open(command);
        const { hub, terminal, isJson, signal } = session;
        const read = recordIn(file, await readInputFile(file, session));
        // A whole programme will do, too.
        const footprint = ('footprint' in read ? read['footprint'] : read) as FootprintInput;
        const previews = await hub.preview(footprint, { signal });
        if (isJson) terminal.print(JSON.stringify(previews, null, 2));
        else if (previews.length === 0) terminal.tell('It would overlap with nothing that you may know of.');
        else {
          const columns = [
            ['KIND', ({ kind }: OverlapPreview) => kind],
            ['STRENGTH', ({ strength }: OverlapPreview) => share(strength)],
            ['DAYS', (preview: OverlapPreview) => days(preview.days)],
            ['', ({ explanation }: OverlapPreview) => explanation],
          ] as const;
          terminal.print(asTable(terminal, columns, previews));
        }
      }),
    'concord preview footprint.json',
    "echo '{ places: [BD-10], themes: [people_smuggling], days: { start: 2026-03-01 } }' | concord preview -",
  );

  examples(
    program
      .command('register')
      .argument('<file>', 'a programme or a list of them (YAML or JSON; - is standard input)')
      .description('register programmes, and say of each what became of it')
      .option('--upsert', 'revise those that have your identifier already')
      .action(async (file: string, { upsert }: { upsert?: true }, command: Command) => {
        const session = await open(command);
        const read = await readInputFile(file, session);
        const rows = (Array.isArray(read) ? read : [read]).map((row) => recordIn(file, row));
        const bar = progressBar(session.terminal, 'Registering', rows.length);
        const verdicts = await session.hub.programmes.registerMany(rows as unknown as RegisterProgrammeInput[], {
          upsert,
          signal: session.signal,
          onProgress: ({ done }) => {
            bar.show(done);
          },
        });
        bar.end();
        showVerdicts(session, verdicts);
      }),
    'concord register programme.yaml',
    'concord register programmes.json --upsert --json',
  );
}

/** Shows what became of each row. @throws {Refusal} unless all were saved */
function showVerdicts({ terminal, isJson }: Session, verdicts: readonly RowVerdict[]): void {
  if (isJson) terminal.print(JSON.stringify(verdicts.map(asJson), null, 2));
  else {
    const columns = [
      ['ROW', ({ index }: RowVerdict) => String(index + 1)],
      ['VERDICT', ({ kind }: RowVerdict) => kind],
      ['NAME', ({ row }: RowVerdict) => row.name],
      ['', reasonOf],
    ] as const;
    terminal.print(asTable(terminal, columns, verdicts));
  }
  const lost = verdicts.filter(({ kind }) => kind !== 'saved').length;
  if (lost === 0) return;
  const isUnreachable = verdicts.every((verdict) => verdict.kind !== 'refused' && !isProtocol(verdict));
  throw new Refusal(
    `${String(lost)} of ${String(verdicts.length)} were not registered.`,
    isUnreachable ? EXIT.unreachable : EXIT.refused,
  );
}

function asJson(verdict: RowVerdict): object {
  return verdict.kind === 'failed' ? { ...verdict, error: verdict.error.message } : verdict;
}

function reasonOf(verdict: RowVerdict): string {
  switch (verdict.kind) {
    case 'saved':
      return verdict.programme.id;
    case 'refused': {
      const { problem } = verdict;
      if (problem.__typename !== 'InvalidInput') return problem.message;
      return problem.issues.map(({ path, message }) => `${path}: ${message}`).join('\n');
    }
    case 'failed':
      return verdict.error.message;
  }
}

function isProtocol(verdict: RowVerdict): boolean {
  return verdict.kind === 'failed' && verdict.error.name === 'ConcordProtocolError';
}

/** What the hub will look at field by field. @throws {Refusal} when it is a list, a text, or nothing */
function recordIn(file: string, read: unknown): Record<string, unknown> {
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Record<string, unknown>;
  throw new Refusal(`${file}: expected a record with fields, found ${JSON.stringify(read)}.`);
}
