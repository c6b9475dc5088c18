import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { HUB_VIEWER, type Viewer } from '../../core/access/viewer.ts';
import { forgetBatch } from '../../core/retention/apply-retention.ts';
import { retentionRules } from '../../core/retention/rules.ts';
import { loadPlaceTable } from '../../core/vocabulary/place-table.ts';
import { type Importing, type StoredImport, importingIn } from '../support/importing.ts';
import { type MatchingWorld, matchingWorld, savedId } from '../support/matching.ts';

// From sources, each thread that reads a file compiles its modules first.
vi.setConfig({ testTimeout: 180_000 });

let world: MatchingWorld;
let imports: Importing;
beforeAll(async () => {
  world = await matchingWorld();
  imports = importingIn(world);
});
afterAll(() => world.close());

async function actor(input: object): Promise<string> {
  const id = savedId(await world.actors.register(HUB_VIEWER, { kind: 'national_ngo', ...input }));
  savedId(await world.actors.verify(HUB_VIEWER, { id, expectedVersion: 1, evidence: 'for a test' }));
  return id;
}
const editorOf = (actorId: string): Viewer => ({ ...HUB_VIEWER, keyId: `key_${actorId}`, role: 'editor', actorId });

/** Who a run of an editor is worked on for: there is no key behind it that the worker could look up. */
async function planFor(
  viewer: Viewer,
  content: string,
  fileName: string,
  said: object | null = null,
): Promise<StoredImport> {
  const upload = { content: Buffer.from(content), fileName, read: said === null };
  const id = savedId(await imports.service.upload(viewer, upload));
  if (said !== null) savedId(await imports.service.plan(viewer, { id, expectedVersion: 1, ...said }));
  await imports.importer.work(viewer, id);
  return imports.stored(id);
}

const sheet = (...rows: readonly string[]): string =>
  ['Organisation,Activity,Country,District,Start,End', ...rows.map((row) => `${row},2026-01-05,2026-03-31`)].join('\n');

interface Match {
  readonly name: string;
  readonly actor: string | null;
  readonly candidates: readonly { readonly actor: string; readonly confidence: number }[];
}
const matchesOf = async ({ id }: StoredImport): Promise<Match[]> =>
  (await imports.rows<{ matches: Match[] }>('select matches from app.import_run where id = $1', [id])).flatMap(
    ({ matches }) => matches,
  );
const ownersOf = async (name: string): Promise<string[]> =>
  (
    await imports.rows<{ owner_id: string }>('select owner_id from app.programme where name = $1 order by owner_id', [
      name,
    ])
  ).map(({ owner_id: owner }) => owner);
const remarksOf = ({ id }: StoredImport) =>
  imports.rows<{ outcome: string; remarks: { column: string; reason: string; suggestion: string }[] }>(
    'select outcome, remarks from app.import_item where run_id = $1 order by position',
    [id],
  );
/** Of programmes by their name, as their owner knows them: others may see them more coarsely. */
const placesOf = (like: string) =>
  imports.rows<{ name: string; places: string[] }>(
    `select name, coalesce(to_jsonb(e.stated), p.stated -> 'places') as places
     from app.programme p left join app.exact_place e on e.subject_id = p.id where name like $1 order by name`,
    [like],
  );
const questionsAbout = (name: string) =>
  imports.rows<{ id: string; state: string; version: number; source: string | null; actor_id: string | null }>(
    'select id, state, version, source, actor_id from app.name_question where name = $1',
    [name],
  );

