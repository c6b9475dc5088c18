import { compareDrafts, draftKey } from './draft-key.ts';
import type { Ground } from './ground.ts';
import type { Draft, Participant, Reason } from './draft.ts';
import type { Footprint } from './footprint.ts';
import type { Practice } from './practice.ts';
import { FACET_WEIGHTS, RULES } from './rules.ts';
import { rolesOn, standingOf } from './standing.ts';
import type { Terrain } from './terrain.ts';
import type { DayRange } from './values/day-range.ts';
import type { EpochDay } from './values/epoch-day.ts';
import {
  difference,
  emptySet,
  has,
  intersection,
  intersects,
  isEmpty,
  jaccard,
  popcount,
  union,
  type FacetSet,
} from './values/facet-set.ts';

/** A footprint in a cell, with its countries there. */
interface Member {
  readonly footprint: Footprint;
  readonly countries: readonly number[];
}

interface Seat {
  readonly footprint: Footprint;
  readonly country: number;
  /** How well it fits the practice, 0 to 1. */
  readonly fit: number;
}

/**
 * The practices that could be replicated in a cell as of a day: those for whose audience and theme somebody works there, outside the
 * practice's own countries, while nobody who does uses half or more of its channels. Addressed to those who could: of each country
 * up to three, one footprint an owner, the best fitting first. By value, the highest first, then by start, then by key; at most
 * `RULES.replication.keep`. The order of practices and footprints does not matter. O(practices × footprints).
 */
export function composeReplications(
  cell: Ground,
  practices: readonly Practice[],
  footprints: readonly Footprint[],
  terrain: Terrain,
  asOf: EpochDay,
): Draft[] {
  const offered = practices.filter((practice) => isOfferedIn(cell, practice));
  if (offered.length === 0) return [];
  const members = membersOf(cell, footprints, terrain, asOf);
  return offered
    .flatMap((practice) => replicate(practice, cell, members, asOf) ?? [])
    .sort(compareDrafts)
    .slice(0, RULES.replication.keep);
}

function isOfferedIn(cell: Ground, { corridors, countries }: Practice): boolean {
  if (cell.kind === 'corridor') return has(corridors, cell.corridor.bit);
  return isEmpty(corridors) && !countries.includes(cell.country);
}

/** The footprints that are in the cell and not over. */
function membersOf(
  cell: Ground,
  footprints: readonly Footprint[],
  terrain: Terrain,
  asOf: EpochDay,
): readonly Member[] {
  return footprints
    .filter(({ days }) => days.end > asOf)
    .flatMap((footprint) => {
      const { seats, countries } = standingOf(footprint, terrain);
      if (cell.kind === 'corridor') {
        const seated = seats.get(cell.corridor.bit);
        return seated === undefined ? [] : [{ footprint, countries: seated }];
      }
      return countries.has(cell.country) ? [{ footprint, countries: [cell.country] }] : [];
    });
}

function replicate(practice: Practice, cell: Ground, members: readonly Member[], asOf: EpochDay): Draft | null {
  const elsewhere = members
    .map(({ footprint, countries }) => ({
      footprint,
      countries: countries.filter((country) => !practice.countries.includes(country)),
    }))
    .filter(({ footprint, countries }) => countries.length > 0 && speaksAlike(practice, footprint));
  const used = elsewhere.map(({ footprint }) => footprint.channels).reduce(union, emptySet);
  const unused = difference(practice.channels, used);
  const seats = chooseSeats(practice, elsewhere);
  const share = isEmpty(unused) ? 0 : popcount(unused) / popcount(practice.channels);
  if (seats.length === 0 || share < RULES.replication.unusedChannels) return null;
  return describe(practice, cell, { seats, unused, share }, asOf);
}

/** What is not stated is not shared, so that nobody is told to do what it may be doing already. */
function speaksAlike(practice: Practice, { audiences, themes }: Footprint): boolean {
  return intersects(practice.audiences, audiences) && intersects(practice.themes, themes);
}

/** Of each country up to three who state their channels, one footprint an owner; by country, then id. */
function chooseSeats(practice: Practice, members: readonly Member[]): Seat[] {
  const able = members
    .filter(({ footprint }) => footprint.owner !== practice.owner && !isEmpty(footprint.channels))
    .map((member) => ({ ...member, fit: fitOf(practice, member.footprint) }))
    .sort((a, b) => b.fit - a.fit || (a.footprint.id < b.footprint.id ? -1 : 1));
  const countries = [...new Set(able.flatMap((member) => member.countries))].sort((a, b) => a - b);
  return countries.flatMap((country) => {
    const here = able.filter((member) => member.countries.includes(country));
    const best = here.filter(
      ({ footprint }, at) => here.findIndex((other) => other.footprint.owner === footprint.owner) === at,
    );
    return best
      .slice(0, RULES.replication.participantsPerCountry)
      .map(({ footprint, fit }) => ({ footprint, country, fit }))
      .sort((a, b) => (a.footprint.id < b.footprint.id ? -1 : 1));
  });
}

