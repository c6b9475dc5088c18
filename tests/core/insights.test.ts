import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HUB_VIEWER, type Viewer } from '../../core/access/viewer.ts';
import { InsightService } from '../../core/insights/insight.service.ts';
import { sayReport } from '../../core/reconcile/report.ts';
import { savedId } from '../support/matching.ts';
import { type SuggestingWorld, suggestingWorld } from '../support/suggesting.ts';
import { reconcile } from '../support/world-checks.ts';

/** The hub's day is 1 January 2027. */
let world: SuggestingWorld;
let insights: InsightService;

beforeEach(async () => {
  world = await suggestingWorld();
  insights = new InsightService(world.app.unitOfWork, world.app.vocabulary);
});
afterEach(() => world.close());

const query = async <T>(statement: ReturnType<typeof sql<T>>): Promise<readonly T[]> =>
  (await statement.execute(world.worker.orm.em.fork().getKysely())).rows;

async function actor(kind: string): Promise<string> {
  const id = savedId(await world.actors.register(HUB_VIEWER, { name: 'Example actor', kind }));
  savedId(await world.actors.verify(HUB_VIEWER, { id, expectedVersion: 1, evidence: 'for a test' }));
  return id;
}

const editorFor = (actorId: string): Viewer => ({
  keyId: 'key_x',
  userId: null,
  label: 'an editor',
  role: 'editor',
  actorId,
  scopes: ['write', 'keys'],
});

const WAY = {
  kind: 'information_way',
  audience: 'student',
  statement: 'Students hear of it on the radio',
  source: 'Example survey',
  publishedOn: '2026-06-01',
  places: ['NP'],
  channels: [{ channel: 'radio', weight: 0.6 }],
};
const NEED = { ...WAY, kind: 'unmet_need', channels: [], statement: 'Students know nothing of it' };

/** A ministry that prints posters and a station with a programme of its own, for the same students. */
async function ministryAndStation(): Promise<{ readonly ministry: string; readonly station: string }> {
  const footprint = {
    days: { start: '2027-02-01', end: '2027-03-31' },
    places: ['NP'],
    corridors: ['asia_gcc'],
    audiences: ['student'],
    themes: ['fraudulent_recruitment'],
  };
  const plan = async (kind: string, channel: string): Promise<string> => {
    const owner = await actor(kind);
    savedId(
      await world.campaigns.plan(HUB_VIEWER, {
        name: 'Example',
        owner,
        footprint: { ...footprint, channels: [channel] },
      }),
    );
    return owner;
  };
  const [ministry, station] = [await plan('state_national', 'print_poster'), await plan('national_ngo', 'radio')];
  await world.settleAll();
  return { ministry, station };
}

interface Told {
  readonly status: string;
  readonly explanation: string;
}
const leverages = () => query(sql<Told>`select status, explanation from suggestion where kind = 'LEVERAGE_CHANNEL'`);
const kinds = async (): Promise<string[]> =>
  (await query(sql<{ kind: string }>`select distinct kind from overlap`)).map(({ kind }) => kind);
const vocabularyVersion = async (): Promise<string | undefined> =>
  (await query(sql<{ version: string }>`select version::text from vocabulary_version`))[0]?.version;
const gapsOf = async (audience: string): Promise<number> =>
  (await query(sql<{ id: string }>`select id from gap where audience = ${audience} and corridor = 'asia_gcc'`)).length;
const expectConsistent = async (): Promise<void> => {
  expect(sayReport(await reconcile(world))).toContain('Everything stored is what the registry says.');
};

