import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import type { ExportedFile, ExportFormat, ExportList } from '../index.ts';
import { examples } from './lists.ts';
import { readInputFile } from './read-input.ts';
import { EXIT, Refusal } from './refusal.ts';
import type { Opening } from './registry-commands.ts';
import type { Session } from './session.ts';

const LISTS: readonly ExportList[] = ['actors', 'programmes', 'campaigns', 'calendar', 'overlaps', 'suggestions'];
const FORMATS: readonly ExportFormat[] = ['csv', 'xlsx', 'iati', 'geojson', 'jsonld'];
const BRIEF_FORMATS = ['md', 'html'] as const;

interface ExportOptions {
  readonly format?: ExportFormat | (typeof BRIEF_FORMATS)[number];
  readonly filter?: string;
  readonly corridor?: string;
  readonly out?: string;
}

/** Commands that take something out of a hub as a file. */
export function addExportCommands(program: Command, open: Opening): void {
  examples(
    program
      .command('export')
      .argument('<list>', `${LISTS.join(', ')} or brief`)
      .description('takes out a whole list, or a brief about a corridor, as a file')
      .addOption(
        new Option('--format <name>', 'csv, or md of a brief, unless you say').choices([...FORMATS, ...BRIEF_FORMATS]),
      )
      .option('--filter <json>', 'a filter as in GraphQL, or @ and a file that holds one')
      .option('--corridor <code>', 'what a brief is about')
      .option('--out <file>', 'where to; else what the hub calls it, here')
      .action(async (list: string, options: ExportOptions, command: Command) => {
        const session = await open(command);
        const file = await begin(session, list, options);
        const path = options.out ?? file.fileName;
        await write(file, path, session.signal);
        const { rows, sensitivity } = file;
        const counted = rows === null ? '' : `${String(rows)} ${rows === 1 ? 'record' : 'records'}, `;
        if (session.isJson) session.terminal.print(JSON.stringify({ file: path, rows, sensitivity }));
        else session.terminal.print(`${path}: ${counted}sensitivity ${sensitivity}`);
      }),
    'concord export programmes --format xlsx',
    `concord export calendar --filter '{"countries":["BD"]}' --out bd.csv`,
    'concord export brief --corridor rohingya_andaman --format html',
  );
}

async function begin(session: Session, list: string, options: ExportOptions): Promise<ExportedFile> {
  const { hub, signal } = session;
  const { format } = options;
  if (list === 'brief') {
    if (options.corridor === undefined) throw new Refusal('A brief about which corridor? Say --corridor and its code.');
    const wanted = BRIEF_FORMATS.find((known) => known === (format ?? 'md'));
    if (wanted === undefined) throw new Refusal(`A brief is written as ${BRIEF_FORMATS.join(' or ')}.`);
    return hub.exports.brief(options.corridor, wanted, { signal });
  }
  const known = LISTS.find((one) => one === list);
  const wanted = FORMATS.find((one) => one === (format ?? 'csv'));
  if (known === undefined) throw new Refusal(`There is no list ${list}: say ${LISTS.join(', ')} or brief.`);
  if (wanted === undefined) throw new Refusal(`A list is written as ${FORMATS.join(', ')}.`);
  return hub.exports.open(known, wanted, { filter: await filterOf(options.filter, session), signal });
}

/** @throws {Refusal} when it is no object */
async function filterOf(written: string | undefined, session: Session): Promise<object | undefined> {
  if (written === undefined) return undefined;
  const filter = written.startsWith('@') ? await readInputFile(written.slice(1), session) : parsed(written);
  if (typeof filter === 'object' && filter !== null) return filter;
  throw new Refusal(`--filter: expected a JSON object such as '{"countries":["BD"]}'.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Under its name there is a file only when all of it came. */
async function write({ body }: ExportedFile, path: string, signal: AbortSignal): Promise<void> {
  const part = `${path}.part`;
  try {
    await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(part), {
      signal,
    });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    signal.throwIfAborted();
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') {
      throw new Refusal(`${path} cannot be written: ${code}.`);
    }
    throw new Refusal('The file broke off before its end. Try again.', EXIT.unreachable);
  }
}
