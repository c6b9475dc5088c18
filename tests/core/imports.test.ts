import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { iatiFile } from '../support/iati-file.ts';
import { type Importing, type StoredImport, importingIn } from '../support/importing.ts';
import { type MatchingWorld, matchingWorld, savedId } from '../support/matching.ts';

// From sources, each thread that reads a file compiles its modules first.
vi.setConfig({ testTimeout: 180_000 });

let world: MatchingWorld;
let imports: Importing;
beforeEach(async () => {
  world = await matchingWorld();
  imports = importingIn(world);
});
afterEach(() => world.close());

const countsOf = ({ rows, differing, records, created, changed, unchanged, merged, refused }: StoredImport) => ({
  rows,
  differing,
  records,
  created,
  changed,
  unchanged,
  merged,
  refused,
});

/** Everything that an import could write into the registry, with the transaction that wrote it. */
const imprint = (): Promise<unknown> =>
  Promise.all(
    ['actor', 'programme', 'campaign', 'calendar_entry', 'exact_place', 'term', 'import_provenance'].map((table) =>
      imports.rows(`select t.*, xmin::text from app.${table} t order by t::text`),
    ),
  );

interface StoredProgramme {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly description: string;
  readonly external_id: string | null;
  readonly withdrawn_at: Date | null;
}
async function programme(name: string): Promise<StoredProgramme> {
  const [found] = await imports.rows<StoredProgramme>(
    'select * from app.programme where name = $1 order by created_at desc, withdrawn_at nulls first',
    [name],
  );
  if (!found) throw new Error(`no programme ${name}`);
  return found;
}
const itemsOf = ({ id }: StoredImport) =>
  imports.rows<{
    outcome: string;
    name: string;
    fields: string[];
    undone: string | null;
    undone_because: string | null;
    remarks: { reason: string; row: number; column: string }[];
  }>('select * from app.import_item where run_id = $1 order by position', [id]);

const SHEET = `Organisation,Activity,Country,District,Start,End,Status
Example Relief,Radio spots,Bangladesh,Cox's Bazar,2026-01-05,2026-03-31,ongoing
Example Relief,Radio spots,Bangladesh,Cox's Bazar,2026-01-05,2026-03-31,ongoing
Example Aid,Leaflets,Bangladesh,Nowhere at all,2026-02-01,2026-02-28,planned
,Nobody's doing,Bangladesh,,2026-02-01,2026-02-28,planned
`;

describe('a sheet', () => {
  test('has every row accounted for, and the dry run says what applying does', async () => {
    const before = await imprint();
    const planned = await imports.send(HUB_VIEWER, SHEET, 'plan.csv');
    expect(planned.failure).toBeNull();
    expect(countsOf(planned)).toEqual({
      rows: 4,
      differing: 3,
      records: 2,
      created: 2,
      changed: 0,
      unchanged: 0,
      merged: 1,
      refused: 1,
    });
    expect(await imprint()).toEqual(before);
    const applied = await imports.apply(HUB_VIEWER, planned);
    expect({ state: applied.state, ...countsOf(applied) }).toEqual({ state: 'APPLIED', ...countsOf(planned) });
    expect(await programme('Radio spots')).toMatchObject({ withdrawn_at: null });
  });

  test('names languages as people do', async () => {
    const sheet = `Organisation,Activity,Country,Start,End,Language
Example Relief,Radio spots,Bangladesh,2026-01-05,2026-03-31,Bangla
Example Relief,Leaflets,Bangladesh,2026-01-05,2026-03-31,Gibberish
`;
    const planned = await imports.apply(HUB_VIEWER, await imports.send(HUB_VIEWER, sheet, 'languages.csv'));
    expect(countsOf(planned)).toMatchObject({ created: 2, refused: 0 });
    expect(await programme('Radio spots')).toMatchObject({ languages: ['bn'] });
    const [, leaflets] = await itemsOf(planned);
    expect(leaflets?.remarks).toMatchObject([{ row: 3, column: 'Language' }]);
  });

  test('says of what it cannot take in which row and column, and why', async () => {
    const items = await itemsOf(await imports.send(HUB_VIEWER, SHEET, 'plan.csv'));
    expect(items.map(({ outcome, name }) => [outcome, name])).toEqual([
      ['CREATED', 'Radio spots'],
      ['CREATED', 'Leaflets'],
      ['REFUSED', null],
    ]);
    expect(items[1]?.remarks).toMatchObject([
      { row: 4, column: 'District', reason: expect.stringMatching(/no place/) },
    ]);
    expect(items[2]?.remarks).toMatchObject([{ row: 5 }]);
  });

  test('sent again changes nothing, and next month only what differs', async () => {
    await imports.bring(HUB_VIEWER, SHEET, 'january.csv');
    const before = await imprint();
    const again = await imports.bring(HUB_VIEWER, SHEET, 'january.csv');
    expect(countsOf(again)).toMatchObject({ created: 0, changed: 0, unchanged: 2, merged: 1, refused: 1 });
    expect(await imprint()).toEqual(before);

    const next = SHEET.replace('2026-02-28,planned', '2026-04-30,planned').replace(
      'Example Aid',
      'Example Aid,Posters,Bangladesh,,2026-05-01,2026-05-31,planned\nExample Aid',
    );
    const february = await imports.bring(HUB_VIEWER, next, 'february.csv');
    expect(february.created + february.changed + february.unchanged).toBe(3);
    expect(february.unchanged).toBe(1);
  });
});