describe('an insight that coordinators register', () => {
  test('makes an overlap a channel to be borrowed, says so to both, and no longer when it is withdrawn', async () => {
    await ministryAndStation();
    expect(await kinds()).toEqual(['REINFORCEMENT']);
    const id = savedId(await insights.register(HUB_VIEWER, WAY));
    const events = await world.settleAll();
    expect(events[0]).toEqual({ kind: 'insight.changed', audiences: ['student'] });
    expect(await kinds()).toEqual(['LEVERAGE']);
    expect(await leverages()).toEqual([
      {
        status: 'OPEN',
        explanation:
          'On the corridor “Asia to the Gulf, labour”, students obtain information through radio (Example survey): a public body in ' +
          'Nepal that speaks to them about fraudulent recruitment could borrow this channel from another actor there between ' +
          '1 February and 31 March 2027.',
      },
    ]);
    await expectConsistent();
    savedId(await insights.withdraw(HUB_VIEWER, { id, expectedVersion: 1 }));
    await world.settleAll();
    expect(await kinds()).toEqual(['REINFORCEMENT']);
    expect(await leverages()).toMatchObject([{ status: 'LAPSED' }]);
    await expectConsistent();
  });

  test('is a gap on every corridor of its places until a campaign answers it', async () => {
    const id = savedId(await insights.register(HUB_VIEWER, NEED));
    await world.settleAll();
    // Three themes of the corridor in four quarters.
    expect(await gapsOf('student')).toBe(12);
    await ministryAndStation();
    expect(await gapsOf('student')).toBe(11);
    savedId(await insights.revise(HUB_VIEWER, { id, expectedVersion: 1, themes: ['ethical_recruitment'] }));
    await world.settleAll();
    expect(await gapsOf('student')).toBe(4);
    savedId(await insights.revise(HUB_VIEWER, { id, expectedVersion: 2, audience: 'graduate_jobseeker' }));
    await world.settleAll();
    expect(await gapsOf('student')).toBe(0);
    await expectConsistent();
  });
});

describe('the word of an actor', () => {
  test('steers nothing until a coordinator confirms it, nor once the actor has changed it', async () => {
    const { station } = await ministryAndStation();
    const version = await vocabularyVersion();
    const id = savedId(await insights.register(editorFor(station), WAY));
    expect(await world.settleAll()).toEqual([]);
    expect(await vocabularyVersion()).toBe(version);
    expect(await kinds()).toEqual(['REINFORCEMENT']);
    savedId(await insights.confirm(HUB_VIEWER, { id, expectedVersion: 1 }));
    await world.settleAll();
    expect(await kinds()).toEqual(['LEVERAGE']);
    const channels = [{ channel: 'radio', weight: 1 }];
    savedId(await insights.revise(editorFor(station), { id, expectedVersion: 2, channels }));
    await world.settleAll();
    expect(await kinds()).toEqual(['REINFORCEMENT']);
    await expectConsistent();
  });

  test('cannot be made to count by its actor, whatever the application allows', async () => {
    const own = await actor('national_ngo');
    const id = savedId(await insights.register(editorFor(own), WAY));
    const confirm = world.app.unitOfWork.run(editorFor(own), ({ em }) =>
      sql`update insight set confirmed = true where id = ${id}`.execute(em.getKysely()),
    );
    await expect(confirm).rejects.toThrow('row-level security');
    const invent = world.app.unitOfWork.run(editorFor(own), ({ em }) =>
      sql`insert into insight (id, kind, audience, statement, source, confirmed) values ('ins_x', 'trend', 'student', 'x', 'x', true)`.execute(
        em.getKysely(),
      ),
    );
    await expect(invent).rejects.toThrow('row-level security');
  });

  test('becomes that of the actor it is merged into', async () => {
    const [duplicate, survivor] = [await actor('national_ngo'), await actor('national_ngo')];
    const id = savedId(await insights.register(editorFor(duplicate), WAY));
    savedId(await world.actors.merge(HUB_VIEWER, { survivor, duplicate, expectedVersion: 2 }));
    expect(await query(sql<{ owner_id: string }>`select owner_id from insight where id = ${id}`)).toEqual([
      { owner_id: survivor },
    ]);
  });
});
