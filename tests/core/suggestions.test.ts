import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HUB_VIEWER, type Viewer } from '../../core/access/viewer.ts';
import { savedId } from '../support/matching.ts';
import { type SuggestingWorld, suggestingWorld } from '../support/suggesting.ts';

/** The hub's day is 1 January 2027. */
let world: SuggestingWorld;

beforeEach(async () => {
  world = await suggestingWorld();
});
afterEach(() => world.close());

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly version: number;
  readonly starts_on: string;
  readonly ends_on: string | null;
  readonly countries: readonly string[];
  readonly scope: string;
  readonly title: string;
  readonly explanation: string;
  readonly xmin: string;
}

/** Those of joint campaigns and of duplications; dates to align are in pair-suggestions.test.ts. */
async function rows(where = sql`true`): Promise<Row[]> {
  const result = await sql<Row>`
    select id, kind, status, version, starts_on::text, ends_on::text, countries, scope, title, explanation, xmin::text
    from suggestion where kind <> 'ALIGN_DATES' and ${where} order by starts_on, id`.execute(
    world.worker.orm.em.fork().getKysely(),
  );
  return result.rows;
}

async function one(where = sql`true`): Promise<Row> {
  const found = await rows(where);
  const [row] = found;
  if (!row || found.length > 1) throw new Error(`expected one suggestion, found ${JSON.stringify(found)}`);
  return row;
}

async function actor(kind = 'national_ngo'): Promise<string> {
  const id = savedId(await world.actors.register(HUB_VIEWER, { name: 'Example actor', kind }));
  savedId(await world.actors.verify(HUB_VIEWER, { id, expectedVersion: 1, evidence: 'for a test' }));
  return id;
}

const ABOUT = { corridors: ['rohingya_andaman'], audiences: ['refugee_in_camp'], themes: ['people_smuggling'] };

/** A campaign of an actor of its own. */
async function campaign(place: string, start: string, end: string, footprint: object = {}, kind?: string) {
  const owner = await actor(kind);
  const input = {
    name: 'Example',
    owner,
    footprint: { days: { start, end }, places: [place], ...ABOUT, ...footprint },
  };
  return { owner, id: savedId(await world.campaigns.plan(HUB_VIEWER, input)) };
}

/** The worked example of the domain: who is at work when, on one corridor. */
async function fourCountries() {
  const bd = await campaign('BD', '2027-01-01', '2027-01-31', { channels: ['radio'] }, 'state_national');
  const my = await campaign('MY', '2027-01-15', '2027-02-15');
  const id = await campaign('ID', '2027-01-20', '2027-02-20');
  const th = await campaign('TH', '2027-02-10', '2027-03-10');
  await world.settleAll();
  return { bd, my, id, th };
}

const editorFor = (actorId: string): Viewer => ({
  keyId: 'key_x',
  userId: null,
  label: 'an editor',
  role: 'editor',
  actorId,
  scopes: ['write', 'keys'],
});
const CORRIDOR = { scope: 'corridor:rohingya_andaman' } as const;
const compose = () => world.worker.unitOfWork.run(HUB_VIEWER, (work) => world.composing.compose(work, CORRIDOR.scope));

