import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { mutateJoint } from '../support/joint.ts';
import { idOf, mutate } from '../support/mutate.ts';
import type { Chooser } from '../support/registry-steps.ts';
import {
  type Asker,
  type BaseWorld,
  COARSE,
  DISTRICTS,
  HIDDEN,
  type Party,
  type Writing,
  as,
  drawFootprint,
  write,
} from './base-world.ts';
import type { Curiosity } from './asking.ts';
import { perform, shareProgramme } from './perform.ts';

/** What there is to be curious about after a write: ids by which a viewer would ask. */
export type Hidden = Partial<Curiosity['hidden']>;

/** A world that is about to become one of a pair. */
export interface Varying extends Writing, Pick<BaseWorld, 'records'> {
  readonly choose: Chooser;
}

/**
 * A difference that these askers may not notice. Both sides draw the same numbers; `left` does nothing where it is left out.
 * From the design: what is neither visible to the viewer nor in a released form.
 */
export interface Variation {
  readonly name: string;
  readonly askers: readonly Asker[];
  readonly left?: (world: Varying) => Promise<Hidden>;
  readonly right: (world: Varying) => Promise<Hidden>;
}

/** The name that everything hidden has, for searches to look for, and its code. */
export const WORD = 'Lantern';
export const CODE = { scheme: 'example', value: 'lantern-1' };

const OUTSIDERS: readonly Asker[] = ['viewer', 'stranger', 'pending', 'observer'];
const ALL_BUT_OWNER: readonly Asker[] = [...OUTSIDERS, 'coordinator'];

const named = { name: `Project ${WORD}`, identifier: CODE, description: `All about ${WORD}`, source: WORD };

async function hiddenTree(world: Varying, party: Party, release: object): Promise<Hidden> {
  const footprint = drawFootprint(world.choose);
  const programme = await write(world, party, 'registerProgramme', {
    ...named,
    ...release,
    footprint,
    // Who is pending knows nobody whom it could name.
    partners: party === 'pending' ? [] : [{ actor: world.actors.viewer, role: 'FUNDING' }],
    commitments: [{ kind: 'FUNDS', description: WORD, amount: 5, currency: 'AUD' }],
    mechanisms: [{ name: WORD, description: WORD }],
  });
  const messages = [{ text: `${WORD} is near`, stance: 'deter' }];
  const campaign = await write(world, party, 'planCampaign', { ...named, ...release, programme, footprint, messages });
  const materials = [{ title: WORD, url: 'https://example.org/lantern' }];
  const entry = await write(world, party, 'addCalendarEntry', { ...named, ...release, campaign, footprint, materials });
  const resources = { kind: 'AIRTIME', description: WORD, validTo: '2027-02-01', corridors: ['rohingya_andaman'] };
  await write(world, party, 'registerCommitment', { ...resources, programme });
  return { programme, campaign, entry };
}

const revise = async (world: Varying, id: string, change: object): Promise<Hidden> => {
  await write(world, 'owner', 'reviseProgramme', { id, expectedVersion: 1, ...change });
  return { programme: id };
};

const share = (of: 'coarse' | 'subdivision', purpose: string) => async (world: Varying) => {
  const programme = world.records[of];
  await shareProgramme(as(world, 'owner'), { programme, with: world.actors.other, purpose });
  return { programme };
};

/** Of the suggestions to its actor, the owner answers the first. */
const answered = (mutation: 'endorseSuggestion' | 'declineSuggestion') => async (world: Varying) => {
  const owner = as(world, 'owner');
  const { suggestions } = await owner.query<{ suggestions: { nodes: { id: string; version: number }[] } }>(
    '{ suggestions(first: 1, filter: { addressedToMe: true, statuses: [OPEN] }) { nodes { id version } } }',
  );
  const [first] = suggestions.nodes;
  if (!first) throw new Error('nothing is suggested to the owner');
  await perform(owner, mutation, 'AnswerSuggestionInput', { id: first.id, expectedVersion: first.version });
  return {};
};