describe('whom a file means', () => {
  test('is linked when it is sure, whatever the spelling, and nobody is registered', async () => {
    const id = await actor({ name: 'Example Norwegian Refuge Council', aliases: ['Exämple Nörwegian'] });
    const file = sheet('EXAMPLE  NORWEGIAN REFUGE COUNCIL Ltd,Sure one,,', 'Example Norwegian,Sure two,,');
    const run = await imports.bring(HUB_VIEWER, file, 'sure.csv');
    expect(run).toMatchObject({ created: 2, refused: 0, registered: 0 });
    expect([...(await ownersOf('Sure one')), ...(await ownersOf('Sure two'))]).toEqual([id, id]);
    expect(await matchesOf(run)).toEqual([]);
  });

  test('is asked when it is doubtful, once the file is applied, and known to the next file', async () => {
    const [one, other] = [await actor({ name: 'Example Twin' }), await actor({ name: 'Example Twin' })];
    const file = sheet('Example Twin,Of a twin,,');
    const planned = await imports.send(HUB_VIEWER, file, 'twins.csv');
    expect(planned).toMatchObject({ created: 0, refused: 1, registered: 0 });
    const [match] = await matchesOf(planned);
    expect(match).toMatchObject({ name: 'Example Twin', actor: null });
    expect(match?.candidates.map(({ actor: id }) => id).toSorted()).toEqual([one, other].toSorted());
    expect((await remarksOf(planned))[0]?.remarks[0]?.suggestion).toContain(one);
    expect(await questionsAbout('Example Twin')).toEqual([]);

    await imports.apply(HUB_VIEWER, planned);
    const [question] = await questionsAbout('Example Twin');
    expect(question).toMatchObject({ state: 'open', source: null, actor_id: null });
    const { id = '', version = 0 } = question ?? {};
    savedId(await imports.names.confirm(HUB_VIEWER, { id, expectedVersion: version, actor: other }));
    expect(await imports.bring(HUB_VIEWER, file, 'twins.csv')).toMatchObject({ created: 1, refused: 0, registered: 0 });
    expect(await ownersOf('Of a twin')).toEqual([other]);
  });

  test('is what the sender says for this file before anything else, and nobody when it says so', async () => {
    const [named, meant] = [await actor({ name: 'Example Namesake' }), await actor({ name: 'Example Meant' })];
    const file = sheet('Example Namesake,Said to be of another,,');
    const said = await imports.plan(HUB_VIEWER, file, 'said.csv', {
      names: [{ name: 'example namesake', actor: meant }],
    });
    await imports.apply(HUB_VIEWER, said);
    expect(await ownersOf('Said to be of another')).toEqual([meant]);
    const none = await imports.plan(
      HUB_VIEWER,
      file.replace('Said to be of another', 'Said to be of nobody'),
      'said.csv',
      { names: [{ name: 'Example Namesake', actor: null }] },
    );
    expect(await imports.apply(HUB_VIEWER, none)).toMatchObject({ created: 1, registered: 1 });
    expect(await ownersOf('Said to be of nobody')).not.toContain(named);
    const nobody = await imports.plan(HUB_VIEWER, file, 'said.csv', {
      names: [{ name: 'Example Namesake', actor: 'act_nobody' }],
    });
    expect(nobody).toMatchObject({ state: 'FAILED', failure: expect.stringContaining('act_nobody') as string });
  });

  test('is the state body of the country that the row names, and stays so when the file comes again', async () => {
    const file = sheet(
      'Ministry of Health,Vaccines for Kenya,Kenya,',
      'Ministry of Health,Vaccines for Peru,Peru,',
      'Ministry of Health,Vaccines for whom,,',
    );
    const first = await imports.bring(HUB_VIEWER, file, 'ministries.csv');
    expect(first).toMatchObject({ created: 3, registered: 3 });
    const based = await imports.rows(
      `select p.name, based_in_countries as based from app.actor a join app.programme p on p.owner_id = a.id where p.name like 'Vaccines%' order by 1`,
    );
    expect(based).toEqual([
      { name: 'Vaccines for Kenya', based: ['KE'] },
      { name: 'Vaccines for Peru', based: ['PE'] },
      { name: 'Vaccines for whom', based: [] },
    ]);
    expect(await imports.bring(HUB_VIEWER, file, 'ministries.csv')).toMatchObject({
      created: 0,
      unchanged: 3,
      refused: 0,
      registered: 0,
    });
  });

  test('is nobody for an editor but its own, and the question is its own party’s', async () => {
    const own = await actor({ name: 'Example Editors of Vanuatu' });
    await actor({ name: 'Example Editors of Vanuatu' });
    const editor = editorOf(own);
    const planned = await planFor(editor, sheet('Example Editors of Vanuatu,Perhaps ours,,'), 'ours.csv');
    expect(planned).toMatchObject({ created: 0, refused: 1, registered: 0 });
    savedId(await imports.service.apply(editor, { id: planned.id, expectedVersion: planned.version }));
    await imports.importer.work(editor, planned.id);
    expect(await questionsAbout('Example Editors of Vanuatu')).toMatchObject([{ actor_id: own, source: 'ours.csv' }]);
  });
});

