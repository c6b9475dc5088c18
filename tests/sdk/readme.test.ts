import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Concord, type Suggestion } from '@concord/client-sdk';
import { epochDay, formatCalendarDate } from '../../engine/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

const README = 'client-sdk/README.md';

let hub: WorkingHub;
let folder: string;
let example: string;

beforeAll(async () => {
  hub = await workingHub();
  process.env['CONCORD_URL'] = hub.url;
  process.env['CONCORD_API_KEY'] = await keyOfWhoeverIsInvited();
  // Inside the project, so that its packages are found.
  folder = await mkdtemp(join(process.cwd(), 'tests/sdk/.readme-'));
  example = join(folder, 'readme.ts');
  await writeFile(example, asOneModule(blocksOf(await readFile(README, 'utf8'))));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await hub.close();
});

/** Somebody like the reader, to whom a joint campaign with another was suggested, who wants it, and whom the other has invited. */
async function keyOfWhoeverIsInvited(): Promise<string> {
  const window = { start: day(0), end: day(29) };
  const plan = async (name: string, place: string): Promise<{ key: string; client: Concord }> => {
    const { key } = await hub.as('editor', await hub.actor({ name }));
    const client = new Concord({ url: hub.url, apiKey: key });
    const facets = { audiences: ['refugee_in_camp'], themes: ['people_smuggling'], corridors: ['rohingya_andaman'] };
    await client.campaigns.plan({ name: 'Before the season', footprint: { days: window, places: [place], ...facets } });
    return { key, client };
  };
  const reader = await plan('Example Coast Radio', 'BD');
  const { client: other } = await plan('Example Hill Radio', 'MY');
  await hub.workers.quiet();
  for (const client of [reader.client, other]) await client.suggestions.endorse(await suggestedTo(client));
  await hub.workers.quiet();
  const { id, version } = await suggestedTo(other);
  await other.jointCampaigns.start({ suggestion: id, expectedVersion: version, name: 'One voice' });
  return reader.key;
}

async function suggestedTo(client: Concord): Promise<Suggestion> {
  const [found] = await client.suggestions.list({ filter: { kinds: ['JOINT_CAMPAIGN'], addressedToMe: true } }).all();
  if (!found) throw new Error('nothing was suggested');
  return found;
}

function day(after: number): string {
  return formatCalendarDate(epochDay(systemClock.today() + after));
}

function blocksOf(readme: string): string[] {
  return [...readme.matchAll(/^```ts\n([^]+?)^```$/gm)].map(([, code = '']) => code);
}

/** The examples one after another, as a reader would try them: all with the `hub` of the first, each with names of its own. */
function asOneModule([first = '', ...others]: string[]): string {
  const parts = others.map((code) => {
    const imports = [...code.matchAll(/^import [^;]+;\n/gm)].map(([text]) => text);
    return { imports, body: imports.reduce((rest, text) => rest.replace(text, ''), code) };
  });
  const bodies = parts.map(({ body }, index) => `{\n${body}}\nran.push(${String(index + 2)});`);
  const imports = parts.flatMap((part) => part.imports).join('');
  return `${imports}${first}export const ran = [1];\n${bodies.join('\n')}\n`;
}

test('every example of the README compiles under strict rules', () => {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd(), {
    noEmit: true,
    incremental: false,
  });
  delete options.tsBuildInfoFile;
  const program = ts.createProgram([example], options);
  const found = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(found).toEqual([]);
}, 120_000);

test('every example of the README runs against a hub', async () => {
  const printed: string[] = [];
  const { log } = console;
  const cwd = await mkdtemp(join(tmpdir(), 'concord-readme-'));
  const from = process.cwd();
  console.log = (...values: unknown[]) => void printed.push(values.join(' '));
  process.chdir(cwd);
  try {
    const { ran } = (await import(example)) as { ran: number[] };
    expect(ran).toEqual(blocksOf(await readFile(join(from, README), 'utf8')).map((_, index) => index + 1));
  } finally {
    process.chdir(from);
    console.log = log;
    await rm(cwd, { recursive: true });
  }
  for (const text of [
    'I am EDITOR of Example Coast Radio.',
    'INVALID_INPUT',
    'input.footprint.places[0]',
    'people_smuggling BD 1 1',
    'was begun from this suggestion already',
    ' OPEN\n',
    ' OPEN\n',
    'SUGGESTION_REVEALED',
    'Example Hill Radio sees it',
    'The night job true',
    'FORBIDDEN',
    'Example Coast Radio: Voices along the coast',
    '1 of 1',
    '2 sent, 0 refused, 0 wait',
    '3 of 3',
    'row 3: ',
  ]) {
    expect(printed.join('\n')).toContain(text);
  }
  expect(printed.at(-1)).toBe('1');
}, 120_000);