/** Two who are suggested to each other endorsed the same and know of each other; on one side they make a joint campaign of it. */
const agreed =
  (begin: boolean) =>
  async (world: Varying): Promise<Hidden> => {
    const parties = ['owner', 'other', 'stranger'] as const;
    const ids = parties.map((party) => world.actors[party]);
    const suggestion = await withClient(world.hub.database.adminUrl, async (client) => {
      const { rows } = await client.query<{ id: string; version: number; actors: string[] }>(
        `select id, version, actors from app.suggestion s, lateral (select array(select distinct actor_id
          from app.suggestion_participant where suggestion_id = s.id and actor_id = any($1) order by actor_id limit 2) as actors) as two
       where status = 'OPEN' and cardinality(actors) > 0 order by cardinality(actors) desc, id limit 1`,
        [ids],
      );
      const [found] = rows;
      if (!found) throw new Error('nothing is suggested to any of them');
      // Where no two of them have a seat in anything, one without is revealed as well, and nobody is invited.
      const endorsers = [...found.actors, ...ids.filter((id) => !found.actors.includes(id))].slice(0, 2);
      await client.query(ANSWERS, [found.id, found.version, endorsers]);
      await client.query(REVELATIONS, [found.id]);
      return found;
    });
    const starter = parties.find((party) => suggestion.actors.includes(world.actors[party])) ?? 'owner';
    if (!begin) return {};
    const joint = await mutateJoint(as(world, starter), 'startJointCampaign', {
      suggestion: suggestion.id,
      expectedVersion: suggestion.version,
      name: WORD,
    });
    return { entry: await idOf(Promise.resolve(joint)) };
  };
const ANSWERS = `insert into app.answer (id, suggestion_id, suggestion_version, actor_id, choice, given_at)
  select 'ans_' || a, $1, $2, a, 'endorse', '2027-01-01' from unnest($3::text[]) as a`;
const REVELATIONS = `insert into app.revelation (suggestion_id, suggestion_version, from_answer_id, from_actor_id, to_answer_id, to_actor_id, revealed_at)
  select f.suggestion_id, f.suggestion_version, f.id, f.actor_id, t.id, t.actor_id, '2027-01-01'
  from app.answer f join app.answer t on t.suggestion_id = f.suggestion_id and t.id <> f.id where f.suggestion_id = $1`;

const contacted = (world: Varying) =>
  perform(as(world, 'owner'), 'addContact', 'AddContactInput', {
    of: world.records.subdivision,
    name: WORD,
    email: 'press@example.org',
    purpose: WORD,
  }).then(() => ({}));

const drafted = async (world: Varying): Promise<Hidden> => {
  const facets = {
    themes: ['people_smuggling'],
    audiences: ['prospective_migrant'],
    channels: ['hotline'],
    places: ['PH'],
  };
  const text = { title: WORD, summary: WORD, done: WORD, achieved: WORD, visibility: 'PUBLIC', ...facets };
  await write(world, 'owner', 'draftCaseStudy', text);
  const id = await write(world, 'owner', 'draftCaseStudy', { ...text, corridors: ['rohingya_andaman'] });
  // Whoever is shown to its partners publishes nothing; then its draft is withdrawn.
  const published = await mutate(as(world, 'owner'), 'publishCaseStudy', { id, expectedVersion: 1 });
  const expectedVersion = published.__typename === 'CaseStudy' ? 2 : 1;
  await write(world, 'owner', 'withdrawCaseStudy', { id, expectedVersion });
  return {};
};

const interested = async (world: Varying): Promise<Hidden> => {
  const id = await write(world, 'owner', 'declareInterest', { topic: 'TRAINING', offers: WORD });
  await write(world, 'owner', 'withdrawInterest', { id, expectedVersion: 1 });
  return {};
};

const letIn = (world: Varying) =>
  perform(as(world, 'owner'), 'grantMembership', 'GrantMembershipInput', {
    issuer: 'https://id.example.org',
    subject: WORD,
    label: WORD,
    role: 'VIEWER',
  }).then(() => ({}));

