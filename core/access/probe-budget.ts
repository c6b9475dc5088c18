import { sql } from 'kysely';
import type { Work } from './unit-of-work.ts';

/** Previews and matchable writes that a party may make on one day (UTC). */
const PROBES_A_DAY = 200;

export interface ProbesExceeded {
  readonly allowed: number;
  readonly message: string;
}

/** Counts one look at what others release, by preview or by a record that will be matched; not null when the party has had its share today. */
export async function chargeProbe({ em, viewer }: Work): Promise<ProbesExceeded | null> {
  if (viewer.role === 'operator') return null;
  const { rows } = await sql<{ used: number }>`
    insert into probe_budget (party, day, used) values (app.party(), app.today(), 1)
    on conflict (party, day) do update set used = probe_budget.used + 1 returning used`.execute(em.getKysely());
  if ((rows[0]?.used ?? 0) <= PROBES_A_DAY) return null;
  const allowed = PROBES_A_DAY;
  return {
    allowed,
    message: `You have made ${String(allowed)} previews and changes of dates, places or groups today: go on tomorrow (UTC).`,
  };
}