describe('composing', () => {
  test('the windows of the worked example become two suggestions, each with a sentence for people', async () => {
    await fourCountries();
    const found = await rows();
    expect(
      found.map(({ kind, status, countries, starts_on, ends_on }) => [kind, status, countries, starts_on, ends_on]),
    ).toEqual([
      ['JOINT_CAMPAIGN', 'OPEN', ['BD', 'ID', 'MY'], '2027-01-20', '2027-01-31'],
      ['JOINT_CAMPAIGN', 'OPEN', ['ID', 'MY', 'TH'], '2027-02-10', '2027-02-15'],
    ]);
    expect(found.map(({ title }) => title)).toEqual([
      'Joint campaign on people smuggling: Bangladesh, Indonesia and Malaysia, 20–31 January 2027',
      'Joint campaign on people smuggling: Indonesia, Malaysia and Thailand, 10–15 February 2027',
    ]);
    expect(found[0]?.explanation).toBe(
      'Three campaigns reach refugees in camps about people smuggling on the corridor “Rohingya, Andaman Sea” ' +
        'between 20 and 31 January 2027, in Bangladesh (origin), Indonesia (destination) and Malaysia (destination): ' +
        'they could speak with one voice; public bodies and others would work side by side; it is the season of travel ' +
        '(October to January); nobody is known to speak Rohingya, Chittagonian, Bangla or one of four others; ' +
        'Myanmar and Thailand are missing.',
    );
  });

  test('composing again writes no suggestion', async () => {
    await fourCountries();
    const before = await rows();
    expect(await compose()).toEqual({ kind: 'composed', changed: 0 });
    expect(await rows()).toEqual(before);
    expect(await world.takeEvents()).toEqual([]);
  });

  test('composed by several at once, a scope gets each suggestion once', async () => {
    await campaign('BD', '2027-05-01', '2027-05-31');
    await campaign('MY', '2027-05-01', '2027-05-31');
    await world.settle();
    const outcomes = await Promise.all([compose(), compose(), compose()]);
    expect(outcomes.map((outcome) => ('changed' in outcome ? outcome.changed : null)).sort()).toEqual([0, 0, 1]);
    expect(await rows()).toHaveLength(1);
  });

  test('a scope that nobody knows is not composed', async () => {
    const outcome = await world.worker.unitOfWork.run(HUB_VIEWER, (work) =>
      world.composing.compose(work, 'corridor:nowhere'),
    );
    expect(outcome).toEqual({ kind: 'unknown-scope' });
  });

  test('twins in one place become a duplication to avoid, in the scope of their country when they are on no corridor', async () => {
    const footprint = {
      corridors: [],
      themes: ['child_protection'],
      audiences: ['student'],
      channels: ['radio', 'tiktok'],
    };
    await campaign('NZ', '2027-03-01', '2027-03-31', footprint);
    await campaign('NZ', '2027-03-01', '2027-04-15', footprint);
    await world.settleAll();
    const suggestion = await one();
    expect(suggestion).toMatchObject({ kind: 'AVOID_DUPLICATION', scope: 'country:NZ', countries: ['NZ'] });
    expect(suggestion.explanation).toBe(
      'Two actors in New Zealand speak to students about child protection through the same channels (TikTok and radio) ' +
        'between 1 and 31 March 2027: they could divide the work or do it together.',
    );
  });

  test('a campaign without audience takes part, and the sentence says so', async () => {
    await campaign('BD', '2027-05-01', '2027-05-31');
    await campaign('MY', '2027-05-01', '2027-05-31', { audiences: [] });
    await world.settleAll();
    expect((await one()).explanation).toContain('; one of them did not state an audience.');
  });
});

describe('identity', () => {
  test('a rescheduled campaign changes its suggestion and leaves the other alone', async () => {
    const { th } = await fourCountries();
    const [january, february] = await rows();
    await world.campaigns.reschedule(HUB_VIEWER, {
      id: th.id,
      expectedVersion: 1,
      days: { start: '2027-02-12', end: '2027-03-10' },
    });
    const events = await world.settleAll();
    const [untouched, changed] = await rows();
    expect(untouched).toEqual(january);
    expect(changed).toMatchObject({ id: february?.id, status: 'OPEN', version: 2, starts_on: '2027-02-12' });
    const told = events.flatMap((event) => (event.kind === 'suggestion.changed' ? [event.id] : []));
    expect(told).toContain(february?.id);
    expect(told).not.toContain(january?.id);
  });

  test('who else takes part makes it another version, also when it is the same record of another actor', async () => {
    const { th } = await fourCountries();
    const [january, february] = await rows();
    const survivor = await actor();
    savedId(await world.actors.merge(HUB_VIEWER, { survivor, duplicate: th.owner, expectedVersion: 2 }));
    await world.settleAll();
    expect(await rows()).toMatchObject([
      { id: january?.id, version: 1 },
      { id: february?.id, version: 2, status: 'OPEN', title: february?.title },
    ]);
  });

  test('what it is worth and what it lacks may change without making it another version', async () => {
    const { my } = await fourCountries();
    const before = await rows();
    const footprint = { days: { start: '2027-01-15', end: '2027-02-15' }, places: ['MY'], ...ABOUT };
    const revised = { id: my.id, expectedVersion: 1, name: 'Example', footprint: { ...footprint, languages: ['rhg'] } };
    savedId(await world.campaigns.revise(HUB_VIEWER, revised));
    await world.settleAll();
    const after = await rows();
    expect(after.map(({ explanation }) => explanation)).not.toEqual(before.map(({ explanation }) => explanation));
    expect(after.map(({ id, version }) => [id, version])).toEqual(before.map(({ id }) => [id, 1]));
  });

  test('what nothing speaks for any more lapses, and is open again when it does', async () => {
    const { th } = await fourCountries();
    const [, february] = await rows();
    savedId(await world.actors.suspend(HUB_VIEWER, { id: th.owner, expectedVersion: 2, reason: 'for a test' }));
    await world.settleAll();
    expect(await one(sql`id = ${february?.id}`)).toMatchObject({ status: 'LAPSED', version: 2 });
    savedId(await world.actors.verify(HUB_VIEWER, { id: th.owner, expectedVersion: 3, evidence: 'for a test' }));
    await world.settleAll();
    expect(await one(sql`id = ${february?.id}`)).toMatchObject({ status: 'OPEN', version: 3 });
    // Without the one of Thailand the others shared one longer window, which has lapsed in its turn.
    expect((await rows(sql`status = 'OPEN'`)).map(({ starts_on }) => starts_on)).toEqual(['2027-01-20', '2027-02-10']);
  });
});

