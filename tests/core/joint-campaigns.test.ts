import fc from 'fast-check';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LeadingService } from '../../core/joint-campaigns/leading.service.ts';
import { MessageService } from '../../core/joint-campaigns/message.service.ts';
import { OutcomeService } from '../../core/joint-campaigns/outcome.service.ts';
import { PartService } from '../../core/joint-campaigns/part.service.ts';
import { StartingService } from '../../core/joint-campaigns/starting.service.ts';
import { TaskService } from '../../core/joint-campaigns/task.service.ts';
import type { Outcome } from '../../core/outcome.ts';
import { type ConsentWorld, consentWorld, OUTSIDER } from '../security/consent-world.ts';
import { type Answer, JointModel } from '../support/joint-model.ts';
import { savedId } from '../support/matching.ts';

/** Their roles on the corridor of the consent world; all of them are in the suggestion. */
const ROLES: ReadonlyMap<string, string> = new Map([
  ['a', 'origin'],
  ['b', 'destination'],
  ['c', 'destination'],
  ['d', 'transit'],
]);
const LETTERS = [...ROLES.keys()];
const EVERYBODY = [...LETTERS, OUTSIDER];
const BEGUN = { start: '2026-12-20', end: '2027-02-01' };
const LATER = { start: '2027-06-01', end: '2027-06-20' };
const RUNS = Number(process.env['CONCORD_JOINT_RUNS'] ?? 5);

interface Services {
  readonly starting: StartingService;
  readonly leading: LeadingService;
  readonly parts: PartService;
  readonly tasks: TaskService;
  readonly messages: MessageService;
  readonly outcomes: OutcomeService;
}

let world: ConsentWorld;
let services: Services;
const campaigns = new Map<string, string>();
let behind: pg.Client;

beforeAll(async () => {
  world = await consentWorld();
  behind = new pg.Client({ connectionString: world.database.adminUrl });
  await behind.connect();
  const { unitOfWork } = world.app;
  services = {
    starting: new StartingService(unitOfWork),
    leading: new LeadingService(unitOfWork),
    parts: new PartService(unitOfWork, world.calendar),
    tasks: new TaskService(unitOfWork),
    messages: new MessageService(unitOfWork),
    outcomes: new OutcomeService(unitOfWork),
  };
  for (const { id, owner } of await admin<{ id: string; owner: string }>(
    'select id, owner_id as owner from app.campaign',
  ))
    campaigns.set(world.letterOf(owner), id);
});
afterAll(async () => {
  await behind.end();
  await world.close();
});

/** Looks and acts behind the rules. */
async function admin<T extends Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<T[]> {
  return (await behind.query<T>(text, [...values])).rows;
}

/** What somebody reads of a joint campaign: that there is one, whose parts it can tell, what goes on inside, and which actors. */
interface Sight {
  readonly knows: boolean;
  readonly parts: readonly string[];
  readonly inside: boolean;
  readonly actors: readonly string[];
}

/** A joint campaign in the hub, by the letters of its parts. */
class Scene {
  private constructor(
    readonly id: string,
    readonly suggestion: string,
    private readonly ids: ReadonlyMap<string, string>,
  ) {}

  static async open(endorsers: readonly string[], heir: string | null, begun: boolean): Promise<Scene> {
    await admin('delete from app.probe_budget');
    const suggestion = await world.open('JOINT_CAMPAIGN', LETTERS);
    for (const letter of endorsers)
      savedId(await world.answers.endorse(world.viewer(letter), { id: suggestion, expectedVersion: 1 }));
    await world.introduce(suggestion);
    const [starter = ''] = endorsers;
    const id = savedId(
      await services.starting.start(world.viewer(starter), {
        suggestion,
        expectedVersion: 1,
        name: 'Example',
        window: begun ? BEGUN : LATER,
        lead: heir && world.idOf(heir),
        alsoInvite: LETTERS.map((_, index) => index + 1),
      }),
    );
    const rows = await admin<{ id: string; actor: string }>(
      'select part_id as id, actor_id as actor from app.joint_party where joint_id = $1',
      [id],
    );
    return new Scene(id, suggestion, new Map(rows.map((row) => [world.letterOf(row.actor), row.id])));
  }

  partOf(letter: string): string {
    return this.ids.get(letter) ?? this.ids.get('a') ?? '';
  }

