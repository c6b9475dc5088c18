import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { parseCalendarDate } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import { mayCurate } from '../access/viewer.ts';
import type { CellRow, FootprintRow } from '../footprints/footprint.rows.ts';
import { inherit, toFacets } from '../footprints/inherit.ts';
import type { RegistryRow } from '../footprints/registry.rows.ts';
import type { StatedFootprint } from '../footprints/stated-footprint.ts';
import { type ReleasableFootprint, toFootprint } from '../footprints/to-footprint.ts';
import type { Issue } from '../outcome.ts';
import { BadRequest } from '../projection/selection.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

/** The id under which a footprint that is not registered is compared; no record can have it. */
const UNREGISTERED = 'unregistered';

/**
 * What the footprints that one with these cells could meet release to the viewer; without those who are in a suggestion, if one is
 * named. One statement.
 */
export async function readReleasedMetBy(
  em: EntityManager,
  cells: readonly CellRow[],
  suggestion: string | null = null,
): Promise<ReleasableFootprint[]> {
  const beside = suggestion === null ? sql`` : sql`, ${suggestion}`;
  const { rows } = await sql<{ released: FootprintRow }>`
    select released from app.released_met_by(${JSON.stringify(cells)}::jsonb${beside}) as released`.execute(
    em.getKysely(),
  );
  return rows.flatMap(({ released }) => toFootprint(released) ?? []);
}

/** For whom something is compared. */
export interface Owner {
  readonly id: string;
  readonly kind: string;
}

/** A programme in which something would be. */
export interface Home extends StatedFootprint {
  readonly id: string;
  readonly places: readonly string[];
  readonly statedCorridors: readonly string[];
  readonly audiences: readonly string[];
  readonly themes: readonly string[];
  readonly channels: readonly string[];
  readonly languages: readonly string[];
  /** Its owner and partners. */
  readonly members: readonly string[];
}

/** The viewer's own actor, or for coordinators any that they see. @throws {BadRequest} for others */
export async function readOwner({ em, viewer }: Work, id: string | null): Promise<Owner> {
  if (id === null) throw new BadRequest('input.owner: This key acts for no actor: say whose it would be.');
  if (id !== viewer.actorId && !mayCurate(viewer))
    throw new BadRequest('input.owner: Only coordinators may look on behalf of another actor.');
  const { rows } = await sql<Owner>`select id, kind from actor where id = ${id} and merged_into_id is null`.execute(
    em.getKysely(),
  );
  return rows[0] ?? missing('owner', id);
}

/** A programme that the viewer sees. @throws {BadRequest} where it sees none */
export async function readProgramme(em: EntityManager, id: string): Promise<Home> {
  const { rows } = await sql<Home>`
    select id, places, stated_corridors as "statedCorridors", audiences, themes, channels, languages,
      owner_id || array(select actor_id from programme_partner where programme_id = programme.id) as members
    from programme where id = ${id} and withdrawn_at is null`.execute(em.getKysely());
  return rows[0] ?? missing('programme', id);
}

/** What is looked at as if it were a registered campaign of this owner, and a verified one. */
export function toRecord(
  owner: Owner,
  programme: Home | null,
  stated: StatedFootprint,
  days: { readonly start: string; readonly end?: string | null | undefined } | null,
  vocabulary: Vocabulary,
): RegistryRow {
  const facets = inherit(stated, programme && toFacets(programme), vocabulary);
  const dayOf = (text: string | null | undefined): number | null => (text ? parseCalendarDate(text) : null);
  return {
    ...facets,
    id: UNREGISTERED,
    kind: 'campaign',
    ownerId: owner.id,
    ownerKind: owner.kind,
    ownerVerified: true,
    ancestors: programme ? [programme.id] : [],
    stopped: false,
    onlyDays: false,
    tentative: false,
    committed: false,
    partners: programme?.members ?? [],
    firstDay: dayOf(days?.start),
    lastDay: dayOf(days?.end),
    deters: [],
    protects: [],
    facts: [],
    matching: 'full',
    placePrecision: 'exact',
    shown: 'members',
    ownerMarks: [],
    excludes: [],
  };
}

/** @throws {BadRequest} always: hidden equals nonexistent */
export function missing(field: string, id: string): never {
  throw new BadRequest(`input.${field}: There is no record ${id}.`);
}

/** Everything that is wrong with an input, in one sentence after the other. */
export function refusal(issues: readonly Issue[]): BadRequest {
  return new BadRequest(issues.map(({ path, message }) => `${path}: ${message}`).join(' '));
}
