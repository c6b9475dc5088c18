import type pg from 'pg';
import { writeMatchingRegistry } from '../world/matching-registry.ts';
import type { RegistrySize } from '../world/registry.ts';

const WORDS = ['safe', 'sea', 'work', 'home', 'season', 'radio', 'school', 'harbour', 'market', 'border', 'youth'];
/** Of so many programmes one has a campaign. */
const PROGRAMMES_A_CAMPAIGN = 3;

/**
 * Fills an empty hub with programmes that meet as those of the engine's world do, and with campaigns and calendar entries of the same
 * footprints below every third of them. Names are of few words, as in life, so that a search finds many.
 */
export async function writeWorkedRegistry(client: pg.Client, size: RegistrySize): Promise<void> {
  await writeMatchingRegistry(client, size);
  await client.query(
    `update app.programme set name = (select string_agg(($1::text[])[1 + (hashtext(id || at) & 1023) % ${String(WORDS.length)}], ' ')
      from generate_series(1, 3) as at where programme.id is not null) || ' ' || right(id, 6)`,
    [WORDS],
  );
  const footprint = 'starts_on, ends_on, places, countries, stated_corridors, corridors, audiences, themes, channels';
  const stamp = 'version, created_at, updated_at';
  await client.query(`
    insert into app.campaign (id, owner_id, name, programme_id, ${footprint}, ${stamp})
      select 'cmp_' || substr(id, 5), owner_id, name, id, ${footprint}, ${stamp}
      from app.programme where right(id, 6)::int % ${String(PROGRAMMES_A_CAMPAIGN)} = 0;
    insert into app.calendar_entry (id, owner_id, name, campaign_id, kind, precision, status, ${footprint}, ${stamp})
      select 'ent_' || substr(id, 5), owner_id, name, id, 'outreach', 'day', 'confirmed', ${footprint}, ${stamp} from app.campaign;
    analyze`);
}