  /** The part with the version that is stored. */
  async part(letter: string): Promise<{ part: string; expectedVersion: number }> {
    const part = this.partOf(letter);
    const [row] = await admin<{ version: number }>('select version from app.joint_party where part_id = $1', [part]);
    return { part, expectedVersion: row?.version ?? 0 };
  }

  async whole(): Promise<{ id: string; expectedVersion: number; window: number; state: string; lead: string }> {
    const [row] = await admin<{ version: number; window: number; state: string; lead: string }>(
      `select version, window_version as window, state,
        (select actor_id from app.joint_part join app.joint_party on part_id = id where joint_part.joint_id = $1 and lead) as lead
       from app.joint_campaign where id = $1`,
      [this.id],
    );
    if (!row) throw new Error('the joint campaign is gone');
    return {
      id: this.id,
      expectedVersion: row.version,
      window: row.window,
      state: row.state,
      lead: world.letterOf(row.lead),
    };
  }

  sight(letter: string | null, role?: 'coordinator'): Promise<Sight> {
    return world.app.unitOfWork.look(world.viewer(letter, role), async ({ em }) => {
      const { rows } = await sql<{ knows: boolean; inside: boolean; parts: [string, string][]; actors: string[] }>`
        select exists (select from joint_campaign where id = ${this.id}) as knows,
          exists (select from joint_decision where joint_id = ${this.id}) as inside,
          (select coalesce(json_agg(json_build_array(actor_id, state)), '[]') from seen_joint_part
            where joint_id = ${this.id} and actor_id is not null) as parts,
          array(select id from actor) as actors`.execute(em.getKysely());
      const [seen] = rows;
      if (!seen) throw new Error('one row was asked for');
      const parts = seen.parts.map(([actor, state]) => `${world.letterOf(actor)} ${state}`).sort();
      return { ...seen, parts, actors: seen.actors.map((id) => world.letterOf(id)).sort() };
    });
  }

  async check(model: JointModel): Promise<void> {
    for (const letter of EVERYBODY) {
      const expected = {
        knows: model.knows(letter),
        inside: model.isMember(letter),
        parts: letter === OUTSIDER ? [] : model.sightOf(letter),
        actors: model.actorsFor(letter),
      };
      expect(await this.sight(letter), `seen by ${letter}`).toEqual(expected);
    }
    expect(await this.sight(null, 'coordinator')).toMatchObject({ knows: false, inside: false, parts: [] });
    const { state, window, lead } = await this.whole();
    expect({ state, window, lead }).toEqual({ state: model.state, window: model.window, lead: model.lead });
  }

  /** Nothing of it shows in the next. */
  async close(): Promise<void> {
    await admin(`update app.actor set vetting = 'verified'`);
    await admin(`update app.joint_party set state = 'withdrawn', declined_reason = null`);
    await world.expire(this.suggestion);
    await world.takeEvents();
  }
}

class Happening implements fc.AsyncCommand<JointModel, Scene> {
  constructor(
    private readonly words: string,
    private readonly body: (model: JointModel, scene: Scene) => Promise<void>,
  ) {}

  check(): boolean {
    return true;
  }

  async run(model: JointModel, scene: Scene): Promise<void> {
    await this.body(model, scene);
    await scene.check(model);
  }

  toString(): string {
    return this.words;
  }
}

function agree(outcome: Outcome, expected: Answer, words: string): void {
  expect(outcome.kind, `${words}: ${JSON.stringify(outcome)}`).toBe(expected);
}

const somebody = fc.constantFrom(...EVERYBODY);
const participant = fc.constantFrom(...LETTERS);
/** Whoever leads, most of the time. */
const leader = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: somebody });
const viewer = (letter: string) => world.viewer(letter);

/** Moves with a part of one's own. */
const answering = fc
  .tuple(
    fc.constantFrom('accept', 'accept', 'accept', 'decline', 'proposeDates', 'confirm', 'confirm', 'withdraw'),
    somebody,
  )
  .map(
    ([verb, letter]) =>
      new Happening(`${letter}: ${verb}`, async (model, scene) => {
        const target = await scene.part(letter);
        const { window } = await scene.whole();
        const expected = model[verb](letter);
        const confirm = { campaign: campaigns.get(letter) ?? 'cmp_none', windowVersion: window };
        const respond = (answer: string) => services.parts.respond(viewer(letter), { ...target, answer, days: LATER });
        const calls = {
          accept: () => respond('accept'),
          decline: () => respond('decline'),
          proposeDates: () => respond('propose_dates'),
          confirm: () => services.parts.confirmDates(viewer(letter), { ...target, ...confirm }),
          withdraw: () => services.parts.withdraw(viewer(letter), target),
        };
        // Who has no part tries that of another, of which it knows nothing.
        agree(await calls[verb](), expected, verb);
      }),
  );