describe('where a file means', () => {
  test('is a place of a table that the operator loaded, by its code or its name', async () => {
    const table = 'pcode,name,within\nVUT0999,Example Harbour,VU\nVUT0999001,Example Quay,VUT0999\n';
    await world.worker.unitOfWork.run(HUB_VIEWER, (work) => loadPlaceTable(work, world.worker.vocabulary, table));
    const rows = ['One,VUT0999001', 'Two,VUT0999002', 'Three,VUT0888'].map(
      (row) => `Example Loader,Place ${row},2026-01-05,2026-03-31`,
    );
    const coded = ['Organisation,Activity,adm2_code,Start,End', ...rows].join('\n');
    const run = await imports.bring(HUB_VIEWER, coded, 'codes.csv');
    expect(await placesOf('Place %')).toEqual([
      { name: 'Place One', places: ['VUT0999001'] },
      { name: 'Place Three', places: ['VU'] },
      { name: 'Place Two', places: ['VUT0999'] },
    ]);
    expect((await remarksOf(run)).map(({ remarks }) => remarks.map(({ reason }) => reason))).toEqual([
      [],
      [expect.stringContaining('VUT0999 is taken')],
      [expect.stringContaining('VU is taken')],
    ]);
    const named = await imports.plan(HUB_VIEWER, sheet('Example Loader,Named place,,Example Quay'), 'names.csv', {
      country: 'VU',
    });
    await imports.apply(HUB_VIEWER, named);
    expect(await placesOf('Named place')).toEqual([{ name: 'Named place', places: ['VUT0999001'] }]);
  });

  test('is what lies around it when it is doubtful, and said so', async () => {
    const run = await imports.bring(
      HUB_VIEWER,
      sheet('Example Doubter,Doubtful place,Bangladesh,Coxs Bazaar'),
      'x.csv',
    );
    expect(await placesOf('Doubtful place')).toEqual([{ name: 'Doubtful place', places: ['BD'] }]);
    expect((await remarksOf(run))[0]?.remarks).toMatchObject([
      { column: 'District', reason: expect.stringContaining('not sure'), suggestion: expect.stringContaining('BD-') },
    ]);
  });
});

describe('a mapping', () => {
  const odd = 'Wer,Was,Notiz\nExample Mapper,Geheim,Radio play\n';
  const mapping = {
    columns: { Wer: 'organisation', Was: null, Notiz: 'name' },
    constants: { period: { start: '2026-01-01', end: '2026-02-01' } },
  };

  test('is followed, and remembered for the next sheet of the same sender with these headers, and of no other', async () => {
    const [own, others] = [await actor({ name: 'Example Mapper' }), await actor({ name: 'Example Unmapped' })];
    const said = { mapping: JSON.stringify(mapping) };
    const first = await planFor(editorOf(own), odd, 'odd.csv', said);
    expect(first).toMatchObject({ state: 'READY', created: 1 });
    const next = await planFor(editorOf(own), odd.replace('Radio play', 'Stage play'), 'next.csv');
    expect(next).toMatchObject({ state: 'READY', created: 1, refused: 0 });
    expect(await itemNames(next)).toEqual(['Stage play']);
    const stranger = await planFor(editorOf(others), odd, 'odd.csv');
    expect(await itemNames(stranger)).not.toEqual(['Radio play']);
  });

  test('that is none is refused with what is wrong in it', async () => {
    const own = await actor({ name: 'Example Wrong' });
    const run = await planFor(editorOf(own), odd, 'odd.csv', { mapping: '{"colums":{}}' });
    expect(run).toMatchObject({ state: 'FAILED', failure: expect.stringContaining('colums') as string });
  });

  const itemNames = async ({ id }: StoredImport): Promise<(string | null)[]> =>
    (await imports.rows<{ name: string | null }>('select name from app.import_item where run_id = $1', [id])).map(
      ({ name }) => name,
    );
});

