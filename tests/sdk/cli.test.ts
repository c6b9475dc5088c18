import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Concord } from '@concord/client-sdk';
import { runCommandLine } from '../../client-sdk/src/cli/run.ts';
import { concord, type Ending } from '../support/command-line.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

let hub: WorkingHub;
let key: string;
let folder: string;
let actorId: string;
let as: Record<string, string>;

const FOOTPRINT = {
  days: { start: '2031-03-01', end: '2031-03-31' },
  places: ['NZ'],
  audiences: ['student'],
  themes: ['child_protection'],
  channels: ['radio'],
};

beforeAll(async () => {
  hub = await workingHub();
  folder = await mkdtemp(join(tmpdir(), 'concord-cli-'));
  actorId = await hub.actor({ name: 'Example Coast Radio', basedIn: ['NZ'] });
  key = (await hub.as('editor', actorId)).key;
  as = { CONCORD_URL: hub.url, CONCORD_API_KEY: key };
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await hub.close();
});

/** Runs a command in this process, on a terminal of the test's own that nobody looks at. */
async function run(args: string[], environment = as, input = '', width: number | null = null): Promise<Ending> {
  const written = { out: '', err: '' };
  const terminal = {
    print: (text: string) => void (written.out += `${text}\n`),
    tell: (text: string) => void (written.err += `${text}\n`),
    hasColours: width !== null,
    width,
    isInteractive: false,
  };
  const { signal } = new AbortController();
  const readInput = (): Promise<string> => Promise.resolve(input);
  return { code: await runCommandLine(args, { environment, terminal, signal, readInput }), ...written };
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('logging in', () => {
  const home = (): Record<string, string> => ({ XDG_CONFIG_HOME: folder });

  test('keeps the key for its owner’s eyes only, and it is used from then on until it is forgotten', async () => {
    const login = await run(['login', '--url', hub.url], home(), `${key}\n`);
    expect(login).toMatchObject({ code: 0, out: '' });
    expect(login.err).toContain('Logged in as EDITOR of Example Coast Radio');
    const kept = join(folder, 'concord', 'login.json');
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(kept, 'utf8'))).toEqual({ url: hub.url, apiKey: key });

    const viewer = await run(['whoami', '--json'], home());
    expect(JSON.parse(viewer.out)).toMatchObject({ role: 'EDITOR', actor: { id: actorId } });
    const elsewhere = await run(['whoami', '--url', 'http://127.0.0.1:1'], home());
    expect(elsewhere).toMatchObject({ code: 2, err: expect.stringContaining('stored login is for') as string });

    await run(['logout'], home());
    expect(await run(['whoami'], home())).toMatchObject({ code: 2, out: '' });
  });

  test('keeps no key that opens nothing', async () => {
    expect(await run(['login', '--url', hub.url], home(), 'ccd_test_wrong')).toMatchObject({ code: 4 });
    await expect(stat(join(folder, 'concord', 'login.json'))).rejects.toThrow('ENOENT');
  });
});