const meddling = fc.tuple(somebody, participant).map(
  ([letter, other]) =>
    new Happening(`${letter} answers for ${other}`, async (model, scene) => {
      if (letter === other) return;
      const target = await scene.part(other);
      agree(
        await services.parts.respond(viewer(letter), { ...target, answer: 'accept' }),
        model.meddle(letter, other),
        'meddle',
      );
    }),
);

const leading = fc.tuple(fc.constantFrom('activate', 'activate', 'complete', 'cancel', 'takeLead'), leader).map(
  ([verb, chosen]) =>
    new Happening(`${chosen ?? 'the lead'}: ${verb}`, async (model, scene) => {
      const letter = chosen ?? model.lead;
      const { id, expectedVersion } = await scene.whole();
      agree(await services.leading[verb](viewer(letter), { id, expectedVersion }), model[verb](letter), verb);
    }),
);

const moving = fc.tuple(leader, fc.boolean()).map(
  ([chosen, begun]) =>
    new Happening(`${chosen ?? 'the lead'} moves the window ${begun ? 'to now' : 'away'}`, async (model, scene) => {
      const letter = chosen ?? model.lead;
      const { id, expectedVersion } = await scene.whole();
      const window = begun ? BEGUN : LATER;
      agree(
        await services.leading.revise(viewer(letter), { id, expectedVersion, window }),
        model.moveWindow(letter, begun),
        'move',
      );
    }),
);

const handing = fc.tuple(leader, participant, fc.option(fc.boolean())).map(
  ([chosen, other, required]) =>
    new Happening(
      `${chosen ?? 'the lead'} ${required === null ? 'gives the lead to' : `requires (${String(required)})`} ${other}`,
      async (model, scene) => {
        const letter = chosen ?? model.lead;
        const { id, expectedVersion } = await scene.whole();
        const part = scene.partOf(other);
        const change = required === null ? { lead: part } : { required: [{ part, required }] };
        const expected = required === null ? model.giveLead(letter, other) : model.require(letter, other, required);
        agree(await services.leading.revise(viewer(letter), { id, expectedVersion, ...change }), expected, 'hand over');
      },
    ),
);

/** All that is required of somebody is done, so far as it may do it. */
const working = participant.map(
  (letter) =>
    new Happening(`${letter} does its tasks`, async (model, scene) => {
      const tasks = await admin<{ id: string; version: number }>(
        `select id, version from app.joint_task where part_id = $1 and required and state = 'open'`,
        [scene.partOf(letter)],
      );
      for (const { id, version } of tasks) {
        const input = { id, expectedVersion: version, state: 'done' };
        const outcome = await services.tasks.settle(viewer(letter), input);
        const may = model.isMember(letter) && model.state !== 'cancelled';
        const part = model.parts.get(letter);
        if (may && part) part.tasksDone = true;
        if (may) agree(outcome, 'saved', 'settle');
        else expect(['not-found', 'conflict']).toContain(outcome.kind);
      }
    }),
);

const speaking = fc.tuple(participant, somebody).map(
  ([author, reviewer]) =>
    new Happening(`${author} writes and ${reviewer} approves`, async (model, scene) => {
      const [drafted, reviewed] = model.speak(author, reviewer);
      const message = { part: scene.partOf(author), perspective: ROLES.get(author), language: 'ms', text: 'Example.' };
      const outcome = await services.messages.draft(viewer(author), message);
      agree(outcome, drafted, 'draft');
      if (outcome.kind !== 'saved' || reviewed === null) return;
      const input = { id: outcome.id, expectedVersion: 1, verdict: 'approve' };
      agree(await services.messages.review(viewer(reviewer), input), reviewed, 'review');
    }),
);

const recording = somebody.map(
  (letter) =>
    new Happening(`${letter} records an outcome`, async (model, scene) => {
      const version = model.outcomes.get(letter) ?? null;
      const input = { jointCampaign: scene.id, expectedVersion: version, achieved: 'Example.' };
      agree(await services.outcomes.record(viewer(letter), input), model.recordOutcome(letter), 'record');
    }),
);

