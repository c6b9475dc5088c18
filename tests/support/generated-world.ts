import type { Work } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { seededRandomness } from '../../platform/ids.ts';
import { savedId } from './matching.ts';
import { type Chooser, chooser } from './registry-steps.ts';
import { type SuggestingWorld, suggestingWorld } from './suggesting.ts';

/** How many of each are made: 560 records that can match. */
const ACTORS = 45;
const PROGRAMMES = 120;
const CAMPAIGNS = 220;
const ENTRIES = 220;
const AT_ONCE = 60;

/** Some are met far more often than others, as in life: the earlier in the list, the more often. */
const COUNTRIES = ['BD', 'MY', 'ID', 'TH', 'MM', 'LK', 'PH', 'AU', 'IN', 'NP', 'KH', 'VN', 'AF', 'PK', 'FJ', 'NZ'];
const PARTS = ['BD-10', 'BD-13', 'MY-10', 'ID-AC', 'TH-83'];
const CORRIDORS = ['rohingya_andaman', 'scam_compounds', 'lk_au_maritime'];
const AUDIENCES = ['refugee_in_camp', 'prospective_migrant', 'youth_15_24', 'returnee'];
const THEMES = ['people_smuggling', 'trafficking_in_persons', 'irregular_maritime_ventures', 'safe_regular_pathways'];
const CHANNELS = ['radio', 'facebook', 'community_meeting', 'tiktok', 'community_radio'];
const LANGUAGES = ['bn', 'en', 'ms', 'id', 'th', 'rhg'];
const KINDS = [
  'state_national',
  'national_ngo',
  'ingo',
  'intergovernmental',
  'diaspora_association',
  'media',
  'telecom',
];

/** Within 400 days, from 92 days before the hub's day: some are over, some under way, most to come. */
const FIRST_DAY = Date.UTC(2026, 9, 1) / 86_400_000;

/** A world of 560 records (or a share of them), written through the services and settled; the same for the same seed. */
export async function generatedWorld(seed: number, share = 1): Promise<SuggestingWorld> {
  const world = await suggestingWorld();
  const choose = chooser(seededRandomness(`world ${String(seed)}`));
  const actors: string[] = [];
  await batch(world, ACTORS, async (work, index) => {
    const id = savedId(
      await world.actors.registerIn(work, {
        name: `Example actor ${String(index)}`,
        kind: often(choose, KINDS),
        commitments: choose.below(6) === 0 ? [{ kind: 'funds', description: 'for a test' }] : [],
      }),
    );
    actors.push(id);
    // The last few stay pending, and their records match nothing.
    if (index < ACTORS - 3)
      savedId(await world.actors.verifyIn(work, { id, expectedVersion: 1, evidence: 'for a test' }));
  });
  const programmes: string[] = [];
  await batch(world, PROGRAMMES * share, async (work) => {
    const partners = choose.someOf(actors, 1).map((actor) => ({ actor, role: 'implementing' }));
    const input = {
      name: 'Example programme',
      owner: often(choose, actors),
      partners,
      footprint: footprint(choose, 80),
    };
    programmes.push(savedId(await world.programmes.registerIn(work, input)));
  });
  const campaigns: string[] = [];
  await batch(world, CAMPAIGNS * share, async (work) => {
    const place = choose.below(2) === 0 ? { programme: choose.oneOf(programmes) } : { owner: often(choose, actors) };
    const messages = choose.someOf(['deter', 'protect'], 1).map((stance) => ({ text: 'Example message', stance }));
    const input = { name: 'Example campaign', ...place, messages, footprint: footprint(choose, 75) };
    campaigns.push(savedId(await world.campaigns.planIn(work, input)));
  });
  await batch(world, ENTRIES * share, async (work) => {
    const input = {
      name: 'Example entry',
      campaign: choose.oneOf(campaigns),
      kind: 'outreach',
      status: choose.oneOf(['tentative', 'confirmed', 'confirmed']),
      footprint: { ...footprint(choose, 30), days: days(choose) },
    };
    savedId(await world.calendar.addIn(work, input));
  });
  await world.settleAll();
  return world;
}

async function batch(
  world: SuggestingWorld,
  count: number,
  write: (work: Work, index: number) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    await world.app.unitOfWork.run(HUB_VIEWER, async (work) => {
      for (let index = from; index < Math.min(from + AT_ONCE, count); index += 1) await write(work, index);
    });
  }
}

/** Each facet is stated in so many of a hundred cases. */
function footprint(choose: Chooser, stated: number): Record<string, unknown> {
  const facets = {
    days: () => days(choose),
    places: () => some(choose, choose.below(4) === 0 ? PARTS : COUNTRIES, 2),
    corridors: () => (choose.below(3) === 0 ? some(choose, CORRIDORS, 1) : []),
    audiences: () => some(choose, AUDIENCES, 2),
    themes: () => some(choose, THEMES, 2),
    channels: () => some(choose, CHANNELS, 2),
    languages: () => some(choose, LANGUAGES, 2),
  };
  return Object.fromEntries(
    Object.entries(facets).flatMap(([facet, draw]) => (choose.below(100) < stated ? [[facet, draw()]] : [])),
  );
}

function days(choose: Chooser): { start: string; end: string | null } {
  const start = FIRST_DAY + choose.below(300);
  const end = Math.min(start + choose.oneOf([2, 10, 20, 40, 60, 90, 150]), FIRST_DAY + 395);
  return { start: written(start), end: choose.below(12) === 0 ? null : written(end) };
}

const written = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** The earlier in the list, the more often. */
function often<T>(choose: Chooser, values: readonly T[]): T {
  return choose.oneOf(values.slice(0, 1 + choose.below(values.length)));
}

/** One up to `most` of the values, each once. */
function some<T>(choose: Chooser, values: readonly T[], most: number): T[] {
  return [...new Set(Array.from({ length: 1 + choose.below(most) }, () => often(choose, values)))];
}
