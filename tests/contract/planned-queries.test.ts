import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DocumentNode, type GraphQLSchema, getOperationAST, parse, specifiedRules, validate } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { views } from '../../core/views.ts';
import { loadDemo } from '../../demo/load-demo.ts';
import { fixedClock } from '../../platform/clock.ts';
import { seededRandomness } from '../../platform/ids.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { Costs } from '../../schema/limits/cost.ts';
import { withinLimits } from '../../schema/limits/within-limits.ts';
import { readSchema } from '../security/fields.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { chooser } from '../support/registry-steps.ts';
import { suggestingWorld } from '../support/suggesting.ts';
import { type Drawn, Drawing, type Known } from './draw-document.ts';

/** How many documents are drawn; 2,000 and more with CONCORD_DOCUMENTS. */
const DOCUMENTS = Number(process.env['CONCORD_DOCUMENTS'] ?? 200);
const SEED = process.env['CONCORD_SEED'] ?? 'documents 1';
/** 2027-01-01T00:00Z. */
const NOW_MS = 1_798_761_600_000;

let database: TestDatabase;
let planned: TestHub;
let plain: TestHub;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-documents-'));
  database = await testDatabase();
  const parts = { database, clock: fixedClock(NOW_MS), randomness: seededRandomness('documents') };
  planned = await testHub({ ...parts, execution: 'planned' });
  plain = await testHub({ ...parts, execution: 'plain' });
  await loadDemo(planned.app.services, join(folder, 'keys.json'));
  const world = await suggestingWorld(parts);
  await world.settleAll();
  await world.close();
}, 120_000);
afterAll(async () => {
  await planned.close();
  await plain.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

test(
  'a planned answer is the answer of GraphQL itself, to the order of its keys',
  { timeout: 60_000 + DOCUMENTS * 500 },
  async () => {
    const schema = readSchema();
    const known = await knownIn(database);
    const owner = known.texts['owners']?.[0];
    const askers = [
      await planned.as('coordinator'),
      await planned.as('editor', typeof owner === 'string' ? owner : null),
      await planned.as('observer'),
    ];
    const choose = chooser(seededRandomness(SEED));
    const drawing = new Drawing(schema, choose, known);
    let answered = 0;
    let refused = 0;
    for (let index = 0; index < DOCUMENTS; index += 1) {
      const { query, variables } = drawValid(drawing, schema);
      const asker = choose.oneOf(askers);
      // Twice: what was worked out the first time is used the second.
      const bodies = [
        await bodyOf(plain, asker, query, variables),
        await bodyOf(planned, asker, query, variables),
        await bodyOf(planned, asker, query, variables),
      ];
      // Without what PostgreSQL and JavaScript write differently between values.
      const answers = bodies.map((body) => steady(JSON.parse(body) as Body));
      expect(
        new Set(answers).size,
        `document ${String(index)}: ${query} ${JSON.stringify(variables)}\n${answers.join('\n')}`,
      ).toBe(1);
      expect(answers[0]).not.toContain('INTERNAL');
      if (answers[0]?.includes('"errors"')) refused += 1;
      else answered += 1;
    }
    process.stdout.write(
      `${String(DOCUMENTS)} documents (seed "${SEED}"), ${String(answered)} answered and ${String(refused)} refused, 0 differences\n`,
    );
    // Errors are compared too, and are not most of what is compared.
    expect(answered).toBeGreaterThan(DOCUMENTS / 2);
  },
);

test('a key may have any name that GraphQL knows', async () => {
  const asker = await planned.as('coordinator');
  const query = '{ actors(first: 2) { nodes { __proto__: vetting constructor: name } } }';
  const body = await bodyOf(planned, asker, query, {});
  expect(body).toContain('"__proto__"');
  expect(JSON.stringify(JSON.parse(body))).toBe(JSON.stringify(JSON.parse(await bodyOf(plain, asker, query, {}))));
});

/**
 * Members of a union may have fields of one name and different types, which cannot be drawn into one document; and some documents are
 * larger than the hub takes.
 */
function drawValid(drawing: Drawing, schema: GraphQLSchema): Drawn {
  for (;;) {
    const drawn = drawing.draw();
    const document = parse(drawn.query);
    const [error] = validate(schema, document, [...specifiedRules, withinLimits]);
    if (error) expect(error.message).toMatch(/conflict|at most .* are allowed/);
    else if (isCheap(schema, document, drawn)) return drawn;
  }
}

function isCheap(schema: GraphQLSchema, document: DocumentNode, { variables }: Drawn): boolean {
  const operation = getOperationAST(document);
  if (!operation) return false;
  try {
    return new Costs(schema).of(document, operation, variables) > 0;
  } catch {
    return false;
  }
}

interface Body {
  readonly data: object | null;
  readonly errors?: readonly object[];
}

/** Of two fields that may not be null and both fail, GraphQL names the one that failed first, and that depends on the day. */
function steady({ data, errors, ...rest }: Body): string {
  return JSON.stringify(data === null ? { data, refused: errors?.length, ...rest } : { data, errors, ...rest });
}

async function bodyOf(hub: TestHub, { headers }: Client, query: string, variables: object): Promise<string> {
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  expect(response.status).toBe(200);
  return response.text();
}

async function knownIn({ adminUrl }: TestDatabase): Promise<Known> {
  return withClient(adminUrl, async (client) => {
    const ids = async (table: string): Promise<string[]> => {
      const { rows } = await client.query<{ id: string }>(`select id from app.${table} order by id limit 20`);
      return rows.map(({ id }) => id);
    };
    const codes = async (kind: string): Promise<string[]> => {
      const { rows } = await client.query<{ code: string }>(
        'select code from app.term where kind = $1 order by bit limit 5',
        [kind],
      );
      return rows.map(({ code }) => code);
    };
    const [actors, programmes, campaigns] = [await ids('actor'), await ids('programme'), await ids('campaign')];
    const others: string[] = [];
    for (const table of ['calendar_entry', 'overlap', 'suggestion', 'case_study', 'insight'])
      others.push(...(await ids(table)));
    const filters: Record<string, string[]> = {};
    for (const [name, kind] of views.flatMap(({ filterCodes = {} }) => Object.entries(filterCodes)))
      filters[name] ??= await codes(kind);
    const corridors = ['rohingya_andaman'];
    const places = ['BD', 'MY', 'ID', 'BD-10'];
    return {
      ids: [...actors.slice(0, 5), ...programmes.slice(0, 5), ...campaigns.slice(0, 5), ...others],
      texts: {
        ...Object.fromEntries(Object.entries(filters).filter(([, known]) => known.length > 0)),
        first: [1, 2, 3, 5],
        language: ['en', 'bn'],
        languages: ['en', 'bn'],
        search: ['safe', 'migra'],
        corridor: corridors,
        corridors,
        country: ['BD'],
        countries: ['BD', 'MY'],
        place: places,
        places,
        owners: actors,
        actors,
        partners: actors,
        programmes,
        campaigns,
        themes: await codes('theme'),
        audiences: await codes('audience'),
        channels: await codes('channel'),
        end: ['2027-12-31'],
      },
    };
  });
}