const outside = fc.tuple(fc.constantFrom('suspended', 'verified', 'verified', 'regrets'), participant).map(
  ([event, letter]) =>
    new Happening(`${letter} is ${event}`, async (model, scene) => {
      if (event === 'regrets') {
        await world.answers.withdraw(world.viewer(letter), { id: scene.suggestion, expectedVersion: 1 });
        model.withdrawEndorsement(letter);
        return;
      }
      if (event === 'suspended') model.suspend(letter);
      else model.restore(letter);
      await admin('update app.actor set vetting = $1 where id = $2', [event, world.idOf(letter)]);
    }),
);

const happenings = fc.commands<JointModel, Scene, false>(
  [
    answering,
    answering,
    answering,
    meddling,
    leading,
    leading,
    moving,
    handing,
    working,
    working,
    speaking,
    speaking,
    recording,
    outside,
  ],
  { maxCommands: 30, size: '+1' },
);

/** How far each is when anything may happen; what random steps alone would reach too seldom. */
const STARTS = ['new', 'ready', 'active', 'completed', 'cancelled'] as const;

/** Takes a new one so far: everybody accepts, and does what makes it ready. */
async function prepare(model: JointModel, scene: Scene, from: (typeof STARTS)[number]): Promise<void> {
  const step = async (happening: Promise<Outcome>, expected: Answer): Promise<void> => {
    agree(await happening, expected, 'prepare');
  };
  for (const letter of LETTERS.slice(1)) {
    await step(
      services.parts.respond(viewer(letter), { ...(await scene.part(letter)), answer: 'accept' }),
      model.accept(letter),
    );
    await scene.check(model);
  }
  const tryTooEarly = async (): Promise<void> => {
    const { id, expectedVersion } = await scene.whole();
    await step(services.leading.activate(viewer(model.lead), { id, expectedVersion }), 'conflict');
  };
  for (const letter of LETTERS) {
    if (model.parts.get(letter)?.required) await tryTooEarly();
    const confirm = { ...(await scene.part(letter)), campaign: campaigns.get(letter), windowVersion: 1 };
    await step(services.parts.confirmDates(viewer(letter), confirm), model.confirm(letter));
    const other = letter === 'a' ? 'b' : 'a';
    const [drafted] = model.speak(letter, other);
    const message = { part: scene.partOf(letter), perspective: ROLES.get(letter), language: 'ms', text: 'Example.' };
    const outcome = await services.messages.draft(viewer(letter), message);
    agree(outcome, drafted, 'draft');
    await step(
      services.messages.review(viewer(other), { id: savedId(outcome), expectedVersion: 1, verdict: 'approve' }),
      'saved',
    );
    for (const { id } of await admin<{ id: string }>('select id from app.joint_task where part_id = $1 and required', [
      scene.partOf(letter),
    ]))
      await step(services.tasks.settle(viewer(letter), { id, expectedVersion: 1, state: 'done' }), 'saved');
    const part = model.parts.get(letter);
    if (part) part.tasksDone = true;
  }
  const moves = {
    new: [],
    ready: [],
    active: ['activate'],
    completed: ['activate', 'complete'],
    cancelled: ['cancel'],
  } as const;
  for (const verb of moves[from]) {
    const { id, expectedVersion } = await scene.whole();
    await step(services.leading[verb](viewer(model.lead), { id, expectedVersion }), model[verb](model.lead));
  }
}

describe('whatever its members do in whatever order', () => {
  test.each(STARTS)(
    'a joint campaign that is %s becomes only what it may, and each knows only whom it may',
    { timeout: 60_000 + RUNS * 20_000 },
    async (from) => {
      const endorsing = fc.constantFrom(['a', 'b'], ['a', 'b', 'd'], ['a', 'b', 'c', 'd']);
      const plan = fc.record({ endorsers: endorsing, heir: fc.constantFrom(null, 'b'), soon: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(plan, happenings, async ({ endorsers, heir, soon }, commands) => {
          const begun = soon || from === 'completed';
          const scene = await Scene.open(endorsers, heir, begun);
          const model = new JointModel(ROLES, endorsers, heir, begun);
          try {
            await scene.check(model);
            if (from !== 'new') await prepare(model, scene, from);
            await scene.check(model);
            await fc.asyncModelRun(() => ({ model, real: scene }), commands);
          } finally {
            await scene.close();
          }
        }),
        { numRuns: RUNS },
      );
    },
  );
});