test('a calendar becomes entries of a campaign of its own', async () => {
  const owner = savedId(
    await world.actors.register(HUB_VIEWER, { name: 'Example Calendar Keeper', kind: 'national_ngo' }),
  );
  const calendar = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example//EN',
    'BEGIN:VEVENT',
    'UID:one@example.org',
    'DTSTAMP:20260101T000000Z',
    'DTSTART;VALUE=DATE:20260301',
    'DTEND;VALUE=DATE:20260303',
    'SUMMARY:Street theatre',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
  const editor = { ...HUB_VIEWER, actorId: owner };
  const id = savedId(
    await imports.service.upload(editor, { content: Buffer.from(calendar), fileName: 'tour.ics', read: true }),
  );
  await imports.importer.work(editor, id);
  const planned = await imports.stored(id);
  expect(countsOf(planned)).toMatchObject({ rows: 1, records: 1, created: 1, refused: 0 });
  savedId(await imports.service.apply(editor, { id, expectedVersion: planned.version }));
  await imports.importer.work(editor, id);
  expect(
    await imports.rows(
      `select e.name, e.starts_on::text as starts, e.ends_on::text as ends, c.name as campaign
       from app.calendar_entry e join app.campaign c on c.id = e.campaign_id`,
    ),
  ).toEqual([{ name: 'Street theatre', starts: '2026-03-01', ends: '2026-03-02', campaign: 'tour' }]);
});

describe('what people changed in the hub', () => {
  test('stays while the file says what it said, and gives way when the file changes', async () => {
    await imports.bring(HUB_VIEWER, iatiFile(['A']), 'a.xml');
    const { id, version } = await programme('Activity A');
    savedId(await world.programmes.revise(HUB_VIEWER, { id, expectedVersion: version, name: 'Our own name' }));
    const same = await imports.bring(HUB_VIEWER, iatiFile(['A']), 'a.xml');
    expect(countsOf(same)).toMatchObject({ unchanged: 1, changed: 0 });
    expect(await programme('Our own name')).toMatchObject({ id });

    const dated = iatiFile(['A'], undefined, () => ({ start: '2026-02-01' }));
    const moved = await imports.bring(HUB_VIEWER, dated, 'a.xml');
    expect(countsOf(moved)).toMatchObject({ changed: 1 });
    expect((await itemsOf(moved))[0]?.fields).toEqual(['days']);
    expect(await programme('Our own name')).toMatchObject({ id });

    const renamed = iatiFile(['A'], undefined, () => ({ start: '2026-02-01', title: 'Renamed by its publisher' }));
    await imports.bring(HUB_VIEWER, renamed, 'a.xml');
    expect(await programme('Renamed by its publisher')).toMatchObject({ id });
  });
});