describe('the turn of the day', () => {
  test('a window that has passed expires, and one that runs begins today', async () => {
    await fourCountries();
    await world.turnDay(31 + 11);
    expect((await rows()).map(({ status, starts_on }) => [status, starts_on])).toEqual([
      ['EXPIRED', '2027-01-20'],
      ['OPEN', '2027-02-12'],
    ]);
  });

  test('on the same day nothing is composed again', async () => {
    await fourCountries();
    // Corridors on which nobody works have gaps all the same, once.
    const touched = (await world.turnDay(0)).map((event) =>
      event.kind === 'scope.touched' ? event.scope : event.kind,
    );
    expect(touched).toContain('corridor:asia_gcc');
    expect(touched).not.toContain(CORRIDOR.scope);
    expect(await world.turnDay(0)).toEqual([]);
  });

  test('a scope is never composed as of an earlier day than before', async () => {
    await fourCountries();
    await world.turnDay(42);
    const before = await rows();
    world.clock.advance(-42 * 86_400_000);
    await compose();
    expect(await rows()).toEqual(before);
  });

  test('when a vetting expires, what the actor takes part in lapses', async () => {
    const { my } = await fourCountries();
    const input = { id: my.owner, expectedVersion: 2, evidence: 'for a test', validUntil: '2027-01-05' };
    savedId(await world.actors.verify(HUB_VIEWER, input));
    await world.turnDay(5);
    const statuses = await rows();
    expect(statuses.filter(({ status, countries }) => status === 'OPEN' && countries.includes('MY'))).toEqual([]);
    expect(statuses.length).toBeGreaterThan(1);
  });
});

describe('dismissing', () => {
  const dismiss = (viewer: Viewer, { id, version }: Row) =>
    world.suggestions.dismiss(viewer, { id, expectedVersion: version, reason: 'planned otherwise' });

  test('a dismissed suggestion does not come back until it is much another', async () => {
    const { th } = await fourCountries();
    const [, february] = await rows();
    if (!february) throw new Error('expected two suggestions');
    savedId(await dismiss(HUB_VIEWER, february));
    const move = async (expectedVersion: number, start: string, end: string): Promise<string[]> => {
      const days = { start, end };
      savedId(await world.campaigns.reschedule(HUB_VIEWER, { id: th.id, expectedVersion, days }));
      await world.settleAll();
      return (await rows(sql`'TH' = any(countries)`)).map(({ status }) => status);
    };
    await compose();
    expect(await rows()).toHaveLength(2);
    expect(await move(1, '2027-02-05', '2027-03-10')).toEqual(['DISMISSED']);
    expect(await move(2, '2027-01-22', '2027-01-28')).toEqual(['OPEN', 'DISMISSED']);
  });

  test('editors of participants may, others may not, and hidden equals nonexistent', async () => {
    const { bd, th } = await fourCountries();
    const [january] = await rows();
    if (!january) throw new Error('expected a suggestion');
    expect(await dismiss(editorFor(th.owner), january)).toMatchObject({ kind: 'forbidden' });
    expect(await dismiss({ ...editorFor(bd.owner), role: 'viewer' }, january)).toMatchObject({ kind: 'forbidden' });
    expect(await dismiss(HUB_VIEWER, { ...january, id: 'sug_none' })).toEqual({ kind: 'not-found', id: 'sug_none' });
    expect(await dismiss(HUB_VIEWER, { ...january, version: 7 })).toEqual({ kind: 'stale', expected: 7, stored: 1 });
    expect(await dismiss(editorFor(bd.owner), january)).toEqual({ kind: 'saved', id: january.id });
    expect(await world.takeEvents()).toEqual([
      { kind: 'suggestion.changed', id: january.id },
      { kind: 'scope.touched', scope: CORRIDOR.scope },
    ]);
    expect(await dismiss(HUB_VIEWER, { ...january, version: 2 })).toMatchObject({ kind: 'conflict' });
  });
});