/** A district of one division and another of the same, drawn. */
function twoDistricts(choose: Chooser): readonly [string, string] {
  const [one = '', other = ''] = choose.shuffled(choose.oneOf([DISTRICTS['BD-B'], DISTRICTS['BD-C']]));
  return [one, other];
}

/** Days within one span of whole months, drawn twice. */
function daysWithin(choose: Chooser, first: number, last: number): { start: string; end: string } {
  const day = (from: number): string => String(from + choose.below(9)).padStart(2, '0');
  return { start: `2027-0${String(first)}-${day(1)}`, end: `2027-0${String(last)}-${day(20)}` };
}

const moved = (id: 'subdivision' | 'country', which: 0 | 1) => (world: Varying) => {
  const footprint = { places: [twoDistricts(world.choose)[which]] };
  return revise(world, world.records[id], { footprint });
};

const retimed = (which: 0 | 1) => (world: Varying) => {
  const both = [daysWithin(world.choose, 2, 4), daysWithin(world.choose, 2, 4)];
  return revise(world, world.records.coarse, { footprint: { days: both[which] } });
};

const detailed = (which: 0 | 1) => (world: Varying) => {
  const { choose } = world;
  const both = [drawFootprint(choose), drawFootprint(choose)].map(({ audiences, channels }) => ({
    audiences,
    channels,
    languages: [choose.oneOf(['bn', 'en', 'rhg'])],
  }));
  const place = choose.shuffled([...DISTRICTS['BD-B'], ...DISTRICTS['BD-C'], 'BD'])[which];
  return revise(world, world.records.coarse, { footprint: { ...both[which], places: [place] } });
};

const said = (id: 'coarse' | 'restricted', text: string) => (world: Varying) =>
  revise(world, world.records[id], {
    name: `Name ${text}`,
    names: [{ language: 'bn', text }],
    description: text,
    source: text,
    identifier: { scheme: 'example', value: text },
    mechanisms: [{ name: text, howToUse: text }],
    commitments: [{ kind: 'OTHER', description: text }],
  });

/** A campaign known to few that gives a number, beside one of the viewer that gives the first of them to the same people. */
const giving = (value: string) => async (world: Varying) => {
  const footprint = {
    ...drawFootprint(world.choose),
    places: ['BD'],
    days: { start: '2027-03-01', end: '2027-03-31' },
  };
  const telling = (number: string) => ({
    name: 'Where to call',
    footprint: { ...footprint, audiences: ['prospective_migrant'] },
    messages: [{ text: 'Call us', stance: 'inform', facts: [{ kind: 'HOTLINE', subject: 'Help', value: number }] }],
  });
  await write(world, 'viewer', 'planCampaign', telling('1343'));
  const release = { visibility: 'PARTNERS', matching: 'FULL', placePrecision: 'COUNTRY' };
  return { campaign: await write(world, 'owner', 'planCampaign', { ...telling(value), ...named, release }) };
};

const excluding = (excluded: readonly Party[]) => (world: Varying) =>
  revise(world, world.records.excluding, {
    exclude: { actors: excluded.map((party) => world.actors[party]), actorKinds: [], countries: [] },
  });

