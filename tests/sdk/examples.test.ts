import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Concord } from '@concord/client-sdk';
import { type Note, notebookIn } from '../../client-sdk/examples/newsroom-watcher/notebook.ts';
import { watchForNews } from '../../client-sdk/examples/newsroom-watcher/watcher.ts';
import type { Draft } from '../../client-sdk/examples/nightly-planner/draft.ts';
import { planTonight } from '../../client-sdk/examples/nightly-planner/planner.ts';
import { readSheet } from '../../client-sdk/examples/spreadsheet-sync/read-sheet.ts';
import { syncSheet } from '../../client-sdk/examples/spreadsheet-sync/sync.ts';
import { runExample } from '../support/running-example.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

const EXAMPLES = 'client-sdk/examples';

let hub: WorkingHub;
let folder: string;

beforeAll(async () => {
  hub = await workingHub();
  folder = await mkdtemp(join(tmpdir(), 'concord-examples-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await hub.close();
});

/** A client of a new actor, and its key. */
async function newcomer(name: string): Promise<{ readonly client: Concord; readonly key: string }> {
  const { key } = await hub.as('editor', await hub.actor({ name }));
  return { client: new Concord({ url: hub.url, apiKey: key }), key };
}

describe('the nightly planner', () => {
  let ministry: { readonly client: Concord; readonly key: string };
  let ngo: Concord;
  let draft: Draft;

  beforeAll(async () => {
    draft = JSON.parse(await readFile(join(EXAMPLES, 'nightly-planner/draft.json'), 'utf8')) as Draft;
    ministry = await newcomer('Example Ministry');
    ngo = (await newcomer('Example Coast Radio')).client;
    await ngo.campaigns.plan({ name: 'Radio at the coast', footprint: { ...draft.footprint, places: ['BD'] } });
    await hub.workers.quiet();
  });

  test('finds partners and dates for what is not registered', async () => {
    const night = await planTonight(ministry.client, draft);
    expect(night.partners).toEqual([
      {
        who: 'Example Coast Radio (Radio at the coast)',
        strength: expect.any(Number) as unknown,
        why: expect.stringMatching(/\.$/) as unknown,
      },
    ]);
    expect(night.dates[0]).toMatchObject({ start: expect.stringMatching(/^2031-0[123]-/) as unknown });
    expect([night.toDecide, night.started]).toEqual([[], []]);
    expect(await ministry.client.campaigns.list({ filter: { search: draft.name } }).all()).toEqual([]);
  });

  test('leaves to people what to endorse, and begins once what was agreed', async () => {
    await ministry.client.campaigns.plan({ name: draft.name, footprint: draft.footprint });
    await hub.workers.quiet();
    const [suggestion, ...others] = (await planTonight(ministry.client, draft)).toDecide;
    expect(others).toEqual([]);
    if (!suggestion) throw new Error('nothing was suggested');
    await ministry.client.suggestions.endorse(suggestion);
    expect(await planTonight(ministry.client, draft)).toMatchObject({ toDecide: [], started: [] });

    const [theirs] = await ngo.suggestions.list({ filter: { addressedToMe: true, kinds: ['JOINT_CAMPAIGN'] } }).all();
    await ngo.suggestions.endorse(theirs ?? suggestion);
    await hub.workers.quiet();
    const { started } = await planTonight(ministry.client, draft);
    expect(started).toMatchObject([{ name: draft.name, status: 'PREPARING' }]);
    expect((await planTonight(ministry.client, draft)).started).toEqual([]);
    const invited = await ngo.jointCampaigns.list({ filter: { invited: true } }).all();
    expect(invited.map(({ id }) => id)).toEqual(started.map(({ id }) => id));
  });

  test('says in the morning what it found', async () => {
    const { out } = await runExample('nightly-planner', [join(EXAMPLES, 'nightly-planner/draft.json')], {
      CONCORD_URL: hub.url,
      CONCORD_API_KEY: ministry.key,
    });
    expect(out.join('\n')).toMatch(/would meet:\n {2}0\.\d\d Example Coast Radio [^]*It could run:\n {2}2031-/);
  });
});

describe('the spreadsheet sync', () => {
  let sheet: string;
  let ngo: { readonly client: Concord; readonly key: string };

  beforeAll(async () => {
    sheet = await readFile(join(EXAMPLES, 'spreadsheet-sync/programmes.csv'), 'utf8');
    ngo = await newcomer('Example Delta Voices');
  });

  test('makes programmes of rows, once', async () => {
    const done: number[] = [];
    const first = await syncSheet(ngo.client, sheet, (rows) => done.push(rows));
    expect(done).toEqual([1, 2, 3]);
    expect(first).toMatchObject({ unchanged: 0, refused: [], missing: [] });
    expect(first.written.map(({ name }) => name).sort()).toEqual([
      'Hotline, day and night',
      'Standing advice',
      'Theatre in the villages',
    ]);
    const { changeToken } = await ngo.client.programmes.list({ first: 1 }).page();
    expect(await syncSheet(ngo.client, sheet)).toEqual({ written: [], unchanged: 3, refused: [], missing: [] });
    expect(await ngo.client.programmes.list({ filter: { changedAfter: changeToken } }).all()).toEqual([]);
  });

  test('writes what has changed, and tells what is wrong and what is gone', async () => {
    const changed = sheet
      .replace('Theatre in the villages', 'Theatre in all villages')
      .replace(/^P-3.*$/m, 'P-4,Nowhere,,,XX,,,,');
    const sync = await syncSheet(ngo.client, changed);
    expect(sync).toMatchObject({
      written: [{ name: 'Theatre in all villages', version: 2 }],
      unchanged: 1,
      refused: [{ row: 4, why: expect.any(String) as unknown }],
      missing: [{ name: 'Standing advice' }],
    });
  });

  test('names row and column of what cannot be right', () => {
    const [head = ''] = sheet.split('\n');
    expect(() => readSheet(`${head}\nP-1,A,2031-03-04,2031-03-01,,,,,`)).toThrow('row 2 column "End"');
    expect(() => readSheet(`${head}\nP-1,A,,,,,,,\nP-2,B,1 March,,,,,,`)).toThrow('row 3 column "Start"');
    expect(() => readSheet(`${head}\n,A,,,,,,,`)).toThrow('row 2 column "Code"');
  });

  test('runs as a program, and fails when a row was refused', async () => {
    const environment = { CONCORD_URL: hub.url, CONCORD_API_KEY: ngo.key };
    const { out } = await runExample(
      'spreadsheet-sync',
      [join(EXAMPLES, 'spreadsheet-sync/programmes.csv')],
      environment,
    );
    expect(out).toEqual(['revised: Theatre in the villages', 'unchanged: 2']);
    const bad = join(folder, 'bad.csv');
    await writeFile(bad, sheet.replace('BD-10;BD-11', 'XX'));
    const { err } = await runExample('spreadsheet-sync', [bad], environment);
    expect(err).toEqual([expect.stringContaining('bad.csv row 2: ')]);
  });
});

describe('the newsroom watcher', () => {
  const CORRIDOR = 'id_my_labour';
  /** What the newsroom was sent, in order. */
  const received: { readonly key: unknown; readonly body: Record<string, unknown> }[] = [];
  let newsroom: Server;
  let webhook: string;
  let status = 200;
  let reader: Concord;

  beforeAll(async () => {
    newsroom = createServer((request, response) => {
      void keep(request).then(() => response.writeHead(status).end());
    }).listen(0, '127.0.0.1');
    await once(newsroom, 'listening');
    webhook = `http://127.0.0.1:${String((newsroom.address() as AddressInfo).port)}/news`;
    reader = (await newcomer('Example Newsroom')).client;
  });
  afterAll(async () => {
    newsroom.close();
    newsroom.closeAllConnections();
    await once(newsroom, 'close');
  });

  async function keep(request: IncomingMessage): Promise<void> {
    received.push({ key: request.headers['idempotency-key'], body: (await json(request)) as Record<string, unknown> });
  }

  /** Two who do the same in two countries: something to suggest. */
  async function meet(theme: string): Promise<void> {
    for (const place of ['ID', 'MY']) {
      const { client } = await newcomer(`Example ${place} ${theme}`);
      await client.campaigns.plan({
        name: `${place} about ${theme}`,
        footprint: {
          days: { start: '2031-05-01', end: '2031-05-31' },
          places: [place],
          corridors: [CORRIDOR],
          audiences: ['prospective_migrant'],
          themes: [theme],
        },
      });
    }
    await hub.workers.quiet();
  }

  interface Run {
    /** Until it has told of what was missed. */
    watching(): Promise<void>;
    /** Until a post is written down. */
    readonly noted: Promise<void>;
    readonly ended: Promise<void>;
    end(): Promise<unknown>;
  }

  /** A run of the watcher. */
  function running(): Run {
    const enough = new AbortController();
    const line = Promise.withResolvers<undefined>();
    const noted = Promise.withResolvers<undefined>();
    const notebook = notebookIn(join(folder, 'posted.json'));
    const write = async (note: Note): Promise<void> => {
      await notebook.write(note);
      if (note.posted.size > 0) noted.resolve(undefined);
    };
    const ended = watchForNews(
      reader,
      { ...notebook, write },
      {
        webhook,
        corridor: CORRIDOR,
        signal: enough.signal,
        onLine: (isOpen) => {
          if (isOpen) line.resolve(undefined);
        },
      },
    );
    return {
      watching: () => Promise.race([line.promise, ended]),
      noted: noted.promise,
      ended,
      end: () => {
        enough.abort(new Error('enough'));
        return ended.catch((error: unknown) => error);
      },
    };
  }

  test('posts what is suggested from now on', async () => {
    const run = running();
    await run.watching();
    await meet('people_smuggling');
    await run.noted;
    expect(await run.end()).toMatchObject({ message: 'enough' });
    const [first] = received;
    expect(first?.key).toBe(first?.body['id']);
    expect(first?.body).toMatchObject({
      id: expect.stringMatching(/^sug_/) as unknown,
      headline: expect.any(String) as unknown,
      countries: ['ID', 'MY'],
      window: { start: '2031-05-01' },
    });
  });

  test('posts first what came while it did not run, and nothing twice', async () => {
    const before = received.length;
    await meet('fraudulent_recruitment');
    const run = running();
    await run.watching();
    await run.end();
    expect(received.length).toBeGreaterThan(before);
    const ids = received.map(({ body }) => body['id']);
    expect(new Set(ids).size).toBe(ids.length);

    const again = running();
    await again.watching();
    await again.end();
    expect(received).toHaveLength(ids.length);
  });

  test('loses nothing when the newsroom refuses', async () => {
    const before = received.length;
    await meet('forced_labour_debt_bondage');
    status = 503;
    await expect(running().ended).rejects.toThrow(`${webhook} answered with HTTP status 503`);
    status = 200;
    const refused = received.splice(before);
    const run = running();
    await run.watching();
    await run.end();
    expect(received.slice(before).map(({ key }) => key)).toContain(refused[0]?.key);
  });
});
