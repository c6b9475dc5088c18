import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { ImportItem, ImportRun, ImportSettings } from '../index.ts';
import { asTable, examples } from './lists.ts';
import { progressBar } from './progress-bar.ts';
import { readInputFile } from './read-input.ts';
import { EXIT, Refusal } from './refusal.ts';
import type { Opening } from './registry-commands.ts';
import type { Session } from './session.ts';

interface Options {
  readonly dryRun?: true;
  readonly period?: { readonly start: string; readonly end: string };
  readonly country?: string;
  /** A file. */
  readonly mapping?: string;
  readonly vouch?: true;
}

/** Remarks shown for people; `--json` has the counts, and the hub all of them. */
const SHOWN = 20;

/** Commands that bring files into the hub, and take that back. */
export function addImportCommands(program: Command, open: Opening): void {
  examples(
    program
      .command('import')
      .argument('<file>', 'a sheet, an IATI file or a calendar')
      .description('bring a file into the hub: all of it or nothing, and every row accounted for')
      .option('--dry-run', 'say what would happen, and write nothing')
      .option('--period <days>', 'the days of rows that state none, such as 2015-03-13/2015-06-30', readPeriod)
      .option('--country <code>', 'where places lie that are named without a country, such as VU')
      .option('--mapping <file>', 'how to understand its columns (YAML or JSON)')
      .option('--vouch', 'coordinators: verify the organisations whose records it brings')
      .action(async (file: string, options: Options, command: Command) => {
        const session = await open(command);
        const run = await bring(session, file, options);
        await show(session, run, options.dryRun === true);
      }),
    'concord import plan.xml --dry-run',
    'concord import 3w.csv --country VU --period 2015-03-13/2015-06-30 --json',
  );

  examples(
    program
      .command('roll-back')
      .argument('<import>', 'its id, as concord import shows it')
      .description('take an import back, as far as nobody has changed what it wrote')
      .action(async (id: string, _options: object, command: Command) => {
        const session = await open(command);
        const { hub, terminal, isJson, signal } = session;
        const run = await hub.imports.get(id, { signal });
        if (run === null) throw new Refusal(`There is no import ${id} of yours.`, EXIT.refused);
        const back = await waitFor(session, 'Rolling back', await hub.imports.rollBack(run, { signal }));
        if (back.state !== 'ROLLED_BACK') throw new Refusal(back.failure ?? `It is ${back.state} again.`, EXIT.fault);
        const kept: ImportItem[] = [];
        for await (const item of hub.imports.items(id, { signal })) if (item.undone === 'KEPT') kept.push(item);
        if (isJson) terminal.print(JSON.stringify({ id, kept }, null, 2));
        else {
          const columns = [
            ['KEPT', ({ name }: ImportItem) => name ?? ''],
            ['', ({ undoneBecause }: ImportItem) => undoneBecause ?? ''],
          ] as const;
          terminal.tell(`${back.fileName} is rolled back.`);
          if (kept.length > 0) terminal.print(asTable(terminal, columns, kept));
        }
      }),
    'concord roll-back imp_4NqDfZTL6cY2cvrbTRRAZ8',
  );
}

async function bring(session: Session, file: string, options: Options): Promise<ImportRun> {
  const { hub, signal } = session;
  const content = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(`${file} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`);
  });
  const started = await hub.imports.start(
    { name: basename(file), content: new Uint8Array(content) },
    { ...(await settingsOf(session, options)), signal },
  );
  const read = expectNoFailure(await waitFor(session, 'Reading', started));
  if (options.dryRun === true) return read;
  return expectNoFailure(await waitFor(session, 'Writing', await hub.imports.apply(read, { signal })));
}

async function settingsOf(session: Session, { period, country, mapping, vouch }: Options): Promise<ImportSettings> {
  const read = mapping === undefined ? undefined : await readInputFile(mapping, session);
  if (read !== undefined && (typeof read !== 'object' || read === null || Array.isArray(read)))
    throw new Refusal(`${String(mapping)}: expected a record with fields.`);
  return { period, country, vouch, mapping: read as ImportSettings['mapping'] };
}

async function waitFor({ hub, terminal, signal }: Session, title: string, run: ImportRun): Promise<ImportRun> {
  let bar: ReturnType<typeof progressBar> | undefined;
  const settled = await hub.imports.settled(run, {
    signal,
    onProgress: ({ progress: { done, total } }) => {
      if (total > 0) bar ??= progressBar(terminal, title, total);
      bar?.show(done);
    },
  });
  bar?.end();
  return settled;
}

/** @throws {Refusal} with the hub's reason */
function expectNoFailure(run: ImportRun): ImportRun {
  if (run.state === 'FAILED') throw new Refusal(run.failure ?? 'It failed.', EXIT.refused);
  return run;
}

async function show(session: Session, run: ImportRun, isDryRun: boolean): Promise<void> {
  const { hub, terminal, isJson, signal } = session;
  const { id, fileName, format, state, counts } = run;
  if (isJson) {
    terminal.print(JSON.stringify({ id, fileName, format, state, dryRun: isDryRun, ...counts }, null, 2));
    return;
  }
  const { rows = 0, distinct = 0, records = 0, registered = 0, ...became } = counts ?? {};
  const said = Object.entries(became).map(([outcome, count]) => `${String(count)} ${outcome}`);
  terminal.print(
    `${fileName}: ${String(rows)} rows, ${String(distinct)} of them different, say ${String(records)} things: ${said.join(', ')}`,
  );
  if (registered > 0) terminal.print(`${String(registered)} organisations are new in the hub.`);
  const remarks: ImportItem['remarks'][number][] = [];
  let more = 0;
  for await (const item of hub.imports.items(id, { filter: { withRemarks: true }, signal })) {
    more += Math.max(0, remarks.length + item.remarks.length - SHOWN);
    remarks.push(...item.remarks.slice(0, Math.max(0, SHOWN - remarks.length)));
    if (remarks.length >= SHOWN) break;
  }
  if (remarks.length > 0) terminal.print(asTable(terminal, REMARKS, remarks));
  if (more > 0) terminal.tell('And more: look at the items of the import.');
  if (isDryRun) terminal.tell('This was a dry run: nothing was written.');
  else if ((counts?.created ?? 0) + (counts?.changed ?? 0) > 0)
    terminal.tell(`To take it back: concord roll-back ${id}`);
  else terminal.tell('Nothing was written.');
}

const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

type Remark = ImportItem['remarks'][number];

const REMARKS = [
  ['ROW', ({ row }: Remark) => String(row)],
  ['COLUMN', ({ column }: Remark) => column ?? ''],
  ['', ({ severity }: Remark) => severity],
  ['VALUE', ({ value }: Remark) => value ?? ''],
  ['WHY', ({ reason, suggestion }: Remark) => (suggestion === null ? reason : `${sentence(reason)} ${suggestion}`)],
] as const;

function readPeriod(text: string): { start: string; end: string } {
  const [, start, end] = /^(\d{4}-\d{2}-\d{2})\/(\d{4}-\d{2}-\d{2})$/.exec(text) ?? [];
  if (start === undefined || end === undefined)
    throw new InvalidArgumentError('Two days, such as 2015-03-13/2015-06-30.');
  return { start, end };
}
