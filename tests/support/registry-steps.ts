import { sql } from 'kysely';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import type { Randomness } from '../../platform/ids.ts';
import { type MatchingWorld, savedId } from './matching.ts';

/** Draws from few values, so that random records often have something in common. */
export interface Chooser {
  /** A whole number from 0 up to but without `limit`. */
  below(limit: number): number;
  oneOf<T>(values: readonly T[]): T;
  /** One to `most` of the values, each once. */
  someOf<T>(values: readonly T[], most: number): T[];
  shuffled<T>(values: readonly T[]): T[];
}

export function chooser(randomness: Randomness): Chooser {
  const below = (limit: number): number => {
    const [a = 0, b = 0, c = 0] = randomness.bytes(3);
    return ((a << 16) | (b << 8) | c) % limit;
  };
  const shuffled = <T>(values: readonly T[]): T[] =>
    values
      .map((value) => ({ value, key: below(1 << 20) }))
      .sort((x, y) => x.key - y.key)
      .map(({ value }) => value);
  return {
    below,
    shuffled,
    oneOf: (values) => {
      const value = values[below(values.length)];
      if (value === undefined) throw new Error('nothing to choose from');
      return value;
    },
    someOf: (values, most) => shuffled(values).slice(0, 1 + below(most)),
  };
}

/** What exists, as far as further steps need to know it. */
export interface Registry {
  readonly actors: string[];
  readonly programmes: string[];
  readonly campaigns: string[];
  readonly entries: string[];
}

const KINDS = ['state_national', 'national_ngo', 'intergovernmental', 'diaspora_association', 'media'];
const PLACES = ['BD', 'BD-13', 'BD-10', 'MY', 'ID', 'TH'];
const CORRIDORS = ['rohingya_andaman'];
const AUDIENCES = ['prospective_migrant', 'refugee_in_camp', 'youth_15_24'];
const THEMES = ['trafficking_in_persons', 'people_smuggling', 'irregular_maritime_ventures'];
const CHANNELS = ['radio', 'facebook', 'community_meeting'];
const LANGUAGES = ['bn', 'en', 'ms'];

/** Actors of several kinds, all but the last verified. */
export async function registerActors(world: MatchingWorld, count: number): Promise<Registry> {
  const actors: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const input = { name: `Example actor ${String(i)}`, kind: KINDS[i % KINDS.length] };
    const id = savedId(await world.actors.register(HUB_VIEWER, input));
    if (i < count - 1)
      savedId(await world.actors.verify(HUB_VIEWER, { id, expectedVersion: 1, evidence: 'for a test' }));
    actors.push(id);
  }
  return { actors, programmes: [], campaigns: [], entries: [] };
}

/** Adds `count` records: some programmes, more campaigns, most of all entries. */
export async function growRegistry(
  world: MatchingWorld,
  registry: Registry,
  choose: Chooser,
  count: number,
): Promise<void> {
  for (let i = 0; i < count; i += 1)
    await choose.oneOf([addProgramme, planCampaign, planCampaign, addEntry])(world, registry, choose);
}

/** Verifies every actor that is not, so that all that can match does. */
export async function verifyAll(world: MatchingWorld, { actors }: Registry): Promise<void> {
  for (const actor of actors) {
    savedId(
      await world.actors.verify(HUB_VIEWER, { ...(await targetOf(world, 'actor', actor)), evidence: 'for a test' }),
    );
  }
}

/** One random change of the registry; returns what kind of change was tried. */
export async function step(world: MatchingWorld, registry: Registry, choose: Chooser): Promise<string> {
  const change = choose.oneOf(CHANGES);
  await change(world, registry, choose);
  return change.name;
}

type Change = (world: MatchingWorld, registry: Registry, choose: Chooser) => Promise<void>;

const addProgramme: Change = async (world, registry, choose) => {
  const owner = choose.oneOf(registry.actors);
  const partners = (choose.below(3) > 0 ? [] : choose.someOf(registry.actors, 2)).map((actor) => ({
    actor,
    role: 'implementing',
  }));
  const input = { name: 'Example programme', owner, partners, footprint: footprint(choose, 0.8) };
  registry.programmes.push(savedId(await world.programmes.register(HUB_VIEWER, input)));
};

const planCampaign: Change = async (world, registry, choose) => {
  const programme = registry.programmes.length > 0 && choose.below(3) > 0 ? choose.oneOf(registry.programmes) : null;
  const owner = programme === null ? { owner: choose.oneOf(registry.actors) } : { programme };
  const messages = choose.someOf(['deter', 'protect', 'inform'], 2).map((stance) => ({
    text: 'Example message',
    stance,
    audiences: choose.below(2) === 0 ? [] : choose.someOf(AUDIENCES, 1),
  }));
  const input = { name: 'Example campaign', ...owner, messages, footprint: footprint(choose, 0.7) };
  const outcome = await world.campaigns.plan(HUB_VIEWER, input);
  if (outcome.kind === 'saved') registry.campaigns.push(outcome.id);
};

const addEntry: Change = async (world, registry, choose) => {
  if (registry.campaigns.length === 0) return planCampaign(world, registry, choose);
  const campaign = choose.oneOf(registry.campaigns);
  const status = choose.oneOf(['tentative', 'confirmed']);
  const input = { name: 'Example entry', campaign, status, footprint: footprint(choose, 0.4) };
  const outcome = await world.calendar.add(HUB_VIEWER, input);
  if (outcome.kind === 'saved') registry.entries.push(outcome.id);
};