export const VARIATIONS: readonly Variation[] = [
  {
    name: 'a hidden programme with its parts, matched with nothing',
    askers: OUTSIDERS,
    right: (world) => hiddenTree(world, 'owner', HIDDEN),
  },
  {
    name: 'a restricted programme with its parts',
    askers: ALL_BUT_OWNER,
    right: (world) =>
      hiddenTree(world, 'owner', { release: { visibility: 'RESTRICTED', matching: 'NONE', placePrecision: 'NONE' } }),
  },
  {
    name: 'a hidden programme that only lets it be known that it exists',
    askers: OUTSIDERS,
    right: (world) =>
      hiddenTree(world, 'owner', {
        release: { visibility: 'PARTNERS', matching: 'EXISTENCE', placePrecision: 'COUNTRY' },
      }),
  },
  {
    name: 'a programme that excludes the viewer',
    askers: ['viewer', 'stranger', 'pending'],
    right: async (world) => {
      const excluded = [world.actors.viewer, world.actors.stranger, world.actors.pending];
      return hiddenTree(world, 'owner', {
        release: { visibility: 'MEMBERS', matching: 'FULL', placePrecision: 'EXACT' },
        exclude: { actors: excluded },
      });
    },
  },
  {
    name: 'a programme of somebody pending, hidden',
    askers: ['viewer', 'stranger', 'observer'],
    right: (world) => hiddenTree(world, 'pending', COARSE),
  },
  {
    name: 'what a coarse programme is called and offers',
    askers: OUTSIDERS,
    left: said('coarse', 'one'),
    right: said('coarse', WORD),
  },
  {
    name: 'what number a campaign known to few gives, be it another than the viewer’s own or the same',
    askers: OUTSIDERS,
    left: giving('1343'),
    right: giving('1399'),
  },
  {
    name: 'what a restricted programme is called and offers',
    askers: ALL_BUT_OWNER,
    left: said('restricted', 'one'),
    right: said('restricted', WORD),
  },
  {
    name: 'the district of a programme known by its division',
    askers: ALL_BUT_OWNER,
    left: moved('subdivision', 0),
    right: moved('subdivision', 1),
  },
  {
    name: 'the district of a programme known by its country',
    askers: ALL_BUT_OWNER,
    left: moved('country', 0),
    right: moved('country', 1),
  },
  {
    name: 'the days of a coarse programme within its months',
    askers: OUTSIDERS,
    left: retimed(0),
    right: retimed(1),
  },
  {
    name: 'audiences, channels, languages and place of a coarse programme',
    askers: OUTSIDERS,
    left: detailed(0),
    right: detailed(1),
  },
  {
    name: 'whom else a programme excludes',
    askers: ['viewer', 'pending', 'observer'],
    left: excluding(['stranger']),
    right: excluding(['stranger', 'suspended']),
  },
  {
    name: 'a share of a hidden programme with another',
    askers: ['viewer', 'stranger', 'pending'],
    right: share('coarse', WORD),
  },
  {
    name: 'a share of a visible programme with another',
    askers: ['viewer', 'stranger', 'pending'],
    right: share('subdivision', WORD),
  },
  {
    name: 'a programme of somebody suspended that was withdrawn',
    askers: OUTSIDERS,
    right: async (world) => {
      const id = world.records['of suspended'];
      await world.hub.app.services.programmes.withdraw(HUB_VIEWER, { id, expectedVersion: 1, reason: WORD });
      return { programme: id };
    },
  },
  {
    name: 'what another actor answered to a suggestion',
    askers: ALL_BUT_OWNER,
    left: answered('declineSuggestion'),
    right: answered('endorseSuggestion'),
  },
  {
    name: 'what others make of a suggestion together',
    askers: ['viewer', 'coordinator', 'pending', 'observer'],
    left: agreed(false),
    right: agreed(true),
  },
  { name: 'a contact that its owner keeps to itself', askers: ALL_BUT_OWNER, right: contacted },
  { name: 'a draft of a case study, and one that was withdrawn', askers: ALL_BUT_OWNER, right: drafted },
  { name: 'an interest in contributing that was withdrawn', askers: OUTSIDERS, right: interested },
  { name: 'who else was let in by another actor', askers: OUTSIDERS, right: letIn },
  {
    name: 'another key of another actor',
    askers: OUTSIDERS,
    right: async (world) => {
      await world.hub.as('viewer', world.actors.owner);
      return {};
    },
  },
  {
    name: 'a campaign inside a hidden programme that was called off',
    askers: OUTSIDERS,
    left: async (world) => hiddenTree(world, 'owner', HIDDEN),
    right: async (world) => {
      const hidden = await hiddenTree(world, 'owner', HIDDEN);
      await write(world, 'owner', 'cancelCampaign', { id: hidden.campaign, expectedVersion: 1, reason: WORD });
      return hidden;
    },
  },
];
