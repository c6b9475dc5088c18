import { type EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { type DateNeighbour, type Footprint, isEmpty, measure, type Terrain } from '../../engine/index.ts';
import type { PlacedFootprint } from '../footprints/footprint.rows.ts';
import { forItsOwner, isLeftOut, type ReleasableFootprint, toFootprint } from '../footprints/to-footprint.ts';
import { readReleasedMetBy } from '../overlaps/unregistered.ts';
import type { DateSubject } from './date-subject.ts';

/**
 * The campaigns of others that a record could meet on the days of its own, each once, from what they release to the viewer: at one of
 * its places to the same people, or along its route. Two statements.
 */
export async function findNeighbours(
  em: EntityManager,
  subject: DateSubject,
  placed: PlacedFootprint,
): Promise<DateNeighbour[]> {
  const { vocabulary } = subject;
  const asItIs = toFootprint(placed.footprint);
  if (asItIs === null) return [];
  const self = forItsOwner(asItIs);
  const met = await readReleasedMetBy(em, placed.cells, subject.suggestion);
  const others = met.filter(
    (other) =>
      !isLeftOut(asItIs, other) && !subject.own.has(other.id) && !other.ancestors.some((id) => subject.own.has(id)),
  );
  const meeting = others.flatMap((other): Met[] => {
    const where = whereMet(self, other, vocabulary.terrain());
    return where === null ? [] : [{ other, where }];
  });
  const counted = countedOnce(meeting.map(({ other }) => other));
  const seen = await readSeen(em, [...counted]);
  return meeting
    .filter(({ other }) => counted.has(other.id))
    .map(({ other, where }) => ({ owner: other.owner, days: other.days, where, hidden: !seen.has(other.id) }));
}

interface Met {
  readonly other: ReleasableFootprint;
  readonly where: DateNeighbour['where'];
}

/** At one place for the same people, along a route, or not so that it matters for dates. */
function whereMet(self: Footprint, other: Footprint, terrain: Terrain): Met['where'] | null {
  const overlap = measure(self, other, terrain);
  if (overlap === null) return null;
  if (overlap.shared.places.length > 0 && !isEmpty(overlap.shared.audiences)) return 'here';
  return overlap.corridor === null ? null : 'along';
}

/** The ids without programmes of which a part is among them, and without entries whose campaign is: one campaign counts once. */
function countedOnce(met: readonly ReleasableFootprint[]): ReadonlySet<string> {
  const ids = new Set(met.map(({ id }) => id));
  const above = new Set(met.flatMap(({ ancestors }) => ancestors));
  const isProgramme = (id: string): boolean => id.startsWith('prg_');
  return new Set(
    met
      .filter(({ id }) => !(isProgramme(id) && above.has(id)))
      .filter(({ ancestors }) => !ancestors.some((id) => ids.has(id) && !isProgramme(id)))
      .map(({ id }) => id),
  );
}

/** Which of these records the viewer may read itself. */
async function readSeen(em: EntityManager, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from programme where id = any(${ids}) union all select id from campaign where id = any(${ids})
    union all select id from calendar_entry where id = any(${ids})`.execute(em.getKysely());
  return new Set(rows.map(({ id }) => id));
}