describe('lists', () => {
  test('are tables for people, without colours where nobody looks, and JSON for scripts', async () => {
    const { out, code } = await run(['actors', '--search', 'coast']);
    const [head = '', row = ''] = out.split('\n');
    expect(code).toBe(0);
    expect(head.split(/ {2,}/)).toEqual(['ID', 'KIND', 'VETTING', 'BASED IN', 'NAME']);
    expect(row.split(/ {2,}/)).toEqual([actorId, 'national_ngo', 'VERIFIED', 'NZ', 'Example Coast Radio']);
    expect(out).not.toContain('\u001b');
    const { out: json } = await run(['actors', '--search', 'coast', '--json']);
    expect(JSON.parse(json)).toMatchObject([{ id: actorId }]);
  });

  test('fit a terminal, with headings that stand out', async () => {
    const { out } = await run(['actors', '--search', 'coast'], as, '', 80);
    expect(out).toContain('\u001b[1mID');
    // eslint-disable-next-line no-control-regex -- colours take no room
    for (const line of out.replace(/\u001b\[\d+m/g, '').split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  test('say when there is nothing, and when there is more', async () => {
    expect(await run(['programmes', '--search', 'no such thing'])).toEqual({ code: 0, out: '', err: 'Nothing.\n' });
    await hub.actor({ name: 'Example Coast Watch' });
    const { out, err } = await run(['actors', '--search', 'coast', '--limit', '1']);
    expect([out.trim().split('\n').length, err]).toEqual([2, 'There are more: --limit shows more than 1.\n']);
  });

  test('of days, overlaps and suggestions can be asked for', async () => {
    for (const args of [['calendar', '--from', '2031-01-01', '--to', '2031-12-31'], ['overlaps'], ['suggestions']]) {
      expect(await run([...args, '--country', 'NZ', '--json'])).toEqual({ code: 0, out: '[]\n', err: '' });
    }
    expect((await run(['brief', 'rohingya_andaman'])).out).toMatch(/^# /);
  });
});

describe('what to do next', () => {
  test('is told by gaps, of a corridor or a country', async () => {
    const { code, out } = await run(['gaps', '--corridor', 'rohingya_andaman', '--limit', '2']);
    const [head = '', row = ''] = out.split('\n');
    expect(head.split(/ {2,}/)).toEqual([
      'QUARTER',
      'SCORE',
      'CORRIDOR',
      'AUDIENCE',
      'THEME',
      'COUNTRIES',
      'SUGGESTION',
      'NOT USED',
    ]);
    expect([code, row]).toEqual([0, expect.stringMatching(/^\d{4}-Q[1-4] +[01]\.\d\d +rohingya_andaman +\w+/)]);
    const { out: json } = await run(['gaps', '--country', 'BD', '--limit', '1', '--json']);
    expect(JSON.parse(json)).toMatchObject([{ corridor: {}, audience: {}, theme: {} }]);
    expect(await run(['gaps'])).toMatchObject({ code: 2, err: 'Where? Say --corridor or --country.\n' });
  });

  test('is told by the inbox, of which what was shown can be marked as read', async () => {
    const [one, other] = [await hub.actor(), await hub.actor()];
    const mine = { ...as, CONCORD_API_KEY: (await hub.as('editor', one)).key };
    for (const owner of [one, other]) {
      const editor = new Concord({ url: hub.url, apiKey: (await hub.as('editor', owner)).key });
      await editor.campaigns.plan({ name: 'At schools', footprint: { ...FOOTPRINT, places: ['FJ'] } });
    }
    await hub.workers.quiet();
    const { out } = await run(['inbox'], mine);
    expect(out).toMatch(/^DAY +KIND +ABOUT *\n\d{4}-\d\d-\d\d +NEW_\w+ +\w+_\w+ +\w/);
    expect(out).toContain('NEW_OVERLAP');
    expect(await run(['inbox', '--limit', '1', '--mark-read'], mine)).toMatchObject({
      code: 0,
      err: 'There are more: --limit shows more than 1.\n1 marked as read.\n',
    });
    const { out: left } = await run(['inbox', '--json'], mine);
    expect(JSON.parse(left)).toHaveLength(1);
    await run(['inbox', '--mark-read'], mine);
    expect(await run(['inbox'], mine)).toEqual({ code: 0, out: '', err: 'Nothing.\n' });
    expect(JSON.parse((await run(['inbox', '--all', '--json'], mine)).out)).toHaveLength(2);
  });
});

describe('files', () => {
  test('in YAML register a programme, and previews say what it would meet', async () => {
    const yaml = [
      'name: Radio for students',
      'identifier: { scheme: own, value: R-1 }',
      'footprint:',
      '  days: { start: 2031-03-01, end: 2031-03-31 }',
      '  places: [NZ]',
      '  audiences: [student]',
      '  themes: [child_protection]',
    ].join('\n');
    const path = await file('programme.yaml', yaml);
    const { code, out } = await run(['register', path]);
    expect(code).toBe(0);
    expect(out).toMatch(/^ROW +VERDICT +NAME\n1 +saved +Radio for students +prg_\w+\n$/);
    expect(await run(['register', path])).toMatchObject({ code: 3, out: expect.stringContaining('refused') as string });
    expect(await run(['register', path, '--upsert'])).toMatchObject({ code: 0 });

    const other = { ...as, CONCORD_API_KEY: (await hub.as('editor', await hub.actor())).key };
    await hub.workers.quiet();
    const preview = await run(['preview', '-', '--json'], other, JSON.stringify({ footprint: FOOTPRINT }));
    expect(JSON.parse(preview.out)).toMatchObject([{ kind: 'CO_PRESENCE' }]);
    expect((await run(['preview', path], other)).out).toMatch(
      /^KIND +STRENGTH +DAYS\nCO_PRESENCE +0\.\d\d +2031-03-01/,
    );
  });

  test('with several programmes get a verdict for each, and an exit code for all', async () => {
    const rows = [{ name: 'Row one' }, { name: '' }, { name: 'Row three' }];
    const { code, out, err } = await run(['register', '-', '--json'], as, JSON.stringify(rows));
    expect(JSON.parse(out)).toMatchObject([{ kind: 'saved' }, { kind: 'refused' }, { kind: 'saved' }]);
    expect([code, err]).toEqual([3, '1 of 3 were not registered.\n']);
  });

  test('that cannot be read or are something else are refused in a sentence', async () => {
    expect(await run(['register', join(folder, 'none.yaml')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('none.yaml cannot be read: ENOENT') as string,
    });
    const torn = await file('torn.yaml', 'name: "never ends');
    expect((await run(['preview', torn])).err).toContain('torn.yaml is neither YAML nor JSON');
    const misspelt = await run(['register', '-'], as, 'name: A\nfootprnt: {}');
    expect([misspelt.code, misspelt.out]).toEqual([3, expect.stringContaining('footprnt')]);
  });
});

describe('as a program of its own', () => {
  test('it prints what is suggested as it is made, and ends by Ctrl-C', async () => {
    const watching = concord(['watch', '--json'], as);
    await watching.until('Watching …');
    for (const name of ['One', 'Two']) {
      const editor = await hub.as('editor', await hub.actor({ name: `Example ${name}` }));
      await editor.query('mutation ($input: PlanCampaignInput!) { planCampaign(input: $input) { __typename } }', {
        input: { name, footprint: FOOTPRINT },
      });
    }
    await watching.until('AVOID_DUPLICATION');
    watching.child.kill('SIGINT');
    const { code, out } = await watching.ended;
    expect(code).toBe(0);
    expect(JSON.parse(out.split('\n')[0] ?? '')).toMatchObject({ __typename: 'Suggestion' });
  });

  test('it reads standard input, and tells by its exit code how it ended', async () => {
    const { code, out } = await concord(['register', '-'], as, 'name: By standard input').ended;
    expect([code, out]).toEqual([0, expect.stringContaining('saved')]);
    expect(await concord(['whoami'], {}).ended).toMatchObject({ code: 2, out: '' });
  });
});

describe('whoever uses it wrongly', () => {
  test('is told how it is used', async () => {
    const { code, err } = await run(['calendar']);
    expect([code, err]).toEqual([2, expect.stringContaining("required option '--from <day>'")]);
    const help = await run(['suggestions', '--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    for (const text of ['Examples:', '--json', '--corridor']) expect(help.out).toContain(text);
  });

  test('is told what the hub cannot do with it', async () => {
    expect(await run(['suggestions', '--corridor', 'none_such'])).toMatchObject({ code: 3, out: '' });
    expect(await run(['whoami'], { ...as, CONCORD_API_KEY: 'ccd_wrong' })).toMatchObject({ code: 4, out: '' });
  });
});

describe('taking out', () => {
  test('a whole list becomes a file under the name that says how far it may go', async () => {
    const path = join(folder, 'taken.csv');
    const { code, out } = await run(['export', 'actors', '--filter', '{"search":"coast"}', '--out', path]);
    expect([code, out]).toEqual([0, expect.stringMatching(/taken\.csv: \d records?, sensitivity MEMBERS\n$/)]);
    expect(await readFile(path, 'utf8')).toContain('Example Coast Radio');
    await expect(stat(`${path}.part`)).rejects.toThrow('ENOENT');
    const asJson = await run(['export', 'actors', '--format', 'jsonld', '--out', path, '--json']);
    expect(JSON.parse(asJson.out)).toMatchObject({ file: path, sensitivity: 'MEMBERS' });
    const page = await run(['export', 'brief', '--corridor', 'rohingya_andaman', '--format', 'html', '--out', path]);
    expect(page.code).toBe(0);
    expect(await readFile(path, 'utf8')).toMatch(/^<!doctype html>/);
  });

  test('what is wrong with a filter is said, and no file is left', async () => {
    const path = join(folder, 'never.csv');
    const wrong = await run(['export', 'programmes', '--filter', '{"themes":["people_smugling"]}', '--out', path]);
    expect([wrong.code, wrong.err]).toEqual([3, expect.stringContaining('people_smuggling')]);
    expect((await run(['export', 'programmes', '--filter', 'BD', '--out', path])).code).toBe(2);
    expect((await run(['export', 'contacts', '--out', path])).code).toBe(2);
    expect((await run(['export', 'overlaps', '--format', 'iati', '--out', path])).code).toBe(4);
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });
});