describe('rolling back', () => {
  test('withdraws what was entered and frees its identifier, so that the file can come again', async () => {
    const applied = await imports.bring(HUB_VIEWER, iatiFile(['A', 'B']), 'a.xml');
    const back = await imports.rollBack(HUB_VIEWER, applied);
    expect(back.state).toBe('ROLLED_BACK');
    expect((await itemsOf(back)).map(({ undone }) => undone)).toEqual(['WITHDRAWN', 'WITHDRAWN']);
    expect(await programme('Activity A')).toMatchObject({ external_id: null, withdrawn_at: expect.any(Date) });
    const again = await imports.bring(HUB_VIEWER, iatiFile(['A', 'B']), 'a.xml');
    expect(countsOf(again)).toMatchObject({ created: 2 });
  });

  test('gives what was changed its own words again, and knows afterwards where they come from', async () => {
    const first = iatiFile(['A']);
    await imports.bring(HUB_VIEWER, first, 'a.xml');
    const second = iatiFile(['A'], undefined, () => ({ title: 'Another title', start: '2026-03-01' }));
    const back = await imports.rollBack(HUB_VIEWER, await imports.bring(HUB_VIEWER, second, 'b.xml'));
    expect((await itemsOf(back)).map(({ undone }) => undone)).toEqual(['RESTORED']);
    expect(await programme('Activity A')).toMatchObject({ withdrawn_at: null });
    expect(countsOf(await imports.bring(HUB_VIEWER, first, 'a.xml'))).toMatchObject({ unchanged: 1, changed: 0 });
  });

  test('keeps what people changed since, or put something into, and says so', async () => {
    const applied = await imports.bring(HUB_VIEWER, iatiFile(['A', 'B', 'C']), 'a.xml');
    const edited = await programme('Activity A');
    savedId(
      await world.programmes.revise(HUB_VIEWER, {
        id: edited.id,
        expectedVersion: 1,
        description: 'Written by people.',
      }),
    );
    const parent = await programme('Activity B');
    const [owner] = await imports.rows<{ owner_id: string }>('select owner_id from app.programme where id = $1', [
      parent.id,
    ]);
    savedId(await world.campaigns.plan(HUB_VIEWER, { name: 'Inside', programme: parent.id, owner: owner?.owner_id }));
    const back = await imports.rollBack(HUB_VIEWER, applied);
    expect((await itemsOf(back)).map(({ undone, undone_because: because }) => [undone, because])).toEqual([
      ['KEPT', 'It was changed since.'],
      ['KEPT', 'Something was planned inside it since.'],
      ['WITHDRAWN', null],
    ]);
    expect(await programme('Activity A')).toMatchObject({ withdrawn_at: null, description: 'Written by people.' });
  });
});

describe('an apply that was interrupted', () => {
  test('has written nothing, and is finished when it is begun again', async () => {
    const planned = await imports.send(HUB_VIEWER, iatiFile(['A', 'B']), 'a.xml');
    savedId(await imports.service.apply(HUB_VIEWER, { id: planned.id, expectedVersion: planned.version }));
    const before = await imprint();
    await killedWhileWriting(planned.id);
    expect(await imprint()).toEqual(before);
    expect((await imports.stored(planned.id)).state).toBe('APPLYING');
    await imports.work(planned.id);
    expect(await imports.stored(planned.id)).toMatchObject({ state: 'APPLIED', created: 2 });
  });

  test('by two workers at once writes everything once', async () => {
    const planned = await imports.send(HUB_VIEWER, iatiFile(['A', 'B']), 'a.xml');
    savedId(await imports.service.apply(HUB_VIEWER, { id: planned.id, expectedVersion: planned.version }));
    await Promise.all([imports.work(planned.id), imports.work(planned.id)]);
    expect(await imports.stored(planned.id)).toMatchObject({ state: 'APPLIED', created: 2 });
    expect(await imports.rows(`select id from app.programme`)).toHaveLength(2);
  });
});

/** Applies until everything but the items is written, and takes the connection from under it. */
function killedWhileWriting(runId: string): Promise<void> {
  return withClient(world.database.adminUrl, async (client) => {
    await client.query('begin; lock table app.import_item in access exclusive mode');
    const ended = imports.work(runId).then(
      () => 'done',
      () => 'interrupted',
    );
    for (let pids: number[] = []; pids.length === 0;) {
      const { rows } = await client.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      pids = rows.map(({ pid }) => pid);
      for (const pid of pids) await client.query('select pg_terminate_backend($1)', [pid]);
    }
    expect(await ended).toBe('interrupted');
    await client.query('rollback');
  });
}
