import { sql } from 'kysely';
import type { Refused } from '../outcome.ts';
import { BadRequest } from '../projection/selection.ts';
import type { UnitOfWork, Work } from './unit-of-work.ts';
import type { Viewer } from './viewer.ts';

/** Previews and matchable writes that a party may make on one day (UTC). */
const PROBES_A_DAY = 200;

/**
 * Counts one look at what others release, by a preview or by a record that will be matched, so that asking stays no way to search.
 * Refused when the party has had its share of the day. The hub itself is not counted.
 */
export async function chargeProbe({ em, viewer, uncharged }: Work): Promise<Refused | null> {
  if (viewer.role === 'operator' || uncharged) return null;
  const { rows } = await sql<{ used: number }>`
    insert into probe_budget (party, day, used) values (app.party(), app.today(), 1)
    on conflict (party, day) do update set used = probe_budget.used + 1 returning used`.execute(em.getKysely());
  const found = rows[0]?.used ?? 0;
  return found <= PROBES_A_DAY
    ? null
    : { kind: 'limit-exceeded', limit: 'previews and writes that are matched a day', allowed: PROBES_A_DAY, found };
}

/**
 * The same for a query, in a transaction of its own: a look tells what others release, so how many a party may ask a day is limited.
 * @throws {BadRequest} when the party has had its share
 */
export async function chargeLook(unitOfWork: UnitOfWork, viewer: Viewer): Promise<void> {
  const exceeded = await unitOfWork.run(viewer, (work) => chargeProbe(work));
  if (exceeded)
    throw new BadRequest('You have made 200 previews and writes that are matched today: go on tomorrow (UTC).');
}

/** What of a record decides with whom it is matched, whether it states that itself or takes it from where it is put. */
const MATCHED_BY = ['footprint', 'release', 'programme', 'partners', 'messages'] as const;

/** The same for a write, if it bears on what the record is matched with. */
export async function chargeWrite(
  work: Work,
  fields: { readonly [K in (typeof MATCHED_BY)[number]]?: unknown },
): Promise<Refused | null> {
  return MATCHED_BY.some((name) => fields[name] !== undefined) ? chargeProbe(work) : null;
}