/** How far a footprint speaks to the same people about the same, 0 to 1; weighed as overlaps are. */
function fitOf(practice: Practice, { audiences, themes }: Footprint): number {
  const { audience, theme } = FACET_WEIGHTS;
  const sum = audience * jaccard(practice.audiences, audiences) + theme * jaccard(practice.themes, themes);
  return sum / (audience + theme);
}

interface Found {
  readonly seats: readonly Seat[];
  /** The practice's channels that nobody uses there, and their share of all it has, 0 to 1. */
  readonly unused: FacetSet;
  readonly share: number;
}

function describe(practice: Practice, cell: Ground, { seats, unused, share }: Found, asOf: EpochDay): Draft {
  const corridor = cell.kind === 'corridor' ? cell.corridor : null;
  const window = windowOf(seats, asOf);
  const strength = mean(seats.map(({ fit }) => fit));
  const participants = seats.map(({ footprint, country, fit }): Participant => ({
    footprint: footprint.id,
    country,
    role: corridor === null ? null : (rolesOn(corridor, country)[0] ?? null),
    lead: false,
    strength: fit,
  }));
  const { value } = RULES.replication;
  const hundredths =
    value.fit * strength +
    value.unusedChannels * share +
    value.evidenced * Number(practice.evidenced) +
    value.committed * Number(seats.some(({ footprint }) => footprint.committed));
  const shared = (facet: 'audiences' | 'themes'): FacetSet =>
    intersection(practice[facet], seats.map(({ footprint }) => footprint[facet]).reduce(union, emptySet));
  return {
    kind: 'REPLICATE_PRACTICE',
    key: draftKey('REPLICATE_PRACTICE', corridor?.code ?? null, participants, window, practice.id),
    corridor: corridor?.bit ?? null,
    about: practice.id,
    value: hundredths / 100,
    strength,
    window,
    themes: shared('themes'),
    audiences: shared('audiences'),
    participants,
    missing: { roles: [], countries: [], languages: emptySet, channels: emptySet },
    reasons: giveReasons(practice, seats, unused, shared),
  };
}

function giveReasons(
  practice: Practice,
  seats: readonly Seat[],
  unused: FacetSet,
  shared: (facet: 'audiences' | 'themes') => FacetSet,
): Reason[] {
  const similarity = (facet: 'audiences' | 'themes'): number =>
    mean(seats.map(({ footprint }) => jaccard(practice[facet], footprint[facet])));
  const idsWhere = (holds: (footprint: Footprint) => boolean): string[] =>
    [
      ...new Set(
        seats
          .map(({ footprint }) => footprint)
          .filter(holds)
          .map(({ id }) => id),
      ),
    ].sort();
  const committed = idsWhere((footprint) => footprint.committed);
  const tentative = idsWhere((footprint) => footprint.tentative);
  const reasons: Reason[] = [
    { code: 'PRACTICE', countries: [...new Set(practice.countries)].sort((a, b) => a - b) },
    { code: 'COUNTRIES', countries: [...new Set(seats.map(({ country }) => country))] },
    { code: 'SAME_AUDIENCES', audiences: shared('audiences'), similarity: similarity('audiences') },
    { code: 'SAME_THEMES', themes: shared('themes'), similarity: similarity('themes') },
    { code: 'NOBODY_DOES', channels: unused },
  ];
  if (practice.evidenced) reasons.push({ code: 'EVIDENCED' });
  if (committed.length > 0) reasons.push({ code: 'COMMITTED_RESOURCES', footprints: committed });
  if (tentative.length > 0) reasons.push({ code: 'TENTATIVE', footprints: tentative });
  return reasons;
}

/** From the first day on which one of them is at work, or today, to the last of any. */
function windowOf(seats: readonly Seat[], asOf: EpochDay): DayRange {
  const days = seats.map(({ footprint }) => footprint.days);
  const start = days.map((range) => range.start).reduce((a, b) => (b < a ? b : a));
  const end = days.map((range) => range.end).reduce((a, b) => (b > a ? b : a));
  return { start: start > asOf ? start : asOf, end };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