describe('what a party may import', () => {
  const rowsOf = (count: number, what: string): string =>
    [
      'Activity,Start,End',
      ...Array.from({ length: count }, (_, at) => `${what} ${String(at)},2026-01-05,2026-03-31`),
    ].join('\n');

  test('is 2,000 records a day, and as many on the next', async () => {
    const editor = editorOf(await actor({ name: 'Example Many' }));
    const large = await planFor(editor, rowsOf(2_001, 'Too many'), 'large.csv');
    expect(large).toMatchObject({ state: 'READY', created: 2_001 });
    const limit = { kind: 'limit-exceeded', allowed: 2_000 };
    expect(await imports.service.apply(editor, { id: large.id, expectedVersion: large.version })).toMatchObject({
      ...limit,
      found: 2_001,
    });
    const most = await planFor(editor, rowsOf(1_999, 'As many'), 'most.csv');
    savedId(await imports.service.apply(editor, { id: most.id, expectedVersion: most.version }));
    await imports.importer.work(editor, most.id);
    const more = await planFor(editor, rowsOf(2, 'Two more'), 'more.csv');
    const ask = () => imports.service.apply(editor, { id: more.id, expectedVersion: more.version });
    expect(await ask()).toMatchObject({ ...limit, found: 2_001 });
    // The database says what day it is.
    await imports.rows(
      `update app.import_run set applied_at = app.today()::timestamp at time zone 'utc' - interval '1 second' where id = $1`,
      [most.id],
    );
    savedId(await ask());
    await imports.importer.work(editor, more.id);
    expect(await imports.stored(more.id)).toMatchObject({ state: 'APPLIED', created: 2 });
  });

  test('is forgotten when nobody has applied it in a week', async () => {
    const editor = editorOf(await actor({ name: 'Example Late' }));
    const planned = await planFor(editor, rowsOf(1, 'Late'), 'late.csv');
    const kept = () => imports.rows('select 1 as one from app.import_file where run_id = $1', [planned.id]);
    const rule = retentionRules.find(({ name }) => name === 'import-files');
    if (!rule) throw new Error('no rule for files');
    const forget = async () => (await world.worker.unitOfWork.run(HUB_VIEWER, (work) => forgetBatch(work, rule))).rows;
    const daysLeft = (days: number) =>
      imports.rows('update app.import_file set expires_on = app.today() + $2::int where run_id = $1', [
        planned.id,
        days,
      ]);
    const [left] = await imports.rows(
      'select expires_on - app.today() as days from app.import_file where run_id = $1',
      [planned.id],
    );
    expect(left).toEqual({ days: 7 });
    await daysLeft(0);
    await forget();
    expect(await kept()).toHaveLength(1);
    await daysLeft(-1);
    const apply = { id: planned.id, expectedVersion: planned.version };
    expect(await imports.service.apply(editor, apply)).toMatchObject({ kind: 'conflict' });
    expect(await forget()).toBeGreaterThan(0);
    expect(await kept()).toEqual([]);
    expect(await imports.service.apply(editor, apply)).toMatchObject({ kind: 'conflict' });
  });
});