const reviseProgramme: Change = async (world, { programmes, actors }, choose) => {
  const target = await targetOf(world, 'programme', choose.oneOf(programmes));
  const partners = choose.someOf(actors, 3).map((actor) => ({ actor, role: 'funding' }));
  await world.programmes.revise(HUB_VIEWER, { ...target, partners, footprint: footprint(choose, 0.8) });
};

const withdrawProgramme: Change = async (world, { programmes }, choose) => {
  await world.programmes.withdraw(HUB_VIEWER, await targetOf(world, 'programme', choose.oneOf(programmes)));
};

const reviseCampaign: Change = async (world, { campaigns }, choose) => {
  const target = await targetOf(world, 'campaign', choose.oneOf(campaigns));
  await world.campaigns.revise(HUB_VIEWER, { ...target, footprint: footprint(choose, 0.7) });
};

const moveCampaign: Change = async (world, { campaigns, programmes }, choose) => {
  const target = await targetOf(world, 'campaign', choose.oneOf(campaigns));
  const programme = choose.below(2) === 0 ? null : choose.oneOf(programmes);
  await world.campaigns.revise(HUB_VIEWER, { ...target, programme });
};

const rescheduleCampaign: Change = async (world, { campaigns }, choose) => {
  const target = await targetOf(world, 'campaign', choose.oneOf(campaigns));
  await world.campaigns.reschedule(HUB_VIEWER, { ...target, days: days(choose) });
};

const cancelCampaign: Change = async (world, { campaigns }, choose) => {
  await world.campaigns.cancel(HUB_VIEWER, await targetOf(world, 'campaign', choose.oneOf(campaigns)));
};

const reviseEntry: Change = async (world, { entries }, choose) => {
  const target = await targetOf(world, 'calendar_entry', choose.oneOf(entries));
  await world.calendar.revise(HUB_VIEWER, { ...target, footprint: footprint(choose, 0.4) });
};

const cancelEntry: Change = async (world, { entries }, choose) => {
  await world.calendar.cancel(HUB_VIEWER, await targetOf(world, 'calendar_entry', choose.oneOf(entries)));
};

const suspendActor: Change = async (world, { actors }, choose) => {
  const target = await targetOf(world, 'actor', choose.oneOf(actors));
  await world.actors.suspend(HUB_VIEWER, { ...target, reason: 'for a test' });
};

const verifyActor: Change = async (world, { actors }, choose) => {
  for (const actor of actors.filter(() => choose.below(2) === 0)) {
    await world.actors.verify(HUB_VIEWER, { ...(await targetOf(world, 'actor', actor)), evidence: 'for a test' });
  }
};

const mergeActors: Change = async (world, { actors }, choose) => {
  if (actors.length < 6 || choose.below(4) > 0) return;
  const [survivor = '', duplicate = ''] = choose.shuffled(actors);
  const { expectedVersion } = await targetOf(world, 'actor', survivor);
  const outcome = await world.actors.merge(HUB_VIEWER, { survivor, duplicate, expectedVersion });
  if (outcome.kind === 'saved' && actors.includes(duplicate)) actors.splice(actors.indexOf(duplicate), 1);
};

const changeActorKind: Change = async (world, { actors }, choose) => {
  const target = await targetOf(world, 'actor', choose.oneOf(actors));
  await world.actors.revise(HUB_VIEWER, { ...target, kind: choose.oneOf(KINDS) });
};

const CHANGES: readonly Change[] = [
  addProgramme,
  planCampaign,
  addEntry,
  addEntry,
  reviseProgramme,
  withdrawProgramme,
  reviseCampaign,
  moveCampaign,
  rescheduleCampaign,
  cancelCampaign,
  reviseEntry,
  cancelEntry,
  suspendActor,
  verifyActor,
  verifyActor,
  changeActorKind,
  mergeActors,
];

async function targetOf(
  world: MatchingWorld,
  table: string,
  id: string,
): Promise<{ id: string; expectedVersion: number }> {
  const db = world.worker.orm.em.fork().getKysely();
  const { rows } = await sql<{ version: number }>`select version from ${sql.table(table)} where id = ${id}`.execute(db);
  return { id, expectedVersion: rows[0]?.version ?? 0 };
}

/** Each facet is stated with the given probability. */
function footprint(choose: Chooser, stated: number): Record<string, unknown> {
  const facets = {
    days: () => days(choose),
    places: () => choose.someOf(PLACES, 2),
    corridors: () => (choose.below(2) === 0 ? null : choose.someOf(CORRIDORS, 1)),
    audiences: () => choose.someOf(AUDIENCES, 2),
    themes: () => choose.someOf(THEMES, 2),
    channels: () => choose.someOf(CHANNELS, 2),
    languages: () => choose.someOf(LANGUAGES, 2),
  };
  return Object.fromEntries(
    Object.entries(facets).flatMap(([facet, draw]) => (choose.below(1_000) < stated * 1_000 ? [[facet, draw()]] : [])),
  );
}

function days(choose: Chooser): { start: string; end: string | null } {
  const month = 1 + choose.below(6);
  const start = `2027-0${String(month)}-${String(10 + choose.below(15))}`;
  const end = `2027-0${String(month + choose.below(3))}-${String(25 + choose.below(3))}`;
  return { start, end: choose.below(6) === 0 ? null : end };
}
